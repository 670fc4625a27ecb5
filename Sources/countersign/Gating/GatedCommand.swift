import Approvals
import CLinux
import Glibc
import InboxShell
import JSONTree
import SystemClock
import WireAPI

/// The command of a gate: it gets the effective arguments on standard input and nothing else.
struct GatedCommand {
    let arguments: [String]

    /// Variables that the command does not need and does not get.
    static let withheld = ["COUNTERSIGN_TOKEN"]

    /// What came of it.
    struct Run {
        let status: Int32
        let outcome: Outcome
        let summary: String
    }

    /// Runs the command to its end; signals that ask this program to end are passed on.
    func run(_ claim: ClaimAnswer, signals: borrowing SystemSignals) -> Run {
        guard let input = Self.memory(holding: claim.arguments) else {
            return Self.notStarted("its input could not be prepared: \(systemSentence())")
        }
        defer { close(input) }
        do throws(ChildFailure) {
            let child = try ChildProcess(
                arguments, streams: .init(input: input), without: Self.withheld)
            let end = Self.wait(for: child, signals)
            let outcome: Outcome = end == .exited(0) ? .succeeded : .failed
            return Run(status: end.status, outcome: outcome, summary: Self.words(end))
        } catch {
            return Self.notStarted(error.sentence)
        }
    }

    private static func notStarted(_ sentence: String) -> Run {
        Output.note("countersign: \(sentence)")
        return Run(
            status: ExitStatus.commandNotStarted.rawValue, outcome: .failed,
            summary: "not run: the command could not be started")
    }

    private static func words(_ end: ChildProcess.End) -> String {
        switch end {
        case .exited(let status): "the command exited with \(status)"
        case .killed(let signal): "the command was killed by signal \(signal)"
        }
    }

    /// Waits for the end; SIGCHLD comes over the same descriptor as the others.
    private static func wait(
        for child: ChildProcess, _ signals: borrowing SystemSignals
    ) -> ChildProcess.End {
        while true {
            if let end = child.endIfEnded() { return end }
            var waiting = pollfd(fd: signals.descriptor, events: Int16(POLLIN), revents: 0)
            _ = poll(&waiting, 1, -1)
            while let signal = signals.next() {
                // A SIGINT of the terminal reaches the command by itself.
                if signal == SIGTERM || signal == SIGHUP { child.send(signal) }
            }
        }
    }

    /// The arguments in memory, open for reading: no file of them, and no pipe that can fill.
    private static func memory(holding arguments: JSONValue) -> Int32? {
        let file = cs_memory_file()
        guard file >= 0 else { return nil }
        var rest = Array((arguments.text(.compact) + "\n").utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
            guard count > 0 else {
                close(file)
                return nil
            }
            rest = rest.dropFirst(count)
        }
        lseek(file, 0, SEEK_SET)
        return file
    }
}
