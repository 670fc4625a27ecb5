import Approvals
import ControlPlane
import Duty
import WireAPI
import ZoneTime

// What leads send about schedules and overrides, and what everybody asks.
extension CallReader {
    func putSchedule() throws(APIFailure) -> Command {
        let name: GroupName = try named()
        let body: ScheduleBody = try body()
        var rotations: [ScheduleWish.Turns] = []
        for (index, rotation) in body.rotations.enumerated() {
            rotations.append(try turns(rotation, at: "rotations/\(index)"))
        }
        return .people(
            .putSchedule(
                ScheduleWish(
                    name: name, version: body.version, group: body.group, zone: body.zone,
                    rotations: rotations)))
    }

    func putCalendar() throws(APIFailure) -> Command {
        let body: CalendarBody = try body()
        return .people(
            .putCalendar(
                CalendarWish(
                    name: try named(), version: body.version, group: body.group,
                    zone: body.zone, calendar: body.calendar)))
    }

    func removeSchedule() throws(APIFailure) -> Command {
        try noBody()
        try knowing("version")
        guard let version = try number("version", in: 1...Int(Int32.max)) else {
            throw .queryWrong("version", "must name the version that you looked at")
        }
        return .people(.removeSchedule(try named(), version: version))
    }

    func addOverride() throws(APIFailure) -> Command {
        let body: OverrideBody = try body()
        var parent: OverrideID?
        if let text = body.parent {
            guard let id = OverrideID(text) else {
                throw .field("parent", "must be the id of an override")
            }
            parent = id
        }
        return .people(
            .override(
                OverrideWish(
                    schedule: try named(), start: body.start, end: body.end,
                    removeEmail: body.remove, addEmail: body.add, parent: parent,
                    reason: body.reason, isPreview: body.preview ?? false)))
    }

    func removeOverride() throws(APIFailure) -> Command {
        try noBody()
        return .people(.removeOverride(try named()))
    }

    func schedules() throws(APIFailure) -> Query { try plain(.people(.schedules)) }

    func overrides() throws(APIFailure) -> Query {
        let name: GroupName = try named()
        return try plain(.people(.overrides(name)))
    }

    func shifts() throws(APIFailure) -> Query {
        try knowing("from", "to")
        return .people(.shifts(try named(), try range()))
    }

    func calendar() throws(APIFailure) -> Query {
        try knowing("from", "to")
        let ends = [try text("from", bytesMax: 40), try text("to", bytesMax: 40)]
        let isBounded = ends.contains { $0 != nil }
        return .people(.calendar(try named(), isBounded ? try range() : nil))
    }

    private func range() throws(APIFailure) -> InstantRange {
        guard let range = InstantRange(try instant("from"), try instant("to")) else {
            throw .queryWrong("to", "must be after from")
        }
        guard range.milliseconds <= Self.shiftsMax else {
            throw .queryWrong("to", "must be at most 62 days after from")
        }
        return range
    }

    /// The longest stretch that is answered at once, in milliseconds.
    private static let shiftsMax: Int64 = 62 * 86_400_000

    private func instant(_ name: String) throws(APIFailure) -> Timestamp {
        guard let text = try text(name, bytesMax: 40), let instant = Timestamp(rfc3339: text) else {
            throw .queryWrong(name, "must be a time, as in 2026-11-23T09:00:00Z")
        }
        return instant
    }

    private func turns(
        _ body: RotationBody, at field: String
    ) throws(APIFailure) -> ScheduleWish.Turns {
        guard let start = LocalTime(body.start) else {
            throw .field(field + "/start", "must be a time on the wall, as in 2026-11-23T09:00")
        }
        if let length = body.lengthSeconds, !(1...DutyRule.lengthMax).contains(length) {
            throw .field(field + "/length_s", "must be 1 to \(DutyRule.lengthMax)")
        }
        var repeats: Recurrence?
        if let text = body.repeats { repeats = try rule(text, start, at: field + "/repeats") }
        return ScheduleWish.Turns(
            name: body.name, emails: body.people, start: start,
            handOff: try rule(body.recurrence, start, at: field + "/recurrence"),
            lengthSeconds: body.lengthSeconds, repeats: repeats)
    }

    /// The longest rule that is read, in bytes.
    private static let ruleBytesMax = 500

    private func rule(
        _ text: String, _ start: LocalTime, at field: String
    ) throws(APIFailure) -> Recurrence {
        guard text.utf8.count <= Self.ruleBytesMax else {
            throw .field(field, "must have at most \(Self.ruleBytesMax) bytes")
        }
        do {
            return try Recurrence(rule: text, start: start)
        } catch {
            throw .field(
                field,
                "must be a rule of RFC 5545, as in FREQ=WEEKLY;BYDAY=MO, with FREQ (DAILY, WEEKLY,"
                    + " MONTHLY), INTERVAL, BYDAY, UNTIL and COUNT only")
        }
    }
}
