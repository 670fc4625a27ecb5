import Audit

extension ExportCheck {
    /// Judges what was seen.
    mutating func report() -> AuditReport {
        checkEnd()
        if !isTorn { disclosures.finish(&findings) }
        stats.erased = disclosures.erasedCount
        stats.checkpoints = checkpoints.files
        stats.witnesses = coveringWitnesses
        var doubts = doubts()
        let isTampered = findings.count > 0
        if coveringWitnesses < options.witnessesMin {
            let sentence =
                "\(options.witnessesMin) trusted witnesses were asked for; "
                + "\(coveringWitnesses) cosigned the end of the log."
            findings.add(.badWitness, at: nil, sentence)
            doubts.append(sentence)
        }
        let result: AuditReport.Result =
            isTampered ? .tampered : doubts.isEmpty ? .verified : .inconclusive
        return AuditReport(
            result: result, findings: findings.kept, findingsCount: findings.count,
            firstBad: findings.first, lastGood: lastGood, doubts: doubts, checked: checked,
            notChecked: notChecked, stats: stats, proof: proof)
    }

    /// What was signed or seen before and is not there now.
    private mutating func checkEnd() {
        for pin in kept where pin.size > end {
            findings.add(
                .pinAhead, at: end,
                "The checkpoint you kept has \(pin.size) events; the export has \(end).")
        }
        guard let newest = checkpoints.newest, newest.checkpoint.size > end else { return }
        findings.add(
            .truncated, at: end,
            "\(newest.file) was signed for \(newest.checkpoint.size) events; "
                + "the export has \(end).")
    }

    private var coveringWitnesses: Int {
        guard let newest = checkpoints.newest, newest.checkpoint.size == end else { return 0 }
        return newest.witnesses.count
    }

    private func doubts() -> [String] {
        var doubts: [String] = []
        if trust.logKeys.isEmpty {
            doubts.append("The trust file names no key of the log.")
        }
        let covered = checkpoints.newest?.checkpoint.size
        if covered == nil {
            doubts.append("No checkpoint is signed by a trusted key of the log.")
        } else if let covered, covered < end {
            doubts.append("No signed checkpoint covers the last \(end - covered) events.")
        }
        if lacksDisclosures {
            doubts.append("The export has no disclosures.jsonl; no value was looked at.")
        }
        if let event = options.event, proof == nil {
            doubts.append("There is no proof for event \(event): nothing signed covers it.")
        }
        return doubts
    }

    private var checked: [String] {
        let since = options.since?.size ?? 0
        let from = since == 0 ? "" : " from \(since) on"
        var lines = [
            "form, number, time and link of every event\(from)",
            "the tree over every event against \(checkpoints.bySize.count) signed checkpoints",
        ]
        if isTorn { return lines }
        if options.hasDisclosures {
            lines.append("every disclosed value\(from) against what its event commits to")
        }
        lines.append("the life cycle of every approval\(from), and that what ran was released")
        if since == 0 { lines.append("that whoever decided was in the group at that time") }
        return lines
    }

    private var notChecked: [String] {
        var lines = [
            "what the policies would have said (they are not replayed)",
            "who lent authority to whom, and whether the person owns the agent",
            "that a decision came in time, and how many approvals it needed",
        ]
        if trust.witnessKeys.isEmpty { lines.append("witnesses (the trust file names none)") }
        if checkpoints.unknownSignatures > 0 {
            lines.append(
                "\(checkpoints.unknownSignatures) signatures by keys that you do not name")
        }
        if isTorn { lines.append("roots, values and life cycles after the first torn place") }
        if let since = options.since, since.size > 0 {
            lines.append("events before \(since.size), but for their hashes")
        }
        return lines
    }
}
