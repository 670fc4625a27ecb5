import Approvals
import ArgumentParser
import Audit
import AuditVerifier
import Inbox
import JSONTree
import TextGrid
import WireAPI

/// `countersign audit story`.
struct AuditStoryCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "story", abstract: "Tell who allowed one call and why, with its proofs.",
        discussion: """
            From the submission to the receipt, each step with its event of the audit log, and the \
            proof that the event is in the log that the newest checkpoint was signed for. With \
            --trust that checkpoint must be signed by a key of the file; without it the proofs are \
            only as good as the server's word.

              countersign audit story 01a2043d-9860-7e0e-b08c-0ba87d4786f6 --trust trust.json

            Exits with \(ExitStatus.tampered.rawValue) when a step is not what the log says, \
            and with \(ExitStatus.inconclusive.rawValue) when no key of the trust file signed \
            the log.

            \(ExitStatus.discussion(
                .failed, .inconclusive, .tampered, .badInput, .unreachable, .notAllowed,
                .badSettings))
            """)

    @OptionGroup var common: CommonOptions

    @Argument(help: "The id of the approval.")
    var id: String

    @Option(
        help: "A trust file whose key must have signed the log.",
        completion: .file(extensions: ["json"]))
    var trust: String?

    @Option(name: .long, help: "The time zone to show times in; else this machine's.")
    var zone: String?

    func run() throws {
        let wall = try WallClock(zone: zone)
        let client = try Session.current().client()
        let checkpoint = try newest(client)
        let story: StoryView = try client.get(
            .story, naming: id, query: [("size", "\(checkpoint.size)")])
        let check = StoryCheck(story, against: checkpoint)
        if common.json {
            Output.json(json(story, check))
        } else {
            let lines = StoryLines(story: story, check: check, zone: wall.zone).text
            Output.lines(lines.map { $0.spans.map(\.text).reduce(.empty, +) })
            if trust == nil {
                Output.note("The log's signature was not checked: name a trust file with --trust.")
            }
        }
        guard check.findings.allSatisfy({ $0 != .wrong }) else {
            throw ExitCode(ExitStatus.tampered.rawValue)
        }
    }

    private func newest(_ client: ControlPlaneClient) throws -> Checkpoint {
        guard let note = SignedNote(parsing: try client.bytes(.auditCheckpoint)),
            let checkpoint = Checkpoint(note)
        else { throw Complaint.unreadable }
        guard let trust else { return checkpoint }
        let known = try AuditRequest.trust(trust)
        let isSigned = note.signatures.contains { signature in
            known.logKeys.contains { $0.check(signature, of: note.text) != nil }
        }
        guard isSigned, checkpoint.origin.hasSameBytes(as: known.origin) else {
            throw Self.unsigned(note, checkpoint, by: known, trust)
        }
        return checkpoint
    }

    /// A bad signature in the name of a trusted key, or another log, is tampering; a signature by a
    /// key that the file does not name says nothing, for or against.
    private static func unsigned(
        _ note: SignedNote, _ checkpoint: Checkpoint, by known: AuditTrust, _ trust: String
    ) -> Complaint {
        let isClaimed = note.signatures.contains { signature in
            known.logKeys.contains { $0.claims(signature) }
        }
        let isStranger = note.signatures.contains { $0.name.hasSameBytes(as: known.origin) }
        let isOwn = checkpoint.origin.hasSameBytes(as: known.origin)
        guard isOwn, isStranger, !isClaimed, !known.logKeys.isEmpty else {
            return Complaint(
                "The newest checkpoint is not signed by the log that \(trust) names.",
                next: "Ask whoever runs the control plane; a changed key is told by audit verify.",
                .tampered)
        }
        return Complaint(
            "The newest checkpoint is signed by a key that \(trust) does not name; nothing is "
                + "shown by it.",
            next: "If the key was changed, audit verify of an export follows the change from the "
                + "old key; then keep a new trust file.",
            .inconclusive)
    }

    private func json(_ story: StoryView, _ check: StoryCheck) -> JSONValue {
        var writer = ObjectWriter()
        writer.write("story", story)
        writer.write("proved", check.findings.count { $0 == .proved })
        writer.write("open", check.findings.count { $0 == .open })
        writer.write("wrong", check.findings.count { $0 == .wrong })
        writer.write("released_root", check.roots.released)
        writer.write("claimed_root", check.roots.claimed)
        writer.write("executed_root", check.roots.executed)
        return writer.value
    }
}
