import Audit
import Cryptography

extension ExportCheck {
    /// Judges what was seen.
    mutating func report() -> AuditReport {
        if let good = checkpoints.release(rotations, &findings),
            good.size > lastGood?.size ?? -1
        {
            lastGood = good
        }
        checkEnd()
        if !isTorn {
            disclosures.finish(&findings)
            policies.finish(isWhole: (options.since?.size ?? 0) == 0, &findings)
        }
        stats.erased = disclosures.erasedCount
        stats.withheld = disclosures.withheldCount
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
        for change in rotations.changes {
            lines.append(
                "that key \(Hexadecimal.encode(change.new.id)) follows key "
                    + "\(Hexadecimal.encode(change.old.id)) (event \(change.sequence))")
        }
        if isTorn { return lines }
        if options.hasDisclosures {
            lines.append("every disclosed value\(from) against what its event commits to")
        }
        if seen.agreedCount > 0 {
            lines.append(
                "that \(seen.agreedCount) deciders' inboxes had seen this log and no other")
        }
        lines.append("the life cycle of every approval\(from), and that what ran was released")
        if policies.count > policies.unknownCount {
            let count = policies.count - policies.unknownCount
            lines.append("\(count) documents of policies against what was published")
        }
        if policies.replay.replayedCount > 0 {
            lines.append(
                "what the policies say again of \(policies.replay.replayedCount) calls, "
                    + "as far as they read tool and arguments")
        }
        if since == 0 {
            lines.append("that whoever decided was in the group at that time")
            lines.append("that nobody approved a call of an agent of their own")
        }
        return lines
    }

    private var notChecked: [String] {
        var lines = [
            "which versions of policies were in force",
            "that a decision came in time, and how many approvals it needed",
        ]
        if seen.unknownCount > 0 {
            lines.append(
                "\(seen.unknownCount) checkpoints of deciders' inboxes from more than "
                    + "\(SeenRoots.sizesMax) events before")
        }
        if trust.witnessKeys.isEmpty { lines.append("witnesses (the trust file names none)") }
        if checkpoints.unknownSignatures > 0 {
            lines.append(
                "\(checkpoints.unknownSignatures) signatures by keys that you do not name")
        }
        if stats.withheld > 0 {
            lines.append("\(stats.withheld) values that are withheld: only their digests are here")
        }
        if disclosures.namedCount > 0 {
            lines.append(
                "\(disclosures.namedCount) pointers of erased fields: nothing binds them any more")
        }
        if policies.replay.leftCount > 0 {
            lines.append(
                "what the policies say of \(policies.replay.leftCount) calls: "
                    + "not all that their rules read is here")
        }
        if policies.unknownCount > 0 {
            lines.append("\(policies.unknownCount) documents of policies published before that")
        }
        if policies.absentCount > 0 {
            lines.append(
                "\(policies.absentCount) published policies whose documents are not here")
        }
        if isTorn { lines.append("roots, values and life cycles after the first torn place") }
        if let since = options.since, since.size > 0 {
            lines.append("events before \(since.size), but for their hashes")
        }
        return lines
    }
}
