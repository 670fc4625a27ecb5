import Approvals
import ArgumentParser
import JSONTree
import TextGrid
import WireAPI
import ZoneTime

// One's own shift.
extension ShiftCommand {
    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show", abstract: "Say whether you are on shift, and until when.",
            discussion: ExitStatus.ordinary)

        @OptionGroup var common: CommonOptions

        @Option(name: .long, help: "The time zone to show times in; else this machine's.")
        var zone: String?

        func run() throws {
            let wall = try WallClock(zone: zone)
            let me: MeAnswer = try Session.current().client().get(.me)
            if common.json { return Output.json(me.duty?.wire ?? .null) }
            Output.lines(ShiftWords.lines(me, wall).map { SafeText(escaping: $0) })
        }
    }

    struct Off: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "off", abstract: "Go off every shift that you are on.",
            discussion: """
                Until the end of the shift, or until --until. Others are expected to decide what \
                waits; it is printed what that is, who they are, and where nobody is left. Where \
                fewer people are on shift than before, you are asked first. What you may decide \
                yourself stays the same.

                  countersign shift off
                  countersign shift off --until 2h

                \(ExitStatus.ordinary)
                """)

        @OptionGroup var common: CommonOptions

        @Option(name: .long, help: "When you are back: 2h, 3d, or a time; else when it ends.")
        var until: String?

        @Option(name: .long, help: "The time zone of times without an offset; else this machine's.")
        var zone: String?

        @Flag(name: .long, help: "Say what would come of it, and change nothing.")
        var preview = false

        @Flag(name: .long, help: "Do not ask.")
        var yes = false

        func run() throws {
            let wall = try WallClock(zone: zone)
            let client = try Session.current().client()
            let me: MeAnswer = try client.get(.me)
            let back = try until.map { text in
                try wall.instant(text, for: "--until", now: me.serverTime)
            }
            if preview || !yes {
                let planned: ShiftChangeAnswer = try client.send(
                    .offShift, OffShiftBody(until: back, preview: true))
                if preview { return print(planned) }
                if !planned.warnings.isEmpty { try confirm(planned) }
            }
            print(try client.send(.offShift, OffShiftBody(until: back)))
        }

        private func print(_ answer: ShiftChangeAnswer) {
            common.json ? Output.json(answer.wire) : ShiftWords.say(answer)
        }

        private func confirm(_ planned: ShiftChangeAnswer) throws {
            Output.note(
                lines: ([planned.sentence] + planned.warnings).joined(separator: "\n"))
            guard Prompt.canAsk else {
                throw Complaint(
                    "Nobody is there to ask, so you are still on shift.", next: "Say --yes.",
                    .notDecided)
            }
            guard Prompt.line("Go off shift? Type yes: ") == "yes" else {
                throw Complaint("You are still on shift.", next: "", .notDecided)
            }
        }
    }

    struct On: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "on", abstract: "Take back that you went off shift.",
            discussion: ExitStatus.ordinary)

        @OptionGroup var common: CommonOptions

        func run() throws {
            let answer: ShiftChangeAnswer = try Session.current().client().send(.onShift, nil)
            if common.json { return Output.json(answer.wire) }
            ShiftWords.say(answer)
        }
    }
}

/// What a person reads about their own shift.
enum ShiftWords {
    static func lines(_ me: MeAnswer, _ wall: WallClock) -> [String] {
        var lines: [String] = []
        if let duty = me.duty {
            lines.append(state(duty, wall))
            if let next = duty.next { lines.append("Your next shift begins \(wall.text(next)).") }
            if duty.handedOver > 0 {
                lines.append("Handed to you: \(duty.handedOver). See `countersign list`.")
            }
        } else {
            lines.append("No schedule of your groups says who is on shift.")
        }
        if let until = me.quietUntil {
            lines.append("Only critical calls disturb you until \(wall.text(until)).")
        }
        return lines
    }

    private static func state(_ duty: DutyView, _ wall: WallClock) -> String {
        guard duty.isOn else { return "You are off shift. You may still decide." }
        let names = duty.schedules.map(\.rawValue).joined(separator: ", ")
        return "You are on shift in \(names)"
            + (duty.until.map { " until \(wall.text($0)) \(wall.zone.name)." } ?? ".")
    }

    static func say(_ answer: ShiftChangeAnswer) {
        Output.lines(
            ([answer.sentence] + answer.handedOver.map { "  \($0)" } + answer.warnings)
                .map { SafeText(escaping: $0) })
    }
}
