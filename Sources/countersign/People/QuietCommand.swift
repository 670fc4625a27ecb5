import Approvals
import ArgumentParser
import TextGrid
import WireAPI
import ZoneTime

/// `countersign quiet`.
struct QuietCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "quiet", abstract: "Say when you may be disturbed.",
        discussion: """
            Quiet hours and absences change nothing about who may decide. The inbox rings for \
            critical calls only, an escalation goes on to somebody who is awake, and coverage \
            counts you as missing. A shift suspends quiet hours; it does not end an absence.

              countersign quiet set --hours 22:00-07:00 --zone Europe/Berlin
              countersign quiet set --hours mon-fri@20:00-08:00 --hours sat,sun@18:00-10:00
              countersign quiet set --away 2026-12-24T00:00/2027-01-02T00:00
              countersign quiet show

            Leads say it for others, by e-mail or for everybody of a --group who set nothing \
            themselves.

            \(ExitStatus.ordinary)
            """,
        subcommands: [Show.self, Change.self])

    /// Whose quiet hours.
    struct Owner: ParsableArguments {
        @Argument(help: "The e-mail of somebody else; you when left out.")
        var email: String?

        @Option(name: .long, help: "A group: whoever of it set nothing themselves.")
        var group: String?

        func validate() throws {
            guard email == nil || group == nil else {
                throw ValidationError("Name a person or a --group, not both.")
            }
        }

        /// The routes and the name in them.
        func place(
            _ client: ControlPlaneClient
        ) throws -> (read: Route, write: Route, name: String) {
            if let group {
                return (.groupReach, .setGroupReach, try Parsed.group(group).rawValue)
            }
            if let email { return (.memberReach, .setMemberReach, email) }
            let me: MeAnswer = try client.get(.me)
            return (.memberReach, .setMemberReach, me.name)
        }
    }

    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show", abstract: "Show quiet hours and absences.",
            discussion: ExitStatus.ordinary)

        @OptionGroup var common: CommonOptions
        @OptionGroup var owner: Owner

        func run() throws {
            let client = try Session.current().client()
            let place = try owner.place(client)
            let view: ReachView = try client.get(place.read, naming: place.name)
            if common.json { return Output.json(view.wire) }
            Output.lines(QuietWords.lines(view).map { SafeText(escaping: $0) })
        }
    }

    struct Change: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "set", abstract: "Change quiet hours or absences.",
            discussion: """
                --hours and --away each replace all that there were of their kind; what is not \
                named stays. Hours are FROM-TO, on certain days DAYS@FROM-TO with days like mon, \
                sat,sun or mon-fri, those on which they begin. An absence is FROM/TO, with times \
                as elsewhere: now/3d, 2026-12-24T00:00/2027-01-02T00:00.

                \(ExitStatus.ordinary)
                """)

        @OptionGroup var common: CommonOptions
        @OptionGroup var owner: Owner

        @Option(name: .long, help: "Quiet hours: 22:00-07:00, mon-fri@22:00-07:00. Repeatable.")
        var hours: [String] = []

        @Option(name: .long, help: "An absence: FROM/TO. Repeatable.")
        var away: [String] = []

        @Flag(name: .long, help: "No quiet hours any more.")
        var noHours = false

        @Flag(name: .long, help: "No absences any more.")
        var noAway = false

        @Option(name: .long, help: "The time zone of the hours; what it was, else this machine's.")
        var zone: String?

        @Option(name: .long, help: "The version that you looked at; the newest if left out.")
        var version: Int?

        func validate() throws {
            guard hours.isEmpty || !noHours, away.isEmpty || !noAway else {
                throw ValidationError("Say what there is, or that there is nothing, not both.")
            }
            guard !hours.isEmpty || !away.isEmpty || noHours || noAway || zone != nil else {
                throw ValidationError("Say --hours, --away, --no-hours, --no-away or --zone.")
            }
        }

        func run() throws {
            let client = try Session.current().client()
            let place = try owner.place(client)
            let me: MeAnswer = try client.get(.me)
            let old: ReachView = try client.get(place.read, naming: place.name)
            let wall = try WallClock(zone: zone ?? (old.version == 0 ? nil : old.zone))
            var body = ReachBody(
                version: version ?? old.version, zone: wall.zone.name,
                quiet: old.quiet.map { QuietHoursBody(days: $0.days, from: $0.from, to: $0.to) },
                outOfOffice: old.outOfOffice.map { AbsenceBody(start: $0.start, end: $0.end) })
            if noHours { body.quiet = [] }
            if noAway { body.outOfOffice = [] }
            if !hours.isEmpty { body.quiet = try hours.map(QuietWords.hours) }
            if !away.isEmpty {
                body.outOfOffice = try away.map { text in
                    try QuietWords.absence(text, wall, now: me.serverTime)
                }
            }
            let view: ReachView = try client.send(place.write, naming: place.name, body)
            if common.json { return Output.json(view.wire) }
            Output.lines(QuietWords.lines(view).map { SafeText(escaping: $0) })
        }
    }
}

