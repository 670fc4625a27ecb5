public import Approvals
public import JSONTree

/// A stretch in which the same people are on duty.
public struct ShiftView: WireValue, Hashable {
    /// When it begins.
    public var start: Timestamp
    /// The first instant at which it is over.
    public var end: Timestamp
    /// The e-mails of who is on duty.
    public var people: [String]
    /// What put them there.
    public var layer: String
    /// The override that did.
    public var overrideID: String?
    /// True when nobody is on duty.
    public var isGap: Bool

    /// Puts the value together.
    public init(
        start: Timestamp, end: Timestamp, people: [String] = [], layer: String,
        overrideID: String? = nil, isGap: Bool
    ) {
        self.start = start
        self.end = end
        self.people = people
        self.layer = layer
        self.overrideID = overrideID
        self.isGap = isGap
    }

    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        var reader = try ObjectReader(wire, at: path)
        start = try reader.required("start")
        end = try reader.required("end")
        people = try reader.list("on")
        layer = try reader.required("layer")
        overrideID = try reader.optional("override")
        isGap = try reader.required("gap")
    }

    public var wire: JSONValue {
        var writer = ObjectWriter()
        writer.write("start", start)
        writer.write("end", end)
        writer.write("on", people)
        writer.write("layer", layer)
        writer.write("override", orNull: overrideID)
        writer.write("gap", isGap)
        return writer.value
    }
}
