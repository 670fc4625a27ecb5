public import Approvals
public import JSONTree

/// A schedule as it shall be, in iCalendar.
public struct CalendarBody: WireValue, Hashable {
    /// The version that was edited; 0 for a new one.
    public var version: Int
    /// Whose approvals these people are expected to decide.
    public var group: GroupName
    /// The zone of times that name none; that of the schedule when missing.
    public var zone: String?
    /// RFC 5545.
    public var calendar: String

    /// Puts the value together.
    public init(version: Int, group: GroupName, zone: String? = nil, calendar: String) {
        self.version = version
        self.group = group
        self.zone = zone
        self.calendar = calendar
    }

    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        var reader = try ObjectReader(wire, at: path)
        version = try reader.required("version")
        group = try reader.required("group")
        zone = try reader.optional("zone")
        calendar = try reader.required("calendar")
        try reader.finish()
    }

    public var wire: JSONValue {
        var writer = ObjectWriter()
        writer.write("version", version)
        writer.write("group", group)
        writer.write("zone", zone)
        writer.write("calendar", calendar)
        return writer.value
    }
}
