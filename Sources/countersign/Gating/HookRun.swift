import Approvals
import Gate
import Glibc
import JSONTree
import SystemClock
import WireAPI

/// Answers one event of Claude Code; whatever goes wrong is answered with `deny`.
struct HookRun {
    let call: CallOptions

    /// Reads the event, waits for the decision and prints the answer.
    func run(_ signals: borrowing SystemSignals) throws(Complaint) {
        Self.write(answer(signals))
    }

    /// Writes an answer; it is all that standard output ever gets.
    static func write(_ answer: JSONValue) { Output.json(answer) }

    private func answer(_ signals: borrowing SystemSignals) -> JSONValue {
        do {
            let begin = SystemSource.steadyMilliseconds
            let seconds = try patienceSeconds()
            let end = begin + Int64(seconds) * 1_000
            let event = try ClaudeCodeHook.Event(parsing: try Self.input(until: end))
            let submission = try call.submission(
                tool: event.tool, arguments: event.arguments, origin: event.origin,
                timeoutSeconds: seconds)
            let order = try call.order(submission, key: event.idempotencyKey)
            let verdict = try GateRun(order: order, command: nil).finish(
                patience: .exactly(milliseconds: max(1, end - SystemSource.steadyMilliseconds)),
                signals: signals, session: Session.current())
            return ClaudeCodeHook.answer(to: verdict, of: order)
        } catch let complaint as Complaint {
            return ClaudeCodeHook.deny("\(complaint.sentence) \(complaint.nextStep)")
        } catch let malformed as ClaudeCodeHook.Malformed {
            return ClaudeCodeHook.deny(malformed.sentence)
        } catch {
            return ClaudeCodeHook.deny("The gate failed, so the call is refused.")
        }
    }

    private func patienceSeconds() throws(Complaint) -> Int {
        guard let timeout = call.timeout else { return ClaudeCodeHook.patienceSeconds }
        return try Parsed.seconds(timeout, for: "--timeout")
    }

    /// Standard input to its end; refuses to wait for it longer than until `end`.
    private static func input(until end: Int64) throws(Complaint) -> [UInt8] {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while bytes.count <= InputFile.bytesMax {
            var waiting = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
            let left = end - SystemSource.steadyMilliseconds
            guard left > 0, poll(&waiting, 1, Int32(clamping: left)) >= 0 || errno == EINTR else {
                throw Complaint("The event did not arrive in time.", next: "", .badInput)
            }
            guard waiting.revents != 0 else { continue }
            let count = read(STDIN_FILENO, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else {
                throw Complaint("The event cannot be read.", next: "", .badInput)
            }
            guard count > 0 else { return bytes }
            bytes += chunk.prefix(count)
        }
        throw Complaint("The event is too long.", next: "", .badInput)
    }
}
