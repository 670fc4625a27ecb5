import Glibc
import SystemClock
public import Terminal

/// Runs the inbox on a terminal.
public enum InboxShell {
    /// Runs the inbox until it ends and says how the process exits.
    ///
    /// Call it before any thread is started. Nothing is written to the terminal when it throws; a
    /// signal that ends the inbox ends the process by the same signal.
    public static func run(_ setup: InboxSetup) throws(TerminalFailure) -> Int32 {
        _ = SystemProcess.forbidCoreDumps()
        signal(SIGPIPE, SIG_IGN)
        Terminal.blockSignals()
        let terminal = try Terminal.open(theme: setup.theme, color: setup.color)
        let loop = InboxLoop(setup, on: terminal)
        let end = loop.run()
        terminal.close()
        if let signal = end.signal { Terminal.end(by: signal) }
        return Int32(end.status)
    }
}
