import Approvals
import ArgumentParser
import JSONTree
import TextGrid
import WireAPI

/// `countersign escalation`.
struct EscalationCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "escalation", abstract: "Plan to whom a call goes when nobody answers.",
        discussion: """
            Every group may have a plan. Each step tells further people and lets them see the \
            call; nobody may decide who could not before, unless a step says so of a group. When \
            the plan is through and nobody decided, the call is refused.

              countersign escalation set finance --step 10m=group:leads \\
                  --step 10m=people:bea@acme.test,cyd@acme.test --repeat 1
              countersign escalation show finance

            \(ExitStatus.ordinary)
            """,
        subcommands: [Show.self, Change.self])

    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show", abstract: "Print the plan of a group.",
            discussion: ExitStatus.ordinary)

        @OptionGroup var common: CommonOptions

        @Argument(help: "The group.")
        var group: String

        func run() throws {
            let view: EscalationPlanView = try Session.current().client().get(
                .escalationPlan, naming: try Parsed.group(group).rawValue)
            if common.json { return Output.json(view.wire) }
            Output.lines(EscalationWords.lines(view))
        }
    }

    struct Change: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "set", abstract: "Change the plan of a group, for calls from now on.",
            discussion: """
                A step says how long after the one before it, and who is told: group:NAME, \
                schedule:NAME for whoever is on shift then, or people: with e-mails between \
                commas. Where nobody is on shift, the next step comes at once. \
                group:NAME+decide lets that group decide from \
                then on, too. After the last step the plan waits as long as its longest step takes.

                \(ExitStatus.ordinary)
                """)

        @OptionGroup var common: CommonOptions

        @Argument(help: "The group.")
        var group: String

        @Option(name: .long, help: "A step: 10m=group:leads. Repeatable, in order.")
        var step: [String] = []

        @Option(name: .long, help: "How often the steps are taken again, at most 5.")
        var `repeat` = 0

        @Option(name: .long, help: "When the plan is through: refuse, or wait for the deadline.")
        var end = "refuse"

        @Flag(name: .long, help: "Take the plan away.")
        var none = false

        @Option(name: .long, help: "The version that you looked at; else the one that is there.")
        var version: Int?

        func validate() throws {
            guard none == step.isEmpty else {
                throw ValidationError("Say the steps with --step, or only --none.")
            }
        }

        func run() throws {
            let client = try Session.current().client()
            let name = try Parsed.group(group).rawValue
            var steps: [EscalationStepBody] = []
            for text in step { steps.append(try EscalationWords.step(text)) }
            var known = version
            if known == nil {
                let view: EscalationPlanView = try client.get(.escalationPlan, naming: name)
                known = view.version
            }
            let view: EscalationPlanView = try client.send(
                .planEscalation, naming: name,
                EscalationPlanBody(
                    version: known ?? 0, steps: steps, repeat: `repeat`, end: end))
            if common.json { return Output.json(view.wire) }
            Output.lines(EscalationWords.lines(view))
        }
    }
}

/// `countersign acknowledge`.
struct AcknowledgeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "acknowledge",
        abstract: "Say that you look at a call, so that nobody else is told for ten minutes.",
        discussion: """
            Holds the next step of the escalation back, at most twice a person. The deadline stays \
            where it is.

            \(ExitStatus.ordinary)
            """)

    @OptionGroup var common: CommonOptions

    @Argument(help: "The id of the approval, as `countersign list` prints it.")
    var id: String

    func run() throws {
        let view: ApproverView = try Session.current().client().send(
            .acknowledge, naming: try Parsed.approval(id).rawValue, nil)
        if common.json { return Output.json(view.wire) }
        let until = view.escalation?.acknowledgedUntil.map(Words.time) ?? "then"
        Output.note("Nobody else is told before \(until). The deadline has not moved.")
    }
}

/// How a plan is written and read on the command line.
enum EscalationWords {
    static func step(_ text: String) throws(Complaint) -> EscalationStepBody {
        let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
        let words = parts.count == 2 ? parts[1].split(separator: ":", maxSplits: 1) : []
        guard words.count == 2 else { throw unclear(text) }
        let seconds = try Parsed.seconds(parts[0], for: "The time of a step")
        var name = String(words[1])
        switch words[0] {
        case "group":
            let decides = name.hasSuffix("+decide")
            if decides { name.removeLast("+decide".count) }
            return EscalationStepBody(
                afterSeconds: seconds,
                to: EscalationTargetBody(group: try Parsed.group(name).rawValue),
                mayDecide: decides ? true : nil)
        case "people":
            return EscalationStepBody(
                afterSeconds: seconds,
                to: EscalationTargetBody(people: name.split(separator: ",").map(String.init)))
        case "schedule":
            return EscalationStepBody(
                afterSeconds: seconds, to: EscalationTargetBody(schedule: name))
        default: throw unclear(text)
        }
    }

    private static func unclear(_ text: String) -> Complaint {
        Complaint(
            "\(text) is not a step.",
            next: "Write 10m=group:leads, 10m=schedule:primary or 10m=people:ann@acme.test.", .usage
        )
    }

    /// As short as it can be said exactly.
    private static func span(_ seconds: Int) -> String {
        for (unit, letter) in [(3_600, "h"), (60, "m")] where seconds.isMultiple(of: unit) {
            return "\(seconds / unit)\(letter)"
        }
        return "\(seconds)s"
    }

    static func lines(_ view: EscalationPlanView) -> [SafeText] {
        guard !view.steps.isEmpty else {
            return [
                SafeText(escaping: "No plan for \(view.group): its calls wait for their deadline.")
            ]
        }
        var lines = [SafeText(escaping: "Plan of \(view.group), version \(view.version)")]
        for step in view.steps {
            let decides = step.mayDecide == true ? ", which may decide from then on" : ""
            let onDuty = view.onDuty.first { duty in
                step.to.schedule.map { duty.schedule.hasSameBytes(as: $0) } ?? false
            }
            let who = step.to.words(onDuty: onDuty?.people)
            lines.append(
                SafeText(
                    escaping: "  after \(span(step.afterSeconds)): \(who)\(decides)"))
        }
        if view.repeat > 0 {
            lines.append(SafeText(escaping: "  again: \(view.repeat) times"))
        }
        let end = view.end == "wait" ? "the call waits for its deadline" : "the call is refused"
        lines.append(SafeText(escaping: "  then: \(end)"))
        return lines
    }
}

extension EscalationTargetBody {
    /// As in a sentence.
    var words: String {
        group.map { "the group \($0)" } ?? schedule.map { "whoever is on shift in \($0)" }
            ?? (people ?? []).joined(separator: ", ")
    }

    /// The same, with those whom the schedule named or names now.
    func words(onDuty names: [String]?) -> String {
        guard schedule != nil, let names else { return words }
        return "\(words) (\(names.isEmpty ? "nobody" : names.joined(separator: ", ")))"
    }
}
