import Approvals
import JSONTree
import TextGrid
import WireAPI

/// What happened to an approval so far, below its arguments.
struct DetailRecord {
    let view: ApproverView
    let serverTime: Timestamp

    func write(into out: inout LineCollector) {
        grant(into: &out)
        effective(into: &out)
        decisions(into: &out)
        for comment in view.comments where !out.isFull {
            said(by: comment.by, "wrote", comment.text, at: comment.at, into: &out)
        }
        receipt(into: &out)
        history(into: &out)
    }

    /// Nobody was asked about this very call, which must not look like a decision.
    private func grant(into out: inout LineCollector) {
        guard view.provenance?.basis == "grant", !out.isFull else { return }
        out.space()
        out.wrap(
            Line("Released by a standing grant: nobody was asked about this call.", .warning),
            indent: 2)
    }

    private func effective(into out: inout LineCollector) {
        guard let arguments = view.effectiveArguments, arguments != view.arguments, !out.isFull
        else { return }
        out.space()
        out.put(Line("What runs", .heading))
        var printer = ArgumentPrinter(handles: view.redacted.handles, into: out)
        printer.write(arguments, .root, at: .root, depth: 0, .other)
        out = printer.out
    }

    private func decisions(into out: inout LineCollector) {
        guard !view.decisions.isEmpty else { return }
        out.space()
        for decision in view.decisions where !out.isFull {
            let verdict = decision.verdict == .approve ? "approved" : "rejected"
            let edits = decision.edits?.operations.count ?? 0
            let how = edits == 0 ? verdict : "\(verdict) with \(edits) edits"
            said(by: decision.by, how, decision.comment ?? "", at: decision.at, into: &out)
        }
    }

    private func said(
        by: String, _ how: String, _ text: String, at instant: Timestamp,
        into out: inout LineCollector
    ) {
        let age = Age.text(serverTime.since(instant))
        out.wrap(Line([Span(by, .accent), Span(" \(how) \(age) ago", .dim)]), indent: 2)
        guard !text.isEmpty else { return }
        out.quote([text], .text)
    }

    private func receipt(into out: inout LineCollector) {
        guard let receipt = view.receipt, !out.isFull else { return }
        out.space()
        let role: TextGrid.Role = receipt.outcome == .succeeded ? .success : .warning
        out.fact("Ran", Line("\(receipt.outcome.rawValue)", role))
        if receipt.isMismatch {
            out.wrap(Line("What ran is NOT what was decided.", .danger), indent: 2)
        }
        if let summary = receipt.resultSummary {
            out.quote([summary], by: "agent says")
        }
    }

    private func history(into out: inout LineCollector) {
        guard !view.history.isEmpty, !out.isFull else { return }
        out.space()
        out.put(Line("History", .heading))
        for entry in view.history where !out.isFull {
            let age = Age.text(serverTime.since(entry.at))
            out.wrap(
                Line([
                    Span("\(age) ago  ", .dim), Span(entry.actor, .accent), Span("  ", .dim),
                    Span(entry.text, .text),
                ]), indent: 2)
        }
    }
}
