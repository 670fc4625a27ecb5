import Approvals
import ArgumentParser
import SystemClock
import TextGrid
import WireAPI

/// `countersign shift`.
struct ShiftCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "shift", abstract: "Show who is on duty, and go off your shift.",
        discussion: ExitStatus.ordinary, subcommands: [List.self, Show.self, Off.self, On.self])

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "List the shifts of a schedule.",
            discussion: """
                  countersign shift list finance-primary
                  countersign shift list finance-primary --from 2026-11-23T00:00 --days 14

                \(ExitStatus.ordinary)
                """)

        @OptionGroup var common: CommonOptions

        @Argument(help: "The name of the schedule.")
        var schedule: String

        @Option(name: .long, help: "Where the list begins: now, or a time.")
        var from = "now"

        @Option(name: .long, help: "How many days, at most 62.")
        var days = 7

        @Option(name: .long, help: "The time zone to show times in; else this machine's.")
        var zone: String?

        func validate() throws {
            guard (1...62).contains(days) else { throw ValidationError("Say --days 1 to 62.") }
        }

        func run() throws {
            let wall = try WallClock(zone: zone)
            let client = try Session.current().client()
            let me: MeAnswer = try client.get(.me)
            let begin = try wall.instant(from, for: "--from", now: me.serverTime)
            let list: ShiftList = try client.get(
                .listShifts, naming: schedule,
                query: [
                    ("from", begin.rfc3339), ("to", begin.adding(seconds: days * 86_400).rfc3339),
                ])
            if common.json { return Output.json(list.wire) }
            var table = TextTable("FROM", "UNTIL", "ON DUTY", "BY")
            for item in list.items {
                table.add(
                    wall.text(item.start), wall.text(item.end),
                    item.isGap ? "nobody" : ScheduleWords.people(item.people),
                    item.layer + (item.overrideID.map { " \($0)" } ?? ""))
            }
            Output.lines(table.lines)
        }
    }
}

/// `countersign override`.
struct OverrideCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "override", abstract: "Let somebody go or come for a while.",
        discussion: """
            Two overrides that share a person and an hour are refused, unless one names the other \
            as its parent and replaces the person whom that one adds.

              countersign override add finance-primary --remove ann@acme.test \\
                  --add bea@acme.test --start 2026-11-24T09:00 --until 2026-11-24T17:00 \\
                  --zone Europe/Berlin --reason Dentist
              countersign override list finance-primary
              countersign override remove ID

            \(ExitStatus.ordinary)
            """,
        subcommands: [Add.self, List.self, Remove.self])

    struct Add: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "add", abstract: "Make an override; says what is worse with it.",
            discussion: ExitStatus.ordinary)

        @OptionGroup var common: CommonOptions

        @Argument(help: "The name of the schedule.")
        var schedule: String

        @Option(name: .long, help: "The e-mail of who goes.")
        var remove: String?

        @Option(name: .long, help: "The e-mail of who comes.")
        var add: String?

        @Option(name: .long, help: "When it begins: now, 8h, or a time.")
        var start = "now"

        @Option(name: .long, help: "When it ends: 8h, 3d, or a time.")
        var until: String

        @Option(name: .long, help: "The time zone of times without an offset; else this machine's.")
        var zone: String?

        @Option(name: .long, help: "The override whose added person goes.")
        var parent: String?

        @Option(name: .long, help: "Why.")
        var reason: String

        @Flag(help: "Only say what would be worse with it.")
        var preview = false

        func validate() throws {
            guard remove != nil || add != nil else {
                throw ValidationError("Say who goes or who comes: --remove, --add, or both.")
            }
        }

        func run() throws {
            let wall = try WallClock(zone: zone)
            let client = try Session.current().client()
            let me: MeAnswer = try client.get(.me)
            let begin = try wall.instant(start, for: "--start", now: me.serverTime)
            let body = OverrideBody(
                start: begin, end: try wall.instant(until, for: "--until", now: begin),
                remove: remove, add: add, parent: parent, reason: reason,
                preview: preview ? true : nil)
            let answer: OverrideAnswer = try client.send(.addOverride, naming: schedule, body)
            if common.json { return Output.json(answer.wire) }
            let note =
                preview
                ? "Nothing was changed."
                : "Made. Take it back with: countersign override remove \(answer.made.id)"
            Output.note(lines: ([note] + answer.warnings).joined(separator: "\n"))
        }
    }

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "List the overrides of a schedule.",
            discussion: ExitStatus.ordinary)

        @OptionGroup var common: CommonOptions

        @Argument(help: "The name of the schedule.")
        var schedule: String

        @Option(name: .long, help: "The time zone to show times in; else this machine's.")
        var zone: String?

        func run() throws {
            let wall = try WallClock(zone: zone)
            let list: OverrideList = try Session.current().client().get(
                .listOverrides, naming: schedule)
            if common.json { return Output.json(list.wire) }
            var table = TextTable("WHEN", "GOES", "COMES", "WHY", "BY", "ID")
            for item in list.items {
                table.add(
                    wall.text(from: item.start, to: item.end), item.remove ?? "", item.add ?? "",
                    item.reason, item.createdBy, item.id)
            }
            Output.lines(table.lines)
        }
    }

    struct Remove: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "remove", abstract: "Take an override back, and what hangs on it.",
            discussion: ExitStatus.ordinary)

        @Argument(help: "The id, as `countersign override list` prints it.")
        var id: String

        func run() throws {
            guard ApprovalID(id) != nil else {
                throw Complaint(
                    "\(id) is not the id of an override.",
                    next: "Ids are printed by `countersign override list`.", .usage)
            }
            try Session.current().client().send(.removeOverride, naming: id)
            Output.note("Taken back. What was before now stays as it was.")
        }
    }
}
