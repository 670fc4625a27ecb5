import Approvals
import ArgumentParser
import JSONTree
import TextGrid
import WireAPI

/// `countersign approve`.
struct ApproveCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "approve", abstract: "Approve a call, perhaps with changed arguments.",
        discussion: """
            The call is shown whole, and you are asked. With --yes, and in a script where there is \
            no terminal to ask at, nobody is asked, and the call is shown on standard error; \
            several at once then need --yes. A call of high or critical risk wants a fact of it \
            typed, or given with --confirm; --yes does not replace it.

              countersign approve ID --edit /amount_cents=50000 --comment 'only half of it'
              countersign approve ID --revision 3 --yes
              countersign approve ID ID ID

            Several ids are shown together, asked for once and sent together; each is answered for \
            itself. What is of high risk or needs a second factor is left out of them. With --json \
            each answer is one line.

            A value is read as JSON, and as text when it is none or when the tool's schema wants \
            text. What nobody edits stays byte for byte.

            \(ExitStatus.ordinary)
            """)

    @OptionGroup var common: CommonOptions

    @Argument(help: "The id of the approval, or several.")
    var ids: [String]

    @Option(name: .long, help: "Set a value: a JSON Pointer, =, and the value. Repeatable.")
    var edit: [String] = []

    @Option(name: .long, help: "Remove a member or an element: a JSON Pointer. Repeatable.")
    var remove: [String] = []

    @Option(name: .long, help: "A note that is recorded with the decision.")
    var comment: String?

    @Option(name: .long, help: "Refuse unless the approval still has this revision.")
    var revision: Int?

    @Option(name: .long, help: "The fact that a call of high risk asks for.")
    var confirm: String?

    @Option(name: .long, help: "A code of your second factor, where the risk asks for one.")
    var stepUp: String?

    @Flag(name: .long, help: "Do not ask.")
    var yes = false

    func run() throws {
        guard let id = ids.first, ids.count == 1 else { return try runMany() }
        let desk = Desk(client: try Session.current().client())
        let view = try desk.open(id, revision: revision)
        let patch = try EditOption.patch(
            edits: edit, removals: remove, of: view.arguments, schema: view.schema)
        // Where nobody can be asked, naming the one call is the answer.
        let confirmation = Confirmation(
            isGiven: yes || !Prompt.canAsk, typedFact: confirm, stepUp: stepUp)
        try Approving(desk: desk, view: view, patch: patch, isJSON: common.json).finish(
            confirmation, comment: comment)
    }

    private func runMany() throws(Complaint) {
        guard edit.isEmpty, remove.isEmpty, revision == nil, confirm == nil, stepUp == nil else {
            throw Complaint(
                "--edit, --remove, --revision, --confirm and --step-up are for one id.",
                next: "Name that approval alone.", .usage)
        }
        try DecidingMany(
            desk: Desk(client: try Session.current().client()), verdict: .approve,
            comment: comment, isJSON: common.json
        ).finish(ids, isConfirmed: yes)
    }
}

/// The end of `approve` and of `edit`: show, ask, send, say.
struct Approving {
    let desk: Desk
    let view: ApproverView
    let patch: JSONPatch
    let isJSON: Bool

    func finish(_ confirmation: Confirmation, comment: String?) throws(Complaint) {
        let arguments = try EditOption.applying(patch.operations, to: view.arguments)
        show(on: isJSON || confirmation.isGiven ? .standardError : .standardOutput)
        try confirmation.demand(for: view, running: arguments, isEdited: !patch.isEmpty)
        let code = try desk.stepUp(confirmation.stepUp, for: view)
        let fresh = try desk.decide(
            view, .approve, edits: patch, comment: comment, stepUp: code)
        Self.say(fresh, isJSON: isJSON)
    }

    /// Shows all that is approved, also when nobody is asked: the decision says that it was shown.
    private func show(on stream: Output.Stream) {
        Output.lines(ApprovalPage.lines(view, withHistory: false), on: stream)
        guard !patch.isEmpty else { return }
        let changes = Difference.lines(of: patch, on: view.arguments)
        Output.lines([.empty, "Changes"] + changes, on: stream)
    }

    /// Says what the server made of a decision.
    static func say(_ fresh: ApproverView, isJSON: Bool) {
        if isJSON { return Output.json(fresh.wire) }
        let requirement = fresh.requirement
        let state =
            fresh.state == .pending
            ? "counted: \(requirement.approvals) of \(requirement.quorum) approvals"
            : fresh.state.rawValue
        Output.line(
            SafeText(escaping: state) + "  " + SafeText(escaping: fresh.tool) + "  "
                + SafeText(escaping: fresh.id.rawValue))
    }
}
