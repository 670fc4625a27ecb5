import Approvals
import ArgumentParser
import TextGrid
import WireAPI

extension MemberCommand {
    struct PermitStepUp: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "enrolment-code",
            abstract: "Get the code with which a person sets up a second factor.",
            discussion: """
                It counts once and for a day. Give it to them on another way than their token, and \
                make sure that it is them. If you have a second factor, you prove it.

                \(ExitStatus.ordinary)
                """)

        @OptionGroup var common: CommonOptions

        @Argument(help: "The e-mail.")
        var email: String

        @Option(name: .long, help: "A code of your own second factor; asked for when left out.")
        var code: String?

        func run() throws {
            let client = try Session.current().client()
            let me: MeAnswer = try client.get(.me)
            var body: StepUpBody?
            if me.stepUp == .active { body = try StepUpPrompt.body(code, "code of your own") }
            let permit: StepUpPermit = try client.send(.permitStepUp, naming: email, body)
            if common.json { return Output.json(permit.wire) }
            Output.line(SafeText(escaping: permit.code))
            Output.note(
                "\(email) runs `countersign step-up enroll` with it before "
                    + "\(Words.time(permit.expiresAt)).")
        }
    }
}
