import Approvals
import ControlPlane
import Reach
import WireAPI
import ZoneTime

// What people send about quiet hours, and what is asked about them.
extension CallReader {
    func reach() throws(APIFailure) -> Query {
        try plain(.people(.reach(try reachSubject())))
    }

    func setReach() throws(APIFailure) -> Command {
        let subject = try reachSubject()
        let body: ReachBody = try body()
        var quiet: [QuietHours] = []
        for (index, hours) in body.quiet.enumerated() {
            quiet.append(try Self.hours(hours, zone: body.zone, at: "quiet/\(index)"))
        }
        var absences: [InstantRange] = []
        for (index, absence) in body.outOfOffice.enumerated() {
            guard let range = InstantRange(absence.start, absence.end) else {
                throw .field("out_of_office/\(index)/end", "must be after the start")
            }
            absences.append(range)
        }
        return .people(
            .setReach(
                ReachWish(
                    of: subject, version: body.version, zone: body.zone, quiet: quiet,
                    absences: absences)))
    }

    private func reachSubject() throws(APIFailure) -> ReachSubject {
        let isGroup = match.route == .groupReach || match.route == .setGroupReach
        return isGroup ? .group(try named()) : .member(email: match.name)
    }

    private static func hours(
        _ body: QuietHoursBody, zone: String, at place: String
    ) throws(APIFailure) -> QuietHours {
        var days: Set<Weekday> = []
        for (index, word) in body.days.enumerated() {
            guard let day = Weekday.allCases.first(where: { $0.wireName == word }) else {
                throw .field("\(place)/days/\(index)", "must be one of mon to sun")
            }
            days.insert(day)
        }
        return QuietHours(
            zone: zone, start: try secondOfDay(body.from, "\(place)/from"),
            end: try secondOfDay(body.to, "\(place)/to"), days: days)
    }

    private static func secondOfDay(
        _ text: String, _ place: String
    ) throws(APIFailure) -> Int {
        guard text.utf8.count == 5, let time = LocalTime("2000-01-01T\(text)") else {
            throw .field(place, "must be a time of the day, as in 22:00")
        }
        return time.secondOfDay
    }
}

extension Weekday {
    /// As in `mon`.
    var wireName: String { shortName.lowercased() }
}

extension ReachView {
    init(_ report: ReachReport) {
        self.init(
            zone: report.zone,
            quiet: report.quiet.map { hours in
                QuietHoursView(
                    days: Weekday.allCases.filter { hours.days.contains($0) }.map(\.wireName),
                    from: LocalTime(seconds: hours.start).clockText,
                    to: LocalTime(seconds: hours.end).clockText)
            }, outOfOffice: report.absences.map { AbsenceView(start: $0.start, end: $0.end) },
            version: report.version, isQuiet: report.isQuiet, changedBy: report.changerEmail,
            changedAt: report.changedAt)
    }
}
