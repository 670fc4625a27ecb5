import ArgumentParser
import Audit
import TextGrid

/// `countersign witness`.
struct WitnessCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "witness",
        abstract: "Cosign the checkpoints of logs as long as they only grow.",
        discussion: """
            A witness of C2SP tlog-witness, for anybody who wants to be one. It remembers the \
            last checkpoint of each log, asks for the proof that the next one goes on from it, \
            and signs that it saw it. Whoever trusts it notices a log that was rewritten or \
            shown in two forms. It runs in the foreground until it is stopped.

            The folder gets two files of mode 0600: witness-key and witness-state. The first start \
            makes both. Without its state it does not start: it could sign twice. Then make a new \
            witness in another folder, and tell those who trust the old one.

              countersign witness ./w1 --name example.com/w1 --log "$(cat log.vkey)"
              countersign witness ./w1 --name example.com/w1 --print-key

            It answers POST /add-checkpoint and nothing else, without TLS, one request after \
            another. Put a proxy before it when others than you can reach it.

            \(ExitStatus.discussion(.failed, .badInput, .badSettings))
            """)

    @Argument(help: "Where its key and its state are kept.", completion: .directory)
    var folder: String

    @Option(name: .long, help: "The name of the witness, as it stands in notes.")
    var name: String

    @Option(name: .long, help: "The vkey of a log to cosign; may be given more than once.")
    var log: [String] = []

    @Option(name: .long, help: "The address and port to listen on.")
    var listen = "127.0.0.1:7790"

    @Flag(name: .customLong("print-key"), help: "Print the vkey of the witness, and stop.")
    var isKeyOnly = false

    func run() throws {
        let logs = try log.map { text in
            guard let key = NoteKey(vkey: text), key.kind == .note else {
                throw Complaint(
                    "\"\(text)\" is no vkey of a log.",
                    next: "countersign audit trust prints that of a tenant (log_vkeys).", .badInput)
            }
            return key
        }
        let folder = try WitnessFolder(folder)
        let witness = try folder.witness(named: name, logs: logs)
        if isKeyOnly { return Output.line(SafeText(escaping: witness.key.vkey)) }
        guard !logs.isEmpty else {
            throw Complaint(
                "There is no log to cosign.", next: "Name the vkey of one with --log.", .badInput)
        }
        var desk = WitnessDesk(witness: witness, folder: folder)
        let listener = try WitnessListener(listen)
        Output.note("\(witness.key.vkey)")
        Output.note("listening on \(listener.address), for \(logs.count) logs")
        while true {
            listener.serveNext { head, body in desk.answer(head, body) }
        }
    }
}
