/// Every way in which the program ends, for scripts: one table for the code, the help and the docs.
enum ExitStatus: Int32, CaseIterable {
    case done = 0
    case failed = 1
    case noTerminal = 2
    case inconclusive = 3
    case rejected = 10
    case expired = 11
    case cancelled = 12
    case alreadyClaimed = 13
    case notDecided = 14
    case tampered = 15
    case dryRun = 16
    case usage = 64
    case badInput = 65
    case unreachable = 69
    case notAllowed = 77
    case badSettings = 78
    case commandNotStarted = 126
    case interrupted = 130

    /// What it means, in one line.
    var meaning: String {
        switch self {
        case .done: "it is done; for gate: approved and claimed"
        case .failed:
            "the control plane refused, or something failed that has no number of its own; audit "
                + "verify: the log was tampered with"
        case .noTerminal:
            "the inbox needs a terminal and found none; audit verify: the command line is wrong"
        case .inconclusive: "audit verify: nothing is wrong, and not enough is signed"
        case .rejected: "gate: a person rejected the call"
        case .expired: "gate: nobody approved, or nobody claimed, in time"
        case .cancelled: "gate: the approval was cancelled"
        case .alreadyClaimed: "gate: claimed before; whether the tool ran is not known"
        case .notDecided:
            "it was not decided: it moved, was settled before, or you did not confirm; of several "
                + "ids, at least one was not"
        case .tampered:
            "what came back is not what was sent or decided; nothing ran; audit story: what was "
                + "checked does not hold"
        case .dryRun: "gate --dry-run: nothing was sent, and nothing ran"
        case .usage: "the command line is wrong"
        case .badInput: "the input is not what it should be, for example no JSON"
        case .unreachable: "no answer from the control plane in time"
        case .notAllowed: "no token, a wrong one, or no authority"
        case .badSettings: "the settings or the stored token cannot be used"
        case .commandNotStarted: "gate: the command after -- could not be started"
        case .interrupted: "stopped by a signal before there was an answer"
        }
    }

    /// The table, for help pages.
    static var table: String { table(allCases) }

    private static func table(_ statuses: [ExitStatus]) -> String {
        statuses.map { status in
            let number = String(status.rawValue)
            let gap = String(repeating: " ", count: max(1, 5 - number.utf8.count))
            return "  \(number)\(gap)\(status.meaning)"
        }.joined(separator: "\n")
    }

    /// The end of a help page: the statuses that this command can end with, and those of all.
    static func discussion(_ statuses: ExitStatus...) -> String {
        let shown = allCases.filter { ([.done, .usage] + statuses).contains($0) }
        return "EXIT STATUS\n" + table(shown)
    }

    /// The end of the help page of a command that asks the control plane.
    static let ordinary = discussion(
        .failed, .notDecided, .badInput, .unreachable, .notAllowed, .badSettings)

    /// The end of a help page, with every status.
    static let discussion = "EXIT STATUS\n" + table
}
