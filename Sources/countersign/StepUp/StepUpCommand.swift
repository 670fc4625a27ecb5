import Approvals
import ArgumentParser
import Glibc
import JSONTree
import TextGrid
import WireAPI

/// `countersign step-up`.
struct StepUpCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "step-up", abstract: "Set up the second factor that grave decisions need.",
        discussion: """
            Your tenant may ask for a code of an authenticator with each decision from some risk \
            on. Enroll once; then the inbox and `countersign approve` ask for the code.

            \(ExitStatus.ordinary)
            """,
        subcommands: [Enroll.self, Confirm.self, Status.self])

    struct Enroll: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "enroll", abstract: "Get a secret for your authenticator, once.",
            discussion: """
                The secret is printed to a terminal only. It counts after \
                `countersign step-up confirm`. It needs the enrolment code that an admin gave you \
                (`countersign member enrolment-code`), or a code of the one that you replace.

                \(ExitStatus.ordinary)
                """)

        @Option(name: .long, help: "A code of the second factor that is replaced.")
        var code: String?

        @Option(name: .long, help: "The code that an admin gave you; asked for when left out.")
        var enrolmentCode: String?

        func run() throws {
            guard Output.isTerminal(STDOUT_FILENO) else {
                throw Complaint(
                    "The secret is printed to a terminal only.",
                    next: "Run it without a pipe and without redirecting its output.", .usage)
            }
            let client = try Session.current().client()
            let me: MeAnswer = try client.get(.me)
            var body = StepUpBeginBody(enrolmentCode: enrolmentCode)
            if enrolmentCode == nil {
                if me.stepUp == .active {
                    body.code = try StepUpPrompt.body(code, "code that counts now").code
                } else {
                    body.enrolmentCode = try StepUpPrompt.enrolmentCode()
                }
            }
            let fresh: StepUpEnrolment = try client.send(.beginStepUp, body)
            Output.note("Add this to your authenticator; it is shown this once:")
            Output.line(SafeText(escaping: fresh.secret))
            Output.line(SafeText(escaping: fresh.uri))
            Output.note(
                "Then run `countersign step-up confirm` before \(Words.time(fresh.expiresAt)), "
                    + "and clear the screen.")
        }
    }

    struct Confirm: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "confirm", abstract: "Send the first code of your authenticator.",
            discussion: ExitStatus.ordinary)

        @OptionGroup var common: CommonOptions

        @Argument(help: "The six digits; asked for when they are left out.")
        var code: String?

        func run() throws {
            let client = try Session.current().client()
            let body = try StepUpPrompt.body(code, "code of your authenticator")
            let me: MeAnswer = try client.send(.confirmStepUp, body)
            if common.json { return Output.json(me.wire) }
            Output.note("Your second factor counts from now on. Wait for the next code to use it.")
        }
    }

    struct Status: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "status", abstract: "Say whether you have a second factor.",
            discussion: ExitStatus.ordinary)

        @OptionGroup var common: CommonOptions

        func run() throws {
            let me: MeAnswer = try Session.current().client().get(.me)
            if common.json { return Output.json(["step_up": .string(me.stepUp.rawValue)]) }
            switch me.stepUp {
            case .none: Output.note("You have none. `countersign step-up enroll` begins one.")
            case .waiting:
                Output.note("It waits for its first code: `countersign step-up confirm`.")
            case .active: Output.note("You have one, and it counts.")
            }
        }
    }
}

/// Asks for the code of an authenticator.
enum StepUpPrompt {
    /// What an admin gave the person, as they type it.
    static func enrolmentCode() throws(Complaint) -> String {
        let text = Prompt.secret("The enrolment code that an admin gave you: ") ?? ""
        guard let code = EnrolmentCode(text) else {
            throw Complaint(
                "That is no enrolment code; nothing was sent.",
                next: "It has four groups of five letters and digits. An admin gets one with"
                    + " `countersign member enrolment-code`.", .usage)
        }
        return code.text
    }

    /// The code that was given, or that the person types without it being shown.
    static func body(_ given: String?, _ what: String) throws(Complaint) -> StepUpBody {
        if given == nil, !Prompt.canAsk {
            throw Complaint(
                "A \(what) is needed, and there is no terminal to ask at.",
                next: "Give it on the command line.", .usage)
        }
        let text = given ?? Prompt.secret("The \(what), six digits: ") ?? ""
        guard StepUpCode(text) != nil else {
            throw Complaint(
                "That is no code; nothing was sent.", next: "A code has six digits.", .usage)
        }
        return StepUpBody(code: text)
    }
}
