public import Approvals
public import JSONTree

/// Until when somebody goes off shift.
public struct OffShiftBody: WireValue, Hashable {
    /// The end of the shift when missing.
    public var until: Timestamp?
    /// True to be told what would come of it, and to change nothing.
    public var preview: Bool?

    /// Puts the value together.
    public init(until: Timestamp? = nil, preview: Bool? = nil) {
        self.until = until
        self.preview = preview
    }

    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        var reader = try ObjectReader(wire, at: path)
        until = try reader.optional("until")
        preview = try reader.optional("preview")
        try reader.finish()
    }

    public var wire: JSONValue {
        var writer = ObjectWriter()
        writer.write("until", until)
        writer.write("preview", preview)
        return writer.value
    }
}

/// What came of going off shift, or on it again.
public struct ShiftChangeAnswer: WireValue, Hashable {
    /// True when they are on shift now.
    public var isOn: Bool
    /// Until when that holds; null when nothing ends it in 31 days.
    public var until: Timestamp?
    /// The pending approvals that others are expected to decide now.
    public var handedOver: [String]
    /// The e-mails of who is expected to.
    public var to: [String]
    /// What happened.
    public var sentence: String
    /// What is worse now.
    public var warnings: [String]

    /// Puts the value together.
    public init(
        isOn: Bool, until: Timestamp? = nil, handedOver: [String] = [], to: [String] = [],
        sentence: String, warnings: [String] = []
    ) {
        self.isOn = isOn
        self.until = until
        self.handedOver = handedOver
        self.to = to
        self.sentence = sentence
        self.warnings = warnings
    }

    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        var reader = try ObjectReader(wire, at: path)
        isOn = try reader.required("on")
        until = try reader.optional("until")
        handedOver = try reader.list("handed_over")
        to = try reader.list("to")
        sentence = try reader.required("sentence")
        warnings = try reader.list("warnings")
    }

    public var wire: JSONValue {
        var writer = ObjectWriter()
        writer.write("on", isOn)
        writer.write("until", orNull: until)
        writer.write("handed_over", handedOver)
        writer.write("to", to)
        writer.write("sentence", sentence)
        writer.write("warnings", warnings)
        return writer.value
    }
}