/// Quiet hours as a person writes and reads them.
enum QuietWords {
    private static let days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

    static func lines(_ view: ReachView) -> [String] {
        guard view.version > 0 else {
            return ["Nothing is set. What their groups set holds: quiet show --group NAME."]
        }
        let zone: Zone
        do {
            zone = try WallClock(zone: view.zone).zone
        } catch {
            zone = .utc
        }
        var lines = [
            view.isQuiet ? "Not to be disturbed now, but for critical calls." : "May be disturbed."
        ]
        lines += view.quiet.map { hours in
            let on = hours.days.isEmpty ? "every day" : hours.days.joined(separator: ",")
            return "Quiet \(on) \(hours.from)–\(hours.to) \(view.zone)"
        }
        lines += view.outOfOffice.map { "Away \(zone.text(from: $0.start, to: $0.end))" }
        if view.quiet.isEmpty, view.outOfOffice.isEmpty { lines.append("No quiet hours.") }
        return lines + ["Version \(view.version)" + (view.changedBy.map { ", by \($0)" } ?? "")]
    }

    /// As in `mon-fri@22:00-07:00`; the control plane looks at the times.
    static func hours(_ text: String) throws(Complaint) -> QuietHoursBody {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard let clock = parts.last, (1...2).contains(parts.count) else { throw unreadable(text) }
        let times = clock.split(separator: "-", omittingEmptySubsequences: false)
        guard times.count == 2 else { throw unreadable(text) }
        var days: [String] = []
        if parts.count == 2 {
            for word in parts[0].split(separator: ",", omittingEmptySubsequences: false) {
                days += try range(word.lowercased(), in: text)
            }
        }
        return QuietHoursBody(days: days, from: String(times[0]), to: String(times[1]))
    }

    private static func range(_ word: String, in text: String) throws(Complaint) -> [String] {
        let ends = word.split(separator: "-", omittingEmptySubsequences: false)
            .map { end in days.firstIndex { $0.utf8.elementsEqual(end.utf8) } }
        guard (1...2).contains(ends.count), let first = ends[0], let last = ends[ends.count - 1]
        else { throw unreadable(text) }
        let count = (last - first + 7) % 7
        return (0...count).map { days[(first + $0) % 7] }
    }

    private static func unreadable(_ text: String) -> Complaint {
        Complaint(
            "--hours is not understood: \(text).",
            next: "Write 22:00-07:00, mon-fri@22:00-07:00, or sat,sun@18:00-10:00.", .usage)
    }

    static func absence(
        _ text: String, _ wall: WallClock, now: Timestamp
    ) throws(Complaint) -> AbsenceBody {
        let ends = text.split(separator: "/", omittingEmptySubsequences: false)
        guard ends.count == 2 else {
            throw Complaint(
                "--away is not understood: \(text).",
                next: "Write now/3d, or 2026-12-24T00:00/2027-01-02T00:00.", .usage)
        }
        let start = try wall.instant(String(ends[0]), for: "--away", now: now)
        return AbsenceBody(
            start: start, end: try wall.instant(String(ends[1]), for: "--away", now: start))
    }
}
