public import Approvals
public import JSONTree

/// An approval from its submission to its receipt, each step with the event that says so.
public struct StoryView: WireValue, Hashable {
    /// The approval as whoever asks may see it.
    public var approval: ApproverView
    /// In order.
    public var events: [StoryEventView]
    /// The size of the log that the proofs are of; missing when none was asked for, or the log is
    /// shorter.
    public var size: Int?

    /// Puts the value together.
    public init(approval: ApproverView, events: [StoryEventView], size: Int? = nil) {
        self.approval = approval
        self.events = events
        self.size = size
    }

    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        var reader = try ObjectReader(wire, at: path)
        approval = try reader.required("approval")
        events = try reader.list("events")
        size = try reader.optional("size")
    }

    public var wire: JSONValue {
        var writer = ObjectWriter()
        writer.write("approval", approval)
        writer.write("events", events)
        writer.write("size", size)
        return writer.value
    }
}

/// One step of a story.
public struct StoryEventView: WireValue, Hashable {
    /// The number of the event in the log.
    public var sequence: Int
    /// When.
    public var at: Timestamp
    /// The type of the event.
    public var type: String
    /// The e-mail, the agent's name or `system`.
    public var actor: String
    /// One sentence.
    public var text: String
    /// The event as it stands in the log, in its canonical form.
    public var event: String
    /// The proof of RFC 6962 that it is in the log of that size, each hash in base64; missing for a
    /// later event.
    public var inclusion: [String]?

    /// Puts the value together.
    public init(
        sequence: Int, at: Timestamp, type: String, actor: String, text: String, event: String,
        inclusion: [String]? = nil
    ) {
        self.sequence = sequence
        self.at = at
        self.type = type
        self.actor = actor
        self.text = text
        self.event = event
        self.inclusion = inclusion
    }

    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        var reader = try ObjectReader(wire, at: path)
        sequence = try reader.required("seq")
        at = try reader.required("at")
        type = try reader.required("type")
        actor = try reader.required("actor")
        text = try reader.required("text")
        event = try reader.required("event")
        inclusion = try reader.optional("inclusion")
    }

    public var wire: JSONValue {
        var writer = ObjectWriter()
        writer.write("seq", sequence)
        writer.write("at", at)
        writer.write("type", type)
        writer.write("actor", actor)
        writer.write("text", text)
        writer.write("event", event)
        writer.write("inclusion", inclusion)
        return writer.value
    }
}
