public import Approvals
public import JSONTree

/// What an approval needs.
public struct RequirementBody: WireValue, Hashable {
    /// Who is asked.
    public var group: GroupName
    /// The one person asked instead.
    public var assignee: String?
    /// How many people must approve.
    public var quorum: Int
    /// How many did.
    public var approvals: Int
    /// The first instant that is too late.
    public var deadline: Timestamp
    /// What expiry does.
    public var posture: Posture
    /// What may be changed; missing when everything may.
    public var editable: [String]?
    /// What changed arguments must keep, as conditions over `edited` and `args`.
    public var editLimits: [JSONValue]?
    /// Rules that would take the decision to others, were the arguments changed so that they match.
    public var stricterRules: [JSONValue]?
    /// What asked for it.
    public var rule: String
    /// Whether somebody may decide on behalf of another; missing for what is usual at its risk.
    public var delegation: DelegationRule?

    /// Puts the value together.
    public init(
        group: GroupName, assignee: String? = nil, quorum: Int, approvals: Int, deadline: Timestamp,
        posture: Posture, editable: [String]? = nil, editLimits: [JSONValue]? = nil,
        stricterRules: [JSONValue]? = nil, rule: String
    ) {
        self.group = group
        self.assignee = assignee
        self.quorum = quorum
        self.approvals = approvals
        self.deadline = deadline
        self.posture = posture
        self.editable = editable
        self.editLimits = editLimits
        self.stricterRules = stricterRules
        self.rule = rule
    }

    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        var reader = try ObjectReader(wire, at: path)
        group = try reader.required("group")
        assignee = try reader.optional("assignee")
        quorum = try reader.required("quorum")
        approvals = try reader.required("approvals")
        deadline = try reader.required("deadline")
        posture = try reader.required("posture")
        editable = try reader.optional("editable")
        editLimits = try reader.optional("edit_limits")
        stricterRules = try reader.optional("stricter_rules")
        rule = try reader.required("rule")
        delegation = try reader.optional("delegation")
    }

    public var wire: JSONValue {
        var writer = ObjectWriter()
        writer.write("group", group)
        writer.write("assignee", assignee)
        writer.write("quorum", quorum)
        writer.write("approvals", approvals)
        writer.write("deadline", deadline)
        writer.write("posture", posture)
        writer.write("editable", editable)
        writer.write("edit_limits", editLimits)
        writer.write("stricter_rules", stricterRules)
        writer.write("rule", rule)
        writer.write("delegation", delegation)
        return writer.value
    }
}
