public import Approvals
public import JSONTree

/// Hours of the wall in which somebody does not want to be disturbed.
public struct QuietHoursBody: WireValue, Hashable {
    /// The days on which they begin; empty for every day.
    public var days: [String]
    /// When they begin, on the wall of the zone.
    public var from: String
    /// When they end; at or before the beginning is on the next day.
    public var to: String

    /// Puts the value together.
    public init(days: [String], from: String, to: String) {
        self.days = days
        self.from = from
        self.to = to
    }

    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        var reader = try ObjectReader(wire, at: path)
        days = try reader.required("days")
        from = try reader.required("from")
        to = try reader.required("to")
        try reader.finish()
    }

    public var wire: JSONValue {
        var writer = ObjectWriter()
        writer.write("days", days)
        writer.write("from", from)
        writer.write("to", to)
        return writer.value
    }
}

/// Hours of the wall in which somebody does not want to be disturbed.
public struct QuietHoursView: WireValue, Hashable {
    /// The days on which they begin; empty for every day.
    public var days: [String]
    /// When they begin, on the wall of the zone.
    public var from: String
    /// When they end; at or before the beginning is on the next day.
    public var to: String

    /// Puts the value together.
    public init(days: [String] = [], from: String, to: String) {
        self.days = days
        self.from = from
        self.to = to
    }

    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        var reader = try ObjectReader(wire, at: path)
        days = try reader.list("days")
        from = try reader.required("from")
        to = try reader.required("to")
    }

    public var wire: JSONValue {
        var writer = ObjectWriter()
        writer.write("days", days)
        writer.write("from", from)
        writer.write("to", to)
        return writer.value
    }
}

/// A time in which somebody is away.
public struct AbsenceBody: WireValue, Hashable {
    /// When it begins.
    public var start: Timestamp
    /// The first instant at which it is over.
    public var end: Timestamp

    /// Puts the value together.
    public init(start: Timestamp, end: Timestamp) {
        self.start = start
        self.end = end
    }

    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        var reader = try ObjectReader(wire, at: path)
        start = try reader.required("start")
        end = try reader.required("end")
        try reader.finish()
    }

    public var wire: JSONValue {
        var writer = ObjectWriter()
        writer.write("start", start)
        writer.write("end", end)
        return writer.value
    }
}

/// A time in which somebody is away.
public struct AbsenceView: WireValue, Hashable {
    /// When it begins.
    public var start: Timestamp
    /// The first instant at which it is over.
    public var end: Timestamp

    /// Puts the value together.
    public init(start: Timestamp, end: Timestamp) {
        self.start = start
        self.end = end
    }

    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        var reader = try ObjectReader(wire, at: path)
        start = try reader.required("start")
        end = try reader.required("end")
    }

    public var wire: JSONValue {
        var writer = ObjectWriter()
        writer.write("start", start)
        writer.write("end", end)
        return writer.value
    }
}

/// When somebody may be disturbed, as it shall be.
public struct ReachBody: WireValue, Hashable {
    /// The version that was edited; 0 when there was none.
    public var version: Int
    /// The zone of the quiet hours.
    public var zone: String
    /// Quiet hours; a shift suspends them.
    public var quiet: [QuietHoursBody]
    /// When they are away; a shift does not suspend that.
    public var outOfOffice: [AbsenceBody]

    /// Puts the value together.
    public init(version: Int, zone: String, quiet: [QuietHoursBody], outOfOffice: [AbsenceBody]) {
        self.version = version
        self.zone = zone
        self.quiet = quiet
        self.outOfOffice = outOfOffice
    }

    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        var reader = try ObjectReader(wire, at: path)
        version = try reader.required("version")
        zone = try reader.required("zone")
        quiet = try reader.required("quiet")
        outOfOffice = try reader.required("out_of_office")
        try reader.finish()
    }

    public var wire: JSONValue {
        var writer = ObjectWriter()
        writer.write("version", version)
        writer.write("zone", zone)
        writer.write("quiet", quiet)
        writer.write("out_of_office", outOfOffice)
        return writer.value
    }
}

/// When somebody may be disturbed. It changes nothing about what they may decide.
public struct ReachView: WireValue, Hashable {
    /// The zone of the quiet hours.
    public var zone: String
    /// Quiet hours; a shift suspends them.
    public var quiet: [QuietHoursView]
    /// When they are away; a shift does not suspend that.
    public var outOfOffice: [AbsenceView]
    /// Counts the changes; 0 when nobody set anything.
    public var version: Int
    /// True while they are not to be disturbed, but for what breaks through.
    public var isQuiet: Bool
    /// The e-mail of who changed it last.
    public var changedBy: String?
    /// When that was.
    public var changedAt: Timestamp?

    /// Puts the value together.
    public init(
        zone: String, quiet: [QuietHoursView] = [], outOfOffice: [AbsenceView] = [], version: Int,
        isQuiet: Bool, changedBy: String? = nil, changedAt: Timestamp? = nil
    ) {
        self.zone = zone
        self.quiet = quiet
        self.outOfOffice = outOfOffice
        self.version = version
        self.isQuiet = isQuiet
        self.changedBy = changedBy
        self.changedAt = changedAt
    }

    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        var reader = try ObjectReader(wire, at: path)
        zone = try reader.required("zone")
        quiet = try reader.list("quiet")
        outOfOffice = try reader.list("out_of_office")
        version = try reader.required("version")
        isQuiet = try reader.required("quiet_now")
        changedBy = try reader.optional("changed_by")
        changedAt = try reader.optional("changed_at")
    }

    public var wire: JSONValue {
        var writer = ObjectWriter()
        writer.write("zone", zone)
        writer.write("quiet", quiet)
        writer.write("out_of_office", outOfOffice)
        writer.write("version", version)
        writer.write("quiet_now", isQuiet)
        writer.write("changed_by", changedBy)
        writer.write("changed_at", changedAt)
        return writer.value
    }
}
