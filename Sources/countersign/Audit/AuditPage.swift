import Audit
import AuditVerifier
import Cryptography
import TextGrid

/// The report of a verifier as plain lines; what it quotes of the export is inert.
enum AuditPage {
    /// How many findings are printed; JSON has more.
    static let findingsMax = 20

    /// Result, findings, what was checked and what was not, top to bottom.
    static func lines(_ report: AuditReport) -> [SafeText] {
        var lines = [verdict(report), counts(report)]
        if let first = report.firstBad { lines.append("First bad record: \(first)") }
        lines.append(
            report.lastGood.map {
                "Last good checkpoint: \($0.size) events, root \($0.root.hex)"
            } ?? "Last good checkpoint: none")
        lines += list("Findings", report.findings.prefix(findingsMax).map(line))
        let more = report.findingsCount - min(report.findings.count, findingsMax)
        if more > 0 { lines.append("  and \(more) more; --json has up to a thousand") }
        lines += list("Why it is not verified", report.doubts)
        lines += list("Checked", report.checked)
        lines += list("NOT checked", report.notChecked)
        if let proof = report.proof {
            let text = String(decoding: proof.bytes, as: UTF8.self)
            lines += ["", "Proof of event \(proof.index)"]
            lines += text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
                .map(String.init)
        }
        return lines.map { SafeText(escaping: $0) }
    }

    private static func verdict(_ report: AuditReport) -> String {
        switch report.result {
        case .verified: "VERIFIED"
        case .tampered: "TAMPERED: what is here is not what was signed, or cannot have happened"
        case .inconclusive: "INCONCLUSIVE: nothing is wrong, and not enough is signed"
        }
    }

    private static func counts(_ report: AuditReport) -> String {
        let stats = report.stats
        return [
            count(Int(stats.events), "event"),
            count(stats.disclosures, "disclosed value")
                + " (\(stats.erased) erased, \(stats.withheld) withheld)",
            count(stats.checkpoints, "checkpoint"),
            count(stats.witnesses, "witness", "witnesses") + " of the end",
        ].joined(separator: ", ")
    }

    private static func count(_ number: Int, _ one: String, _ many: String? = nil) -> String {
        "\(number) \(number == 1 ? one : many ?? one + "s")"
    }

    private static func list(_ title: String, _ items: [String]) -> [String] {
        items.isEmpty ? [] : ["", title] + items.map { "  \($0)" }
    }

    private static func line(_ finding: AuditFinding) -> String {
        let place = finding.sequence.map { "event \($0): " } ?? ""
        return "\(finding.code.rawValue)  \(place)\(finding.detail)"
    }
}
