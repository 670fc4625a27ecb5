import Approvals
import ArgumentParser
import JSONTree
import TextGrid
import WireAPI

/// `countersign halt`.
struct HaltCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "halt", abstract: "Stop every release of the tenant at once.",
        discussion: """
            Nothing is released by a person, a policy, a standing grant or silence, and no agent \
            claims what was released. Calls are taken and wait, and can be rejected. Somebody else \
            lifts the halt, a lead or an admin. Both are events in the audit log.

              countersign halt --reason "The support bot pays twice."
              countersign halt lift --reason "Fixed; version 1.8 runs."
              countersign halt status

            \(ExitStatus.ordinary)
            """,
        subcommands: [Begin.self, Lift.self, Status.self], defaultSubcommand: Begin.self)

    struct Begin: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "begin", abstract: "Stop every release at once.",
            discussion: "\(ExitStatus.ordinary)")

        @OptionGroup var common: CommonOptions

        @Option(name: .long, help: "Why, in a sentence that everybody reads.")
        var reason: String

        func run() throws {
            let me: MeAnswer = try Session.current().client().send(
                .halt, HaltBody(reason: reason))
            HaltCommand.say(me, isJSON: common.json)
        }
    }

    struct Lift: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "lift", abstract: "Let releases go on; somebody else called the halt.",
            discussion: "\(ExitStatus.ordinary)")

        @OptionGroup var common: CommonOptions

        @Option(name: .long, help: "Why it is safe again.")
        var reason: String

        func run() throws {
            let me: MeAnswer = try Session.current().client().send(
                .liftHalt, HaltBody(reason: reason))
            HaltCommand.say(me, isJSON: common.json)
        }
    }

    struct Status: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "status", abstract: "Say whether releases are halted.",
            discussion: "\(ExitStatus.ordinary)")

        @OptionGroup var common: CommonOptions

        func run() throws {
            HaltCommand.say(try Session.current().client().get(.me), isJSON: common.json)
        }
    }

    fileprivate static func say(_ me: MeAnswer, isJSON: Bool) {
        if isJSON { return Output.json(["halt": me.halt?.wire ?? .null]) }
        guard let halt = me.halt else { return Output.line("Releases go on.") }
        Output.line(
            SafeText(
                escaping: "Releases are halted since \(Words.time(halt.at)) by \(halt.by): "
                    + halt.reason))
    }
}
