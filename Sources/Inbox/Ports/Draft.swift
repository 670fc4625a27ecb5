public import Approvals
public import Cryptography
public import JSONTree
public import WireAPI

/// A decision that the server has not acknowledged, bound to what was on the screen.
///
/// It is never sent by itself: the approver sees it again beside the fresh approval and confirms.
public struct Draft: WireValue, Hashable {
    /// How far it got.
    public enum Stage: String, Hashable, Sendable, CaseIterable, WireValue {
        /// Half done: arguments were edited, nothing was decided.
        case editing
        /// Decided while offline; certainly not sent.
        case unsent
        /// Sent, but the answer was lost; the server may know it or not.
        case sent
    }

    /// The approval.
    public var id: ApprovalID
    /// The revision that was shown.
    public var revision: Int
    /// The digest of what was shown.
    public var displayedDigest: Digest
    /// The deadline that was shown.
    public var deadline: Timestamp
    /// How far it got.
    public var stage: Stage
    /// Approve or reject; means nothing while editing.
    public var verdict: Verdict
    /// The change to the arguments.
    public var edits: JSONPatch
    /// The arguments as a text that was not taken over; kept as it is, JSON or not.
    public var text: String?
    /// The text that `text` was made from.
    public var textBefore: String?
    /// What is granted for calls like it, besides.
    public var grant: GrantBody?
    /// What the approver wrote.
    public var comment: String?
    /// True when every value had been on the screen.
    public var isFullyShown: Bool
    /// The server's time when it was made.
    public var madeAt: Timestamp
    /// The Idempotency-Key: sending twice decides once.
    public var key: String

    /// Puts a draft together.
    public init(
        id: ApprovalID, revision: Int, displayedDigest: Digest, deadline: Timestamp, stage: Stage,
        verdict: Verdict, edits: JSONPatch = JSONPatch(), comment: String? = nil,
        isFullyShown: Bool, madeAt: Timestamp, key: String, text: String? = nil,
        textBefore: String? = nil, grant: GrantBody? = nil
    ) {
        self.grant = grant
        self.id = id
        self.revision = revision
        self.displayedDigest = displayedDigest
        self.deadline = deadline
        self.stage = stage
        self.verdict = verdict
        self.edits = edits
        self.comment = comment
        self.isFullyShown = isFullyShown
        self.madeAt = madeAt
        self.key = key
        self.text = text
        self.textBefore = textBefore
    }

    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        var reader = try ObjectReader(wire, at: path)
        id = try reader.required("id")
        revision = try reader.required("revision")
        displayedDigest = try reader.required("displayed_digest")
        deadline = try reader.required("deadline")
        stage = try reader.required("stage")
        verdict = try reader.required("verdict")
        edits = try reader.required("edits")
        comment = try reader.optional("comment")
        isFullyShown = try reader.required("fully_shown")
        madeAt = try reader.required("made_at")
        key = try reader.required("key")
        text = try reader.optional("text")
        textBefore = try reader.optional("text_before")
        grant = try reader.optional("grant")
        try reader.finish()
    }

    public var wire: JSONValue {
        var writer = ObjectWriter()
        writer.write("id", id)
        writer.write("revision", revision)
        writer.write("displayed_digest", displayedDigest)
        writer.write("deadline", deadline)
        writer.write("stage", stage)
        writer.write("verdict", verdict)
        writer.write("edits", edits)
        writer.write("comment", comment)
        writer.write("fully_shown", isFullyShown)
        writer.write("made_at", madeAt)
        writer.write("key", key)
        writer.write("text", text)
        writer.write("text_before", textBefore)
        writer.write("grant", grant)
        return writer.value
    }
}
