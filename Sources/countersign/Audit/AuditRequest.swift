import Audit
import AuditVerifier
import Glibc
import JSONTree

/// What `countersign audit verify` was asked.
struct AuditRequest {
    var folder: String
    var trust: String
    var pins: [String] = []
    var witnesses = 0
    var event: Int64?
    var since: String?

    /// Reads the folder and judges it.
    func report() throws -> AuditReport {
        let trust = try Self.trust(self.trust)
        let export = try ExportFolder(folder)
        var options = ExportCheck.Options()
        options.witnessesMin = witnesses
        options.event = event
        options.pins = try pins.map { try Self.kept($0, trust) }
        options.since = try since.map { try Self.kept($0, trust) }
        options.hasDisclosures = export.hasDisclosures
        var check = ExportCheck(trust: trust, options: options)
        for name in export.checkpoints {
            check.addCheckpoint(try InputFile.bytes(export.path(name)), named: name)
        }
        for name in export.policies {
            check.addPolicy(try InputFile.bytes(export.path("policies/\(name)")), named: name)
        }
        var events = try FileLines(export.path("events.jsonl"))
        var disclosures = try FileLines(
            export.hasDisclosures ? export.path("disclosures.jsonl") : "/dev/null")
        let isWatched = Output.isTerminal(STDERR_FILENO)
        let report = check.run(events: &events, disclosures: &disclosures) { count in
            // One line in some seconds; a line that redraws itself is noise to a screen reader.
            if isWatched, count & 0x3_FFFF == 0 { Output.note("\(count) events checked so far") }
        }
        if let complaint = events.complaint ?? disclosures.complaint { throw complaint }
        return report
    }

    static func trust(_ path: String) throws(Complaint) -> AuditTrust {
        do {
            return try AuditTrust(try InputFile.json(path))
        } catch let mistake as AuditTrust.Mistake {
            throw Complaint(
                "\(path): \(mistake.sentence)", next: "Docs/Audit.md shows a trust file.", .usage)
        } catch let complaint as Complaint {
            throw complaint
        } catch {
            throw Complaint("\(path) cannot be used.", next: "", .usage)
        }
    }

    private static func kept(_ path: String, _ trust: AuditTrust) throws(Complaint) -> Checkpoint {
        guard let note = SignedNote(parsing: try InputFile.bytes(path)),
            let checkpoint = Checkpoint(note)
        else {
            throw Complaint("\(path) is no checkpoint.", next: "Name another file.", .usage)
        }
        guard checkpoint.origin.hasSameBytes(as: trust.origin) else {
            throw Complaint(
                "\(path) is a checkpoint of another log.", next: "Name another file.", .usage)
        }
        return checkpoint
    }
}
