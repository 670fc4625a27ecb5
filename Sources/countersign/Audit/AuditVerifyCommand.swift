import ArgumentParser
import AuditVerifier

/// `countersign audit verify`.
struct AuditVerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Check an export of an audit log, offline.",
        discussion: """
            DIR is an export: events.jsonl, disclosures.jsonl and the files checkpoint.0, \
            checkpoint.1 and so on. No server, network or database is asked. The trust file comes \
            from elsewhere than the export:

              {"origin": "acme.example/countersign/prod", "log_vkeys": ["..."], \
            "witness_vkeys": ["..."], "max_clock_skew_ms": 5000}

            The report says what was checked and what was not, the first bad record and the last \
            good checkpoint. A log that nobody you trust signed to its end is inconclusive, never \
            verified.

              countersign audit verify export --trust trust.json --require-witness 1
              countersign audit verify export --trust trust.json --pin last-month/checkpoint.7
              countersign audit verify export --trust trust.json --event 41

            EXIT STATUS
              0    verified
              1    tampered: at least one finding
              2    the command line, the trust file or a checkpoint that you named is wrong
              3    inconclusive: nothing is wrong, and not enough is signed
            """)

    @OptionGroup var common: CommonOptions

    @Argument(help: "The folder of the export.", completion: .directory)
    var folder: String

    @Option(name: .long, help: "The file with the keys that you trust.", completion: .file())
    var trust: String

    @Option(
        name: .long, help: "A checkpoint that you kept; the export must contain it.",
        completion: .file())
    var pin: [String] = []

    @Option(
        name: .customLong("require-witness"),
        help: "How many trusted witnesses must have cosigned the end.")
    var witnesses = 0

    @Option(name: .long, help: "Prove that this event, by its number, is in the log.")
    var event: Int64?

    @Option(
        name: .long,
        help: "A checkpoint that you verified before; events under it are only hashed.",
        completion: .file())
    var since: String?

    func validate() throws {
        guard witnesses >= 0, event ?? 0 >= 0 else {
            throw ValidationError("--require-witness and --event are 0 or more.")
        }
    }

    func run() throws {
        let report: AuditReport
        do {
            report = try AuditRequest(
                folder: folder, trust: trust, pins: pin, witnesses: witnesses, event: event,
                since: since
            ).report()
        } catch let complaint as Complaint {
            complaint.say()
            throw ExitCode(ExitStatus.noTerminal.rawValue)
        }
        if common.json {
            Output.json(report.json)
        } else {
            Output.lines(AuditPage.lines(report))
        }
        let status = Self.status(of: report)
        guard status == .done else { throw ExitCode(status.rawValue) }
    }

    /// How the command ends.
    static func status(of report: AuditReport) -> ExitStatus {
        switch report.result {
        case .verified: .done
        case .tampered: .failed
        case .inconclusive: .inconclusive
        }
    }
}
