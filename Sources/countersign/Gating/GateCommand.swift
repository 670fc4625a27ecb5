import Approvals
import ArgumentParser
import Gate
import JSONTree
import SystemClock
import WireAPI

/// `countersign gate`.
struct GateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gate", abstract: "Hold a call until a person has approved it.",
        discussion: """
            Submits the call, waits through restarts of either side, claims it, and prints the \
            effective arguments as JSON. With a command after --, the command runs instead, with \
            the effective arguments on standard input; its exit status becomes the receipt, and \
            the status of gate. Nothing runs without a claim that fits what was decided.

              countersign gate --tool issue_refund --args '{"amount_cents": 184000}' \\
                --redact /recipient/iban --timeout 5m -- ./refund
              countersign gate --tool issue_refund --args-file call.json --dry-run
              countersign gate --hook claude-code < event.json

            The token is taken from COUNTERSIGN_TOKEN, from the settings or from the login; the \
            command does not get it. A stop (Ctrl-C, SIGTERM) while it waits cancels the approval.

            \(ExitStatus.discussion)
            """)

    @OptionGroup var call: CallOptions

    @OptionGroup var common: CommonOptions

    @Option(name: .long, help: "Answer a hook on standard input instead: claude-code.")
    var hook: HookKind?

    @Flag(name: .long, help: "Say what would be submitted; send nothing and run nothing.")
    var dryRun = false

    @Argument(
        parsing: .postTerminator, help: "The command to run, after --, and its arguments.")
    var command: [String] = []

    func validate() throws {
        if hook == nil {
            try call.validateForGate()
        } else {
            try call.validateForHook()
            guard !dryRun else {
                throw ValidationError(
                    "A hook cannot be tried dry: without an answer its host runs the tool.")
            }
            guard command.isEmpty else {
                throw ValidationError("A hook runs nothing itself: leave out what stands after --.")
            }
        }
    }

    func run() throws {
        guard let signals = SystemSignals(blocking: GateRun.signals) else {
            throw Complaint("Signals cannot be read.", next: "", .failed)
        }
        if hook != nil { return try HookRun(call: call).run(signals) }
        let order = try call.order(makingKey: !dryRun)
        if dryRun { try DryRun(order: order, command: command, isJSON: common.json).tell() }
        let run = GateRun(order: order, command: command.isEmpty ? nil : command)
        let verdict = try run.finish(
            patience: call.patience(), signals: signals, session: Session.current())
        try GateEnding(verdict, isJSON: common.json).tell()
        if let status = run.commandStatus { throw ExitCode(status) }
    }
}

/// The hooks that gate can answer.
enum HookKind: String, ExpressibleByArgument, CaseIterable {
    case claudeCode = "claude-code"
}
