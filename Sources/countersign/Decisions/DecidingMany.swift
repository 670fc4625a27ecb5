import Approvals
import JSONTree
import TextGrid
import WireAPI

/// The end of `approve` and `reject` with several ids: show all of them, ask once, send them
/// together, and say of each what became of it.
struct DecidingMany {
    let desk: Desk
    let verdict: Verdict
    let comment: String?
    let isJSON: Bool

    /// So many ids are looked through at once.
    static let countMax = 500
    /// So many decisions go in one request.
    private static let batchMax = 100

    /// One that is not sent, and why.
    private struct LeftOut {
        let id: ApprovalID
        let complaint: Complaint
    }

    /// What may be decided together, and what may not.
    private struct Sorted {
        var ready: [ApproverView] = []
        var leftOut: [LeftOut] = []
    }

    /// Decides all; throws when one of them was not decided.
    func finish(_ ids: [String], isConfirmed: Bool) throws(Complaint) {
        let sorted = try look(at: ids)
        try show(sorted, on: isConfirmed ? .standardError : .asking(isJSON: isJSON))
        var results = sorted.leftOut.map { Self.notSent($0) }
        if !sorted.ready.isEmpty {
            if !isConfirmed { try ask(sorted) }
            results += try send(sorted.ready)
        }
        for result in results { say(result, of: sorted) }
        try require(results)
    }

    private func look(at ids: [String]) throws(Complaint) -> Sorted {
        guard ids.count <= Self.countMax else {
            throw Complaint(
                "\(ids.count) are more than anybody looks through.",
                next: "Name at most \(Self.countMax) at once.", .usage)
        }
        var sorted = Sorted()
        var known: Set<ApprovalID> = []
        for text in ids {
            let id = try Parsed.approval(text)
            guard known.insert(id).inserted else { continue }
            do throws(Complaint) {
                let view = try desk.open(text, revision: nil)
                try Self.requireSimple(view)
                sorted.ready.append(view)
            } catch {
                sorted.leftOut.append(LeftOut(id: id, complaint: error))
            }
        }
        sorted.ready.sort {
            ($1.risk, $0.requirement.deadline) < ($0.risk, $1.requirement.deadline)
        }
        return sorted
    }

    /// Nothing grave is decided together with other things.
    private static func requireSimple(_ view: ApproverView) throws(Complaint) {
        guard view.risk < .high else {
            throw Complaint(
                "\(view.risk.rawValue) risk is decided one by one.",
                next: "Name it alone: `countersign approve \(view.id)`.", .notDecided)
        }
        guard view.stepUp != .required else {
            throw Complaint(
                "It needs a code of your second factor.",
                next: "Name it alone: `countersign approve \(view.id)`.", .notDecided)
        }
    }

    private func show(_ sorted: Sorted, on stream: Output.Stream) throws(Complaint) {
        var lines: [SafeText] = []
        for view in sorted.ready {
            let left = Words.left(until: view.requirement.deadline, at: view.serverTime)
            lines.append(
                SafeText(escaping: view.risk.rawValue).padded(to: 8)
                    + SafeText(escaping: left).padded(to: 12) + SafeText(escaping: view.tool)
                    + "  by " + SafeText(escaping: view.agent.name) + "  "
                    + SafeText(escaping: view.id.rawValue))
            if let summary = view.context.summary {
                lines.append("  agent says > " + SafeText(escaping: summary))
            }
            lines.append("  " + ApprovalPage.inline(view.arguments))
        }
        if !sorted.leftOut.isEmpty { lines += [.empty, "Left out"] }
        for out in sorted.leftOut {
            lines.append(
                SafeText(escaping: out.id.rawValue) + "  "
                    + SafeText(escaping: out.complaint.sentence))
        }
        try Output.show(lines, on: stream)
    }

    private func ask(_ sorted: Sorted) throws(Complaint) {
        let count = "\(sorted.ready.count) of \(sorted.ready.count + sorted.leftOut.count)"
        guard Prompt.canAsk else {
            throw Complaint(
                "There is no terminal to ask at.",
                next: "Add --yes to \(verdict.rawValue) \(count) without being asked.", .usage)
        }
        let verb = verdict == .approve ? "Approve" : "Reject"
        guard Prompt.line("\(verb) \(count)? Type yes: ") == "yes" else {
            throw Complaint("Not confirmed; nothing was decided.", next: "", .notDecided)
        }
    }

    /// Sends them in batches; a lost answer is asked for again with the same keys.
    private func send(_ views: [ApproverView]) throws(Complaint) -> [BulkDecisionResult] {
        var results: [BulkDecisionResult] = []
        for start in stride(from: 0, to: views.count, by: Self.batchMax) {
            let batch = views[start..<min(views.count, start + Self.batchMax)]
            let body = BulkDecisionBody(
                items: batch.map { view in
                    BulkDecisionItem(
                        id: view.id, revision: view.revision, verdict: verdict,
                        displayedDigest: view.displayedDigest, comment: comment, fullyShown: true,
                        idempotencyKey: SystemSource.uniqueName())
                })
            let answer: BulkDecisionAnswer = try desk.client.send(
                .decisions, body, key: SystemSource.uniqueName())
            results += answer.items
        }
        return results
    }

    private func say(_ result: BulkDecisionResult, of sorted: Sorted) {
        if isJSON { return Output.json(result.wire) }
        if let view = result.approval, result.status == 200 {
            return Approving.say(view, isJSON: false)
        }
        let tool = sorted.ready.first { $0.id == result.id }.map { $0.tool + "  " } ?? ""
        guard result.status != 200 else {
            return Output.line(
                "decided  " + SafeText(escaping: tool) + SafeText(escaping: result.id.rawValue))
        }
        let why = result.problem.map { "\($0.detail) \($0.nextStep)" } ?? "The server said no."
        Output.line(
            "not decided  " + SafeText(escaping: tool) + SafeText(escaping: result.id.rawValue)
                + "  " + SafeText(escaping: why))
    }

    private static func notSent(_ out: LeftOut) -> BulkDecisionResult {
        BulkDecisionResult(
            id: out.id, status: out.complaint.httpStatus ?? 0,
            problem: Problem(
                "not-sent", status: out.complaint.httpStatus ?? 0, title: "It was not sent.",
                detail: out.complaint.sentence, nextStep: out.complaint.nextStep))
    }

    private func require(_ results: [BulkDecisionResult]) throws(Complaint) {
        let missed = results.count { $0.status != 200 }
        guard missed > 0 else { return }
        throw Complaint(
            "\(missed) of \(results.count) \(missed == 1 ? "was" : "were") not decided.",
            next: "The lines above say why.", .notDecided)
    }
}
