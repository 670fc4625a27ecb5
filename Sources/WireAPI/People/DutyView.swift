public import Approvals
public import JSONTree

/// Whether somebody is expected to decide.
public struct DutyView: WireValue, Hashable {
    /// True while they are on shift.
    public var isOn: Bool
    /// The end of the shift; null when they are on none, or it goes on for 31 days.
    public var until: Timestamp?
    /// When their next shift begins; null when none does in 31 days.
    public var next: Timestamp?
    /// The schedules that they are on now.
    public var schedules: [GroupName]
    /// How many pending approvals were there before their shift began.
    public var handedOver: Int

    /// Puts the value together.
    public init(
        isOn: Bool, until: Timestamp? = nil, next: Timestamp? = nil, schedules: [GroupName] = [],
        handedOver: Int
    ) {
        self.isOn = isOn
        self.until = until
        self.next = next
        self.schedules = schedules
        self.handedOver = handedOver
    }

    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        var reader = try ObjectReader(wire, at: path)
        isOn = try reader.required("on")
        until = try reader.optional("until")
        next = try reader.optional("next")
        schedules = try reader.list("schedules")
        handedOver = try reader.required("handed_over")
    }

    public var wire: JSONValue {
        var writer = ObjectWriter()
        writer.write("on", isOn)
        writer.write("until", orNull: until)
        writer.write("next", orNull: next)
        writer.write("schedules", schedules)
        writer.write("handed_over", handedOver)
        return writer.value
    }
}
