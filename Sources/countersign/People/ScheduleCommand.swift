import Approvals
import ArgumentParser
import SystemClock
import TextGrid
import WireAPI

/// `countersign schedule`.
struct ScheduleCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schedule", abstract: "Say who is expected to decide, and when.",
        discussion: """
            People of a group take turns. Who may decide does not change with it: that is a \
            question of roles, groups and delegations.

              countersign schedule set finance-primary --group finance --zone Europe/Berlin \\
                  --people ann@acme.test,bea@acme.test --start 2026-11-23T09:00
              countersign schedule list
              countersign shift list finance-primary
              countersign schedule export finance-primary > finance.ics

            \(ExitStatus.ordinary)
            """,
        subcommands: [
            Set.self, List.self, Show.self, Export.self, Import.self, Remove.self,
        ])

    struct Set: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "set", abstract: "Make a schedule, or change one rotation of it.",
            discussion: """
                A schedule may have several rotations, as one for the day and one for the night; \
                --rotation names the one that is changed or added, the others stay.

                --every says when the next person takes over, --for how long each duty is, and \
                --on which days it comes again; without --for somebody is on duty all the time. \
                A change that was made from an old version is refused.

                \(ExitStatus.ordinary)
                """)

        @OptionGroup var common: CommonOptions

        @Argument(help: "The name of the schedule.")
        var name: String

        @Option(name: .long, help: "The rotation that is changed or added.")
        var rotation: String?

        @Option(name: .long, help: "The group whose approvals these people decide.")
        var group: String

        @Option(name: .long, help: "The time zone of its times, as in Europe/Berlin.")
        var zone: String

        @Option(name: .long, help: "Who takes turns: e-mails in their order, with commas.")
        var people: String

        @Option(name: .long, help: "When the first turn begins, as in 2026-11-23T09:00.")
        var start: String

        @Option(name: .long, help: "When the next one takes over (RFC 5545).")
        var every = "FREQ=WEEKLY"

        @Option(name: .customLong("for"), help: "How long each duty is: 9h, 30m, 1d.")
        var length: String?

        @Option(name: .long, help: "When the duty comes again (RFC 5545); with --for only.")
        var on: String?

        @Option(name: .long, help: "The version that you looked at; the newest if left out.")
        var version: Int?

        func run() throws {
            let client = try Session.current().client()
            var seconds: Int?
            if let length {
                seconds = Words.seconds(length)
                if seconds == nil {
                    throw Complaint("--for is no span: \(length).", next: "Write 9h.", .usage)
                }
            }
            let known = try ScheduleWords.known(name, client)
            let rotation = RotationBody(
                name: try rotation ?? Self.onlyName(of: known),
                people: people.split(separator: ",").map { Self.trimmed($0) },
                start: start, recurrence: every, lengthSeconds: seconds, repeats: on)
            let body = ScheduleBody(
                version: version ?? known?.version ?? 0, group: try Parsed.group(group),
                zone: zone, rotations: Self.rotations(of: known, with: rotation))
            let view: ScheduleView = try client.send(.putSchedule, naming: name, body)
            if common.json { return Output.json(view.wire) }
            Output.note("Saved as version \(view.version). \(ScheduleWords.now(view.now))")
        }

        /// What `--rotation` means when it is left out.
        private static func onlyName(of known: ScheduleView?) throws(Complaint) -> String {
            let names = known?.rotations.map(\.name) ?? []
            guard names.count < 2 else {
                throw Complaint(
                    "\(known?.name.rawValue ?? "It") has \(names.count) rotations: "
                        + "\(names.joined(separator: ", ")).",
                    next: "Name the one to change, or a new one: --rotation NAME", .usage)
            }
            return names.first ?? "turns"
        }

        /// The rotations that are there, one of them changed or added.
        private static func rotations(
            of known: ScheduleView?, with changed: RotationBody
        ) -> [RotationBody] {
            var rotations = (known?.rotations ?? []).map { RotationBody($0) }
            let place = rotations.firstIndex { $0.name.utf8.elementsEqual(changed.name.utf8) }
            guard let place else { return rotations + [changed] }
            rotations[place] = changed
            return rotations
        }

        private static func trimmed(_ text: Substring) -> String {
            text.split(separator: " ").joined(separator: " ")
        }
    }

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "List the schedules, with who is on duty now.",
            discussion: ExitStatus.ordinary)

        @OptionGroup var common: CommonOptions

        func run() throws {
            let list: ScheduleList = try Session.current().client().get(.listSchedules)
            if common.json { return Output.json(list.wire) }
            let wall = try WallClock(zone: nil)
            var table = TextTable("SCHEDULE", "GROUP", "ON DUTY NOW", "UNTIL", "ZONE", "VERSION")
            for item in list.items {
                table.add(
                    item.name.rawValue, item.group.rawValue, ScheduleWords.people(item.now.people),
                    item.now.until.map { wall.text($0) } ?? "", item.zone, "\(item.version)")
            }
            Output.lines(table.lines)
        }
    }

    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show", abstract: "Show one schedule.", discussion: ExitStatus.ordinary)

        @OptionGroup var common: CommonOptions

        @Argument(help: "The name of the schedule.")
        var name: String

        func run() throws {
            let view = try ScheduleWords.view(of: name, try Session.current().client())
            if common.json { return Output.json(view.wire) }
            let wall = try WallClock(zone: view.zone)
            var lines = [
                "\(view.name) for \(view.group), \(view.zone), version \(view.version)",
                "Changed by \(view.changedBy), \(wall.text(view.changedAt)).",
                ScheduleWords.now(view.now),
            ]
            for rotation in view.rotations {
                lines.append(
                    "\(rotation.name): \(rotation.people.joined(separator: ", ")) from "
                        + "\(rotation.start), \(rotation.recurrence)")
                if let seconds = rotation.lengthSeconds {
                    lines.append(
                        "  for \(seconds / 60) min each, \(rotation.repeats ?? "FREQ=DAILY")")
                }
            }
            Output.lines(lines.map { SafeText(escaping: $0) })
        }
    }

    struct Remove: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "remove", abstract: "Remove a schedule and its overrides.",
            discussion: ExitStatus.ordinary)

        @Argument(help: "The name of the schedule.")
        var name: String

        @Option(name: .long, help: "The version that you looked at; the newest if left out.")
        var version: Int?

        func run() throws {
            let client = try Session.current().client()
            let newest = try version ?? ScheduleWords.view(of: name, client).version
            try client.send(
                .removeSchedule, naming: name, query: [("version", "\(newest)")])
            Output.note("Removed. Who was on duty stays known.")
        }
    }
}

/// What a person reads about schedules.
enum ScheduleWords {
    static func people(_ emails: [String]) -> String {
        emails.isEmpty ? "nobody" : emails.joined(separator: ", ")
    }

    static func now(_ now: OnDutyView) -> String {
        now.people.isEmpty
            ? "Nobody is on duty now." : "On duty now: \(people(now.people))."
    }

    static func view(
        of name: String, _ client: ControlPlaneClient
    ) throws(Complaint) -> ScheduleView {
        guard let view = try known(name, client) else {
            throw Complaint(
                "There is no schedule \(name).", next: "List them: countersign schedule list",
                .badInput)
        }
        return view
    }

    /// The schedule as it is now; nil for a new one.
    static func known(
        _ name: String, _ client: ControlPlaneClient
    ) throws(Complaint) -> ScheduleView? {
        let list: ScheduleList = try client.get(.listSchedules)
        return list.items.first { $0.name.rawValue.utf8.elementsEqual(name.utf8) }
    }
}
