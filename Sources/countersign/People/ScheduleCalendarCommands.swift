import Approvals
import ArgumentParser
import WireAPI

extension ScheduleCommand {
    /// `countersign schedule export`.
    struct Export: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "export", abstract: "Print a schedule as iCalendar.",
            discussion: """
                The rules of the schedule, which import takes back; other programs show its hours \
                with everybody who takes turns. With --shifts it is who is on duty in the days to \
                come, overrides and swaps included, for a person's own calendar.

                  countersign schedule export finance-primary > finance.ics
                  countersign schedule export finance-primary --shifts --days 30 > shifts.ics

                \(ExitStatus.ordinary)
                """)

        @Argument(help: "The name of the schedule.")
        var name: String

        @Flag(name: .long, help: "Who is on duty instead of the rules.")
        var shifts = false

        @Option(name: .long, help: "How many days of shifts, at most 62.")
        var days: Int?

        func validate() throws {
            guard days == nil || shifts else {
                throw ValidationError("--days goes with --shifts.")
            }
            guard (1...62).contains(days ?? 14) else {
                throw ValidationError("--days takes 1 to 62.")
            }
        }

        func run() throws {
            let client = try Session.current().client()
            var query: [(String, String?)] = []
            if shifts {
                let me: MeAnswer = try client.get(.me)
                let end = me.serverTime.adding(seconds: (days ?? 14) * 86_400)
                query = [("from", me.serverTime.rfc3339), ("to", end.rfc3339)]
            }
            Output.bytes(try client.bytes(.calendar, naming: name, query: query))
        }
    }

    /// `countersign schedule import`.
    struct Import: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "import", abstract: "Make or change a schedule from an iCalendar file.",
            discussion: """
                Every event becomes a rotation; its ATTENDEE, an e-mail, is on duty. All rotations \
                of the schedule are replaced. What would change who is on duty and schedules do \
                not have (EXDATE, yearly rules and the like) is refused by its line, and nothing \
                is saved.

                  countersign schedule import finance-primary finance.ics --group finance

                \(ExitStatus.ordinary)
                """)

        @OptionGroup var common: CommonOptions

        @Argument(help: "The name of the schedule.")
        var name: String

        @Argument(help: "The file; - for standard input.", completion: .file(extensions: ["ics"]))
        var file: String

        @Option(name: .long, help: "The group whose approvals they decide; that of the schedule.")
        var group: String?

        @Option(name: .long, help: "The zone of times that name none, as in Europe/Berlin.")
        var zone: String?

        @Option(name: .long, help: "The version that you looked at; the newest if left out.")
        var version: Int?

        func run() throws {
            let client = try Session.current().client()
            let known = try ScheduleWords.known(name, client)
            let group = try group.map { try Parsed.group($0) } ?? known?.group
            guard let group else {
                throw Complaint(
                    "There is no schedule \(name) yet.", next: "Name its group: --group GROUP",
                    .usage)
            }
            guard let text = String(validating: try InputFile.bytes(file), as: UTF8.self) else {
                throw Complaint(
                    "\(file) is no text in UTF-8.", next: "Save it as UTF-8.", .badInput)
            }
            let body = CalendarBody(
                version: version ?? known?.version ?? 0, group: group, zone: zone, calendar: text)
            let view: ScheduleView = try client.send(.putCalendar, naming: name, body)
            if common.json { return Output.json(view.wire) }
            let count = view.rotations.count
            Output.note(
                "Saved as version \(view.version) with \(count) rotation\(count == 1 ? "" : "s")."
                    + " \(ScheduleWords.now(view.now))")
        }
    }
}
