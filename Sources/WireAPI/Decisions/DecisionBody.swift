public import Approvals
public import Cryptography
public import JSONTree

/// One person's verdict on what was on their screen.
public struct DecisionBody: WireValue, Hashable {
    /// `approve` or `reject`.
    public var verdict: Verdict
    /// The digest of what was shown.
    public var displayedDigest: Digest
    /// An RFC 6902 patch of `add`, `remove` and `replace`.
    public var edits: JSONPatch?
    /// At most 4,000 bytes; a rejection needs one.
    public var comment: String?
    /// Whose authority is used.
    public var onBehalfOf: MemberID?
    /// What is granted for calls like it, besides.
    public var grant: GrantBody?
    /// True when every value was on the screen.
    public var fullyShown: Bool?
    /// A code of the second factor, where the risk asks for one.
    public var stepUp: StepUpBody?
    /// That they have no authority for it, and why they approve it nevertheless.
    public var breakGlass: BreakGlassBody?

    /// Puts the value together.
    public init(
        verdict: Verdict, displayedDigest: Digest, edits: JSONPatch? = nil, comment: String? = nil,
        onBehalfOf: MemberID? = nil, grant: GrantBody? = nil, fullyShown: Bool? = nil,
        stepUp: StepUpBody? = nil, breakGlass: BreakGlassBody? = nil
    ) {
        self.verdict = verdict
        self.displayedDigest = displayedDigest
        self.edits = edits
        self.comment = comment
        self.onBehalfOf = onBehalfOf
        self.grant = grant
        self.fullyShown = fullyShown
        self.stepUp = stepUp
        self.breakGlass = breakGlass
    }

    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        var reader = try ObjectReader(wire, at: path)
        verdict = try reader.required("verdict")
        displayedDigest = try reader.required("displayed_digest")
        edits = try reader.optional("edits")
        comment = try reader.optional("comment")
        onBehalfOf = try reader.optional("on_behalf_of")
        grant = try reader.optional("grant")
        fullyShown = try reader.optional("fully_shown")
        stepUp = try reader.optional("step_up")
        breakGlass = try reader.optional("break_glass")
        try reader.finish()
    }

    public var wire: JSONValue {
        var writer = ObjectWriter()
        writer.write("verdict", verdict)
        writer.write("displayed_digest", displayedDigest)
        writer.write("edits", edits)
        writer.write("comment", comment)
        writer.write("on_behalf_of", onBehalfOf)
        writer.write("grant", grant)
        writer.write("fully_shown", fullyShown)
        writer.write("step_up", stepUp)
        writer.write("break_glass", breakGlass)
        return writer.value
    }
}
