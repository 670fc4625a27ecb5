public import Approvals
public import JSONTree

/// How often each verdict of a version met each verdict in force.
public struct AgreementMatrix: WireValue, Hashable {
    /// Where what was in force allowed.
    public var allow: AgreementRow
    /// Where it asked people.
    public var ask: AgreementRow
    /// Where it refused.
    public var deny: AgreementRow

    /// Puts the value together.
    public init(
        allow: AgreementRow = AgreementRow(), ask: AgreementRow = AgreementRow(),
        deny: AgreementRow = AgreementRow()
    ) {
        self.allow = allow
        self.ask = ask
        self.deny = deny
    }

    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        var reader = try ObjectReader(wire, at: path)
        allow = try reader.required("allow")
        ask = try reader.required("ask")
        deny = try reader.required("deny")
    }

    public var wire: JSONValue {
        var writer = ObjectWriter()
        writer.write("allow", allow)
        writer.write("ask", ask)
        writer.write("deny", deny)
        return writer.value
    }
}

/// How often a version said what, where what was in force said one thing.
public struct AgreementRow: WireValue, Hashable {
    /// It would have allowed the call.
    public var allow: Int
    /// It would have asked people.
    public var ask: Int
    /// It would have refused the call.
    public var deny: Int

    /// Puts the value together.
    public init(allow: Int = 0, ask: Int = 0, deny: Int = 0) {
        self.allow = allow
        self.ask = ask
        self.deny = deny
    }

    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        var reader = try ObjectReader(wire, at: path)
        allow = try reader.required("allow")
        ask = try reader.required("ask")
        deny = try reader.required("deny")
    }

    public var wire: JSONValue {
        var writer = ObjectWriter()
        writer.write("allow", allow)
        writer.write("ask", ask)
        writer.write("deny", deny)
        return writer.value
    }
}

/// How a version would have met what people decided.
public struct AgreementWithPeople: WireValue, Hashable {
    /// It allows what a person rejected.
    public var wouldBeFalseApprovals: Int
    /// It refuses what a person approved.
    public var wouldBeFalseRejections: Int
    /// Calls that people were asked about, and that it settles by itself.
    public var asksSaved: Int
    /// How long those calls waited for people, in whole minutes.
    public var minutesSaved: Int

    /// Puts the value together.
    public init(
        wouldBeFalseApprovals: Int = 0, wouldBeFalseRejections: Int = 0, asksSaved: Int = 0,
        minutesSaved: Int = 0
    ) {
        self.wouldBeFalseApprovals = wouldBeFalseApprovals
        self.wouldBeFalseRejections = wouldBeFalseRejections
        self.asksSaved = asksSaved
        self.minutesSaved = minutesSaved
    }

    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        var reader = try ObjectReader(wire, at: path)
        wouldBeFalseApprovals = try reader.required("would_be_false_approvals")
        wouldBeFalseRejections = try reader.required("would_be_false_rejections")
        asksSaved = try reader.required("asks_saved")
        minutesSaved = try reader.required("minutes_saved")
    }

    public var wire: JSONValue {
        var writer = ObjectWriter()
        writer.write("would_be_false_approvals", wouldBeFalseApprovals)
        writer.write("would_be_false_rejections", wouldBeFalseRejections)
        writer.write("asks_saved", asksSaved)
        writer.write("minutes_saved", minutesSaved)
        return writer.value
    }
}

/// One call that a version judges otherwise than what was in force.
public struct PolicyCaseView: WireValue, Hashable {
    /// Which approval.
    public var approval: ApprovalID
    /// Its tool.
    public var tool: String
    /// When it was submitted.
    public var at: Timestamp
    /// What was in force said: `allow`, `ask` or `deny`.
    public var live: String
    /// What the version says: `allow`, `ask` or `deny`; nil when it could not be asked.
    public var shadow: String?
    /// What decided in the version.
    public var rule: String?
    /// What became of the call.
    public var state: String
    /// `stricter`, `laxer` or `error`.
    public var leaning: String
    /// The e-mail of who looked at it.
    public var reviewedBy: String?

    /// Puts the value together.
    public init(
        approval: ApprovalID, tool: String, at: Timestamp, live: String, shadow: String?,
        rule: String?, state: String, leaning: String, reviewedBy: String? = nil
    ) {
        self.approval = approval
        self.tool = tool
        self.at = at
        self.live = live
        self.shadow = shadow
        self.rule = rule
        self.state = state
        self.leaning = leaning
        self.reviewedBy = reviewedBy
    }

    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        var reader = try ObjectReader(wire, at: path)
        approval = try reader.required("approval")
        tool = try reader.required("tool")
        at = try reader.required("at")
        live = try reader.required("live")
        shadow = try reader.optional("shadow")
        rule = try reader.optional("rule")
        state = try reader.required("state")
        leaning = try reader.required("leaning")
        reviewedBy = try reader.optional("reviewed_by")
    }

    public var wire: JSONValue {
        var writer = ObjectWriter()
        writer.write("approval", approval)
        writer.write("tool", tool)
        writer.write("at", at)
        writer.write("live", live)
        writer.write("shadow", orNull: shadow)
        writer.write("rule", orNull: rule)
        writer.write("state", state)
        writer.write("leaning", leaning)
        writer.write("reviewed_by", orNull: reviewedBy)
        return writer.value
    }
}
