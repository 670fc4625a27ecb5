import ArgumentParser
import Audit
import JSONTree
import SystemClock
import TextGrid
import WireAPI

/// `countersign audit export`.
struct AuditExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write the audit log into a folder, to be checked anywhere.",
        discussion: """
            DIR must not be there yet, or be empty. It gets every event up to the newest signed \
            checkpoint, the values that you may see, checkpoints and the published policies. For \
            the roles lead, auditor and admin. Redacted values are withheld from everybody: their \
            digests are there.

            With --since the log must go on from a checkpoint of an earlier export; it is refused \
            when it does not.

              countersign audit export november
              countersign audit export december --since november/checkpoint.64
              countersign audit verify december --trust trust.json

            \(ExitStatus.discussion(
                .failed, .tampered, .badInput, .unreachable, .notAllowed, .badSettings))
            """)

    @OptionGroup var common: CommonOptions

    @Argument(help: "The folder to make.", completion: .directory)
    var folder: String

    @Option(
        name: .long, help: "A checkpoint that you kept; the log must go on from it.",
        completion: .file())
    var since: String?

    func run() throws {
        let kept = try since.map { path in
            guard let note = SignedNote(parsing: try InputFile.bytes(path)),
                let checkpoint = Checkpoint(note)
            else {
                throw Complaint("\(path) is no checkpoint.", next: "Name another file.", .badInput)
            }
            return checkpoint
        }
        let export = AuditExport(
            client: try Session.current().client(), folder: folder, since: kept)
        var said = SystemSource.steadyMilliseconds
        let counts = try export.write { done, all in
            // One line in some seconds, as the verifier does.
            guard SystemSource.steadyMilliseconds - said >= 2_000 else { return }
            said = SystemSource.steadyMilliseconds
            Output.note("\(done) of \(all) events")
        }
        if common.json { return Output.json(Self.json(counts)) }
        Output.line(SafeText(escaping: "\(folder): \(Self.sentence(counts))"))
        Output.line(
            SafeText(escaping: "Check it: countersign audit verify \(folder) --trust trust.json"))
    }

    private static func sentence(_ counts: AuditExport.Counts) -> String {
        "\(counts.events) events, \(counts.values) values and \(counts.withheld) withheld, "
            + "\(counts.checkpoints) checkpoints, \(counts.policies) policies"
    }

    private static func json(_ counts: AuditExport.Counts) -> JSONValue {
        [
            "checkpoints": .number(JSONNumber(counts.checkpoints)),
            "events": .number(JSONNumber(counts.events)),
            "policies": .number(JSONNumber(counts.policies)),
            "values": .number(JSONNumber(counts.values)),
            "withheld": .number(JSONNumber(counts.withheld)),
        ]
    }
}
