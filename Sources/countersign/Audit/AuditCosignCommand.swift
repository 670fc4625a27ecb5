import ArgumentParser
import Audit
import AuditVerifier
import JSONTree
import TextGrid

/// `countersign audit cosign`.
struct AuditCosignCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cosign",
        abstract: "Have witnesses cosign the newest checkpoint of an export.",
        discussion: """
            Sends the newest checkpoint of DIR to each witness (C2SP tlog-witness), with the proof \
            that the log only grew since the witness saw it, made from the events of the export. \
            The checkpoint with the cosignatures goes into DIR as a further file, where `audit \
            verify --require-witness` counts it. Cosignatures by keys that the trust file does not \
            name are not taken. No control plane is asked.

              countersign audit cosign november --trust trust.json --witness http://w1.example

            \(ExitStatus.discussion(.failed, .tampered, .badInput, .unreachable))
            """)

    @OptionGroup var common: CommonOptions

    @Argument(help: "The folder of the export.", completion: .directory)
    var folder: String

    @Option(
        name: .long, help: "The file with the keys that you trust, those of the witnesses too.",
        completion: .file())
    var trust: String

    @Option(name: .long, help: "The URL of a witness; may be given more than once.")
    var witness: [String]

    func run() throws {
        let trust = try AuditRequest.trust(self.trust)
        guard !trust.witnessKeys.isEmpty else {
            throw Complaint(
                "\(self.trust) trusts no witness.", next: "Put its vkey into \"witness_vkeys\".",
                .usage)
        }
        let cosigning = try Cosigning(folder: folder, trust: trust)
        var note = cosigning.note
        for url in witness {
            note = note.adding(try cosigning.signatures(of: url))
        }
        let path = try cosigning.keep(note)
        if common.json {
            return Output.json([
                "checkpoint": .string(path), "size": .number(JSONNumber(cosigning.size)),
                "witnesses": .number(JSONNumber(witness.count)),
            ])
        }
        Output.line(
            SafeText(
                escaping: "\(path): \(cosigning.size) events, cosigned by \(witness.count) of "
                    + "\(witness.count) witnesses"))
    }
}
