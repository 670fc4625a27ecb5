import Approvals
import ArgumentParser
import Cryptography
import JSONTree
import TextGrid
import WireAPI

/// `countersign approve`.
struct ApproveCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "approve", abstract: "Approve a call, perhaps with changed arguments.",
        discussion: """
            The call is shown whole, and you are asked. With --yes, and in a script where standard \
            input is no terminal, nobody is asked: the call is shown on standard error, with its \
            digest and revision, and --revision refuses it when it moved since you looked; \
            several at once then need --yes. A call of high or critical risk wants a fact of it \
            typed, or given with --confirm; --yes does not replace it.

              countersign approve ID --edit /amount_cents=50000 --comment 'only half of it'
              countersign approve ID --revision 3 --yes
              countersign approve ID ID ID

            Several ids are shown together, asked for once and sent together; each is answered for \
            itself. What is of high risk or needs a second factor is left out of them. With --json \
            each answer is one line.

            With --for, calls like it run by themselves for a while: the same tool and agent, and \
            every argument as approved, but for the bounds that are named. `countersign grant` \
            lists such grants and takes them back.

              countersign approve ID --for 1h --uses 5 --bound '/amount_cents<=50000'

            With --break-glass, somebody with the role breakglass approves one call that is not \
            theirs to decide: with a reason of at least 20 characters and a code of their second \
            factor. Leads see it, and one of them reviews it within 72 hours.

              countersign approve ID --break-glass --reason 'Payroll stands still, nobody answers.'

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

    @Option(name: .customLong("for"), help: "Calls like it run without asking for so long: 1h.")
    var span: String?

    @Option(name: .long, help: "With --for: how many calls at most.")
    var uses: Int?

    @Option(
        name: .long,
        help: "With --for: an argument that may vary, as in /amount_cents<=50000. Repeatable.")
    var bound: [String] = []

    @Flag(name: .long, help: "With --for: only in the agent's session that this call is from.")
    var session = false

    @Flag(name: .long, help: "Approve what is not yours to decide; a lead reviews it.")
    var breakGlass = false

    @Option(name: .long, help: "With --break-glass: why, in at least 20 characters.")
    var reason: String?

    @Flag(name: .long, help: "Do not ask.")
    var yes = false

    func validate() throws {
        guard breakGlass == (reason != nil) else {
            throw ValidationError("--break-glass and --reason belong together.")
        }
        guard !breakGlass || edit.isEmpty && remove.isEmpty && span == nil && comment == nil else {
            throw ValidationError(
                "--break-glass approves what was shown: leave --edit, --remove, --for and"
                    + " --comment out.")
        }
    }

    func run() throws {
        guard let id = ids.first, ids.count == 1 else { return try runMany() }
        let desk = Desk(client: try Session.current().client())
        let view = try desk.open(id, revision: revision, isBreakGlass: breakGlass)
        let patch = try EditOption.patch(
            edits: edit, removals: remove, of: view.arguments, schema: view.schema)
        // Where nobody can be asked, naming the one call is the answer.
        let confirmation = Confirmation(
            isGiven: yes || !Prompt.canAsk, typedFact: confirm, stepUp: stepUp)
        let wanted = GrantOption(span: span, uses: uses, bounds: bound, isSession: session)
        let grant = try wanted.body(
            running: try EditOption.applying(patch.operations, to: view.arguments))
        try Approving(
            desk: desk, view: view, patch: patch, grant: grant,
            breakGlass: reason.map { BreakGlassBody(reason: $0) }, isJSON: common.json
        ).finish(confirmation, comment: comment)
    }

    private func runMany() throws(Complaint) {
        guard edit.isEmpty, remove.isEmpty, revision == nil, confirm == nil, stepUp == nil,
            span == nil, uses == nil, bound.isEmpty, !session, !breakGlass
        else {
            throw Complaint(
                "Only --comment, --yes and --json are for several ids.",
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
    /// What is granted for calls like it, besides.
    var grant: GrantBody?
    /// That it is not theirs to decide, and why they do.
    var breakGlass: BreakGlassBody?
    let isJSON: Bool

    func finish(_ confirmation: Confirmation, comment: String?) throws(Complaint) {
        let arguments = try EditOption.applying(patch.operations, to: view.arguments)
        try show(on: confirmation.isGiven ? .standardError : .asking(isJSON: isJSON))
        try confirmation.demand(
            for: view, running: arguments, isEdited: !patch.isEmpty,
            isGranting: grant != nil)
        let code = try desk.stepUp(
            confirmation.stepUp, for: view, isBreakGlass: breakGlass != nil)
        let fresh = try desk.decide(
            view, .approve, edits: patch, comment: comment, stepUp: code, grant: grant,
            breakGlass: breakGlass)
        Self.say(fresh, isJSON: isJSON)
        if let id = fresh.decisions.last?.grant, !isJSON {
            Output.line(SafeText(escaping: "granted  \(id)"))
        }
        if confirmation.isGiven { noteUnasked() }
    }

    /// Says beside the answer exactly what was approved without a question.
    private func noteUnasked() {
        let count = patch.operations.count
        let edits = count == 0 ? "" : count == 1 ? ", with 1 edit" : ", with \(count) edits"
        Output.note(
            "Nobody was asked. Approved: \(view.tool), revision \(view.revision), "
                + "\(view.displayedDigest.text)\(edits).")
    }

    /// Shows all that is approved, also when nobody is asked: the decision says that it was shown.
    private func show(on stream: Output.Stream) throws(Complaint) {
        var lines = ApprovalPage.lines(view, withHistory: false)
        if !patch.isEmpty {
            lines += [.empty, "Changes"] + Difference.lines(of: patch, on: view.arguments)
        }
        if let grant { lines += GrantPage.lines(of: grant, for: view) }
        try Output.show(lines, on: stream)
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
