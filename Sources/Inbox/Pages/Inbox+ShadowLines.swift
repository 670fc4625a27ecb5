import Approvals
import TextGrid
import WireAPI

// The shadow report: how often a version agrees, and where it would have let more through.
extension Inbox {
    func shadowLines(_ report: ShadowReport) -> [PageLine] {
        guard report.samples > 0 else {
            return [
                PageLine(
                    Line("This version has judged no call since then. Let it watch as a shadow."))
            ]
        }
        var lines = summary(of: report) + matrix(report.matrix)
        lines += people(report.people)
        lines.append(PageLine(Line()))
        return lines + cases(of: report)
    }

    private func summary(of report: ShadowReport) -> [PageLine] {
        let same = report.samples - report.stricter - report.laxer - report.errors
        var line: Line = [
            Span("\(report.samples) calls", .heading), Span("  \(same) the same", .success),
            Span("  \(report.stricter) stricter", .warning),
            Span("  \(report.laxer) laxer", report.laxer > 0 ? .danger : .dim),
        ]
        if report.errors > 0 {
            let errors = report.errors == 1 ? "1 error" : "\(report.errors) errors"
            line = line + [Span("  \(errors)", .danger)]
        }
        return [PageLine(line), PageLine(Line())]
    }

    private func matrix(_ matrix: AgreementMatrix) -> [PageLine] {
        func row(_ title: String, _ row: AgreementRow, same: Int) -> PageLine {
            let counts = [row.allow, row.ask, row.deny].enumerated().flatMap { place, count in
                // Left of what happened is laxer.
                let role: TextGrid.Role =
                    place == same ? .text : count == 0 ? .dim : place < same ? .danger : .warning
                let text = Span(String(count), role)
                return [Span.spaces(max(1, 10 - text.columns)), text]
            }
            return PageLine([Span("  \(title)", .dim)] + Line(counts))
        }
        return [
            PageLine([
                .spaces(2), Span("now, then"), .spaces(6), Span("allows      asks   refuses"),
            ]),
            row("allowed ", matrix.allow, same: 0), row("asked   ", matrix.ask, same: 1),
            row("refused ", matrix.deny, same: 2), PageLine(Line()),
        ]
    }

    private func people(_ people: AgreementWithPeople) -> [PageLine] {
        [
            PageLine(
                [
                    Span("A person rejected what it would allow: ", .dim),
                    Span(
                        "\(people.wouldBeFalseApprovals)",
                        people.wouldBeFalseApprovals > 0 ? .danger : .text),
                ]),
            PageLine(
                [
                    Span("A person approved what it would refuse: ", .dim),
                    Span("\(people.wouldBeFalseRejections)"),
                ]),
            PageLine(
                [
                    Span("Questions that people would be spared: ", .dim),
                    Span("\(people.asksSaved), about \(people.minutesSaved) min of waiting"),
                ]),
        ]
    }

    private func cases(of report: ShadowReport) -> [PageLine] {
        let unseen = report.cases.filter { $0.keepsBack && $0.reviewedBy == nil }
        var lines: [PageLine] = []
        if !unseen.isEmpty {
            lines.append(
                PageLine(
                    Line(
                        "It cannot decide before a lead looked at each call that is laxer or an "
                            + "error: enter opens it.", .warning)))
        }
        if !unseen.isEmpty, mayChangePolicies {
            let words = unseen.count == 1 ? "this call" : "all of these \(unseen.count) calls"
            lines.append(
                PageLine(
                    Line("> Say that I looked at \(words)", .accent),
                    .reviewed(
                        policy: report.policy, version: report.version, unseen.map(\.approval))))
        }
        lines += report.cases.map { known in
            var line: Line = [
                Span("  \(known.leaning)  ", known.leaning.isLaxer ? .danger : .warning),
                Span(SafeWords.name(known.tool, columnsMax: 30), .text),
                Span("  \(known.live) ", .dim), Span("> \(known.shadow ?? "error")", .text),
            ]
            if let rule = known.rule { line = line + [Span("  by \(rule)", .dim)] }
            line = line + [Span("  \(known.state)", .dim)]
            if let person = known.reviewedBy {
                line = line + [Span("  looked at by \(SafeWords.name(person))", .success)]
            }
            return PageLine(line, .page(.why(known.approval)))
        }
        return lines
    }
}

extension PolicyCaseView {
    /// Whether it keeps the version from deciding until somebody looked at it.
    fileprivate var keepsBack: Bool { leaning.isLaxer || leaning.isSame(as: "error") }
}
