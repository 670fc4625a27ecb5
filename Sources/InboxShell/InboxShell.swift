import Glibc
import SystemClock
public import Terminal

/// Runs the inbox on a terminal.
public enum InboxShell {
    /// How the inbox ended.
    public struct End: Hashable, Sendable {
        /// The status to exit with.
        public var status: Int32
        /// The signal that ended it, if one did.
        public var signal: Int32?
        /// What is to be said on standard error.
        public var farewell: String?

        /// Exits: by the same signal, so that the parent sees the true cause, or gives the status.
        public func finish() -> Int32 {
            if let signal { Terminal.end(by: signal) }
            return status
        }
    }

    /// Runs the inbox until it ends; the terminal is given back when it returns.
    ///
    /// Call it before any thread is started. Nothing is written to the terminal when it throws.
    public static func run(_ setup: InboxSetup) throws(TerminalFailure) -> End {
        _ = SystemProcess.forbidCoreDumps()
        signal(SIGPIPE, SIG_IGN)
        Terminal.blockSignals()
        let terminal = try Terminal.open(theme: setup.theme, options: setup.options)
        let loop = InboxLoop(setup, on: terminal)
        let end = loop.run()
        terminal.close()
        return end
    }
}
