import Approvals
import TextGrid
import WireAPI

/// How a version would have decided, as plain lines.
enum AgreementPage {
    /// A shadow's report.
    static func lines(_ report: ShadowReport) -> [SafeText] {
        let title =
            "\(report.policy) version \(report.version) as a shadow: "
            + "\(calls(report.samples)) since \(Words.time(report.since))"
        var lines = [SafeText(escaping: title), .empty]
        lines += matrix(report.matrix) + [.empty]
        lines += people(report.people)
        let unseen = report.laxerUnreviewed == 0 ? "" : ", \(report.laxerUnreviewed) not looked at"
        lines.append(
            SafeText(
                escaping: "stricter \(report.stricter), laxer \(report.laxer)\(unseen), "
                    + "without an answer \(report.errors)"))
        return lines + cases(report.cases)
    }

    /// What a candidate would have done, over all pages.
    static func lines(_ sum: BacktestSum, of name: String) -> [SafeText] {
        let page = sum.page
        var lines = [
            SafeText(escaping: "\(name) tried on \(calls(page.replayed))"), SafeText.empty,
        ]
        lines += matrix(page.matrix) + [.empty]
        lines += people(page.people)
        lines.append(
            SafeText(
                escaping: "stricter \(page.stricter), laxer \(page.laxer), without an answer "
                    + "\(page.errors)"))
        if page.notReplayable > 0 {
            lines.append(
                SafeText(
                    escaping: "\(calls(page.notReplayable)) could not be tried: what was seen of "
                        + "them is gone, cannot be read, or is hidden from you"))
        }
        if page.unconcerned > 0 {
            lines.append(
                SafeText(escaping: "\(calls(page.unconcerned)) are none of this policy's"))
        }
        if !page.groups.isEmpty {
            var table = TextTable("GROUP", "ASKED", "WOULD BE ASKED")
            for load in page.groups {
                table.add(load.group, String(load.before), String(load.after))
            }
            lines += [.empty] + table.lines
        }
        return lines + cases(page.changed)
    }

    private static func matrix(_ matrix: AgreementMatrix) -> [SafeText] {
        var table = TextTable("", "IT ALLOWS", "IT ASKS", "IT REFUSES")
        for (name, row) in [
            ("was allowed", matrix.allow), ("was asked", matrix.ask), ("was refused", matrix.deny),
        ] {
            table.add(name, String(row.allow), String(row.ask), String(row.deny))
        }
        return table.lines
    }

    private static func people(_ people: AgreementWithPeople) -> [SafeText] {
        [
            "it allows what a person rejected: \(people.wouldBeFalseApprovals)",
            "it refuses what a person approved: \(people.wouldBeFalseRejections)",
            "people would not have been asked: \(people.asksSaved), which waited "
                + "\(people.minutesSaved) minute\(people.minutesSaved == 1 ? "" : "s")",
        ].map { SafeText(escaping: $0) }
    }

    private static func cases(_ cases: [PolicyCaseView]) -> [SafeText] {
        guard !cases.isEmpty else { return [] }
        var table = TextTable(
            "APPROVAL", "TOOL", "LEANS", "WAS", "IT SAYS", "RULE", "STATE", "LOOKED AT BY")
        for one in cases {
            table.add(
                one.approval.rawValue, one.tool, one.leaning, one.live, one.shadow ?? "-",
                one.rule ?? "-", one.state, one.reviewedBy ?? "-")
        }
        return [.empty] + table.lines
    }

    private static func calls(_ count: Int) -> String { "\(count) call\(count == 1 ? "" : "s")" }
}
