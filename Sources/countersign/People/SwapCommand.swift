import Approvals
import ArgumentParser
import TextGrid
import WireAPI

/// `countersign swap`.
struct SwapCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "swap", abstract: "Swap hours of a schedule with somebody.",
        discussion: """
            You offer hours of yours, to one person or to everybody of the group, perhaps for \
            hours in return. Nothing changes until somebody takes the offer; from then on both \
            halves are overrides. An offer that nobody took lapses when its hours begin.

              countersign swap offer finance-primary --start 2026-11-24T09:00 --until 8h \\
                  --take bea@acme.test --reason Dentist
              countersign swap list finance-primary
              countersign swap take ID
              countersign swap remove ID

            \(ExitStatus.ordinary)
            """,
        subcommands: [Offer.self, List.self, Take.self, Remove.self])

    struct Offer: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "offer", abstract: "Offer hours of yours.",
            discussion: ExitStatus.ordinary)

        @OptionGroup var common: CommonOptions

        @Argument(help: "The name of the schedule.")
        var schedule: String

        @Option(name: .long, help: "When they begin: 8h, 3d, or a time.")
        var start: String

        @Option(name: .long, help: "When they end: 8h after the start, or a time.")
        var until: String

        @Option(name: .long, help: "The e-mail of who is asked; else everybody of the group.")
        var take: String?

        @Option(name: .long, help: "When the hours that you take in return begin.")
        var returnStart: String?

        @Option(name: .long, help: "When those end: 8h after their start, or a time.")
        var returnUntil: String?

        @Option(name: .long, help: "The time zone of times without an offset; else this machine's.")
        var zone: String?

        @Option(name: .long, help: "Why.")
        var reason: String

        func validate() throws {
            guard (returnStart == nil) == (returnUntil == nil) else {
                throw ValidationError("Say both --return-start and --return-until, or neither.")
            }
        }

        func run() throws {
            let wall = try WallClock(zone: zone)
            let client = try Session.current().client()
            let me: MeAnswer = try client.get(.me)
            let begin = try wall.instant(start, for: "--start", now: me.serverTime)
            var body = SwapBody(
                start: begin, end: try wall.instant(until, for: "--until", now: begin),
                take: take, reason: reason)
            if let returnStart, let returnUntil {
                let back = try wall.instant(
                    returnStart, for: "--return-start", now: me.serverTime)
                body.returnStart = back
                body.returnEnd = try wall.instant(returnUntil, for: "--return-until", now: back)
            }
            let answer: SwapAnswer = try client.send(.offerSwap, naming: schedule, body)
            if common.json { return Output.json(answer.wire) }
            Output.note("Offered. They take it with: countersign swap take \(answer.swap.id)")
        }
    }

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "List the offers of a schedule.",
            discussion: ExitStatus.ordinary)

        @OptionGroup var common: CommonOptions

        @Argument(help: "The name of the schedule.")
        var schedule: String

        @Option(name: .long, help: "The time zone to show times in; else this machine's.")
        var zone: String?

        func run() throws {
            let wall = try WallClock(zone: zone)
            let list: SwapList = try Session.current().client().get(.listSwaps, naming: schedule)
            if common.json { return Output.json(list.wire) }
            var table = TextTable("STATE", "WHEN", "GIVES", "TAKES", "IN RETURN", "WHY", "ID")
            for item in list.items {
                var back = ""
                if let start = item.returnStart, let end = item.returnEnd {
                    back = wall.text(from: start, to: end)
                }
                table.add(
                    item.state, wall.text(from: item.start, to: item.end), item.give,
                    item.takenBy ?? item.take ?? "anybody", back, item.reason, item.id)
            }
            Output.lines(table.lines)
        }
    }

    struct Take: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "take", abstract: "Take an offer: the hours are yours from then on.",
            discussion: ExitStatus.ordinary)

        @OptionGroup var common: CommonOptions

        @Argument(help: "The id, as `countersign swap list` prints it.")
        var id: String

        func run() throws {
            let answer: SwapAnswer = try Session.current().client().send(
                .takeSwap, naming: try SwapCommand.checked(id), nil)
            if common.json { return Output.json(answer.wire) }
            let note = "Taken. Either of you undoes it with: countersign swap remove \(id)"
            Output.note(lines: ([note] + answer.warnings).joined(separator: "\n"))
        }
    }

    struct Remove: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "remove", abstract: "Take an offer back, or undo a swap.",
            discussion: ExitStatus.ordinary)

        @Argument(help: "The id, as `countersign swap list` prints it.")
        var id: String

        func run() throws {
            try Session.current().client().send(
                .withdrawSwap, naming: try SwapCommand.checked(id))
            Output.note("Taken back, both halves. What was before now stays as it was.")
        }
    }

    private static func checked(_ id: String) throws(Complaint) -> String {
        guard ApprovalID(id) != nil else {
            throw Complaint(
                "\(id) is not the id of an offer.",
                next: "Ids are printed by `countersign swap list`.", .usage)
        }
        return id
    }
}
