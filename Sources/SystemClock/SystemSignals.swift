import CLinux

/// Signals as something to read: no handler ever runs our code.
///
/// Make it first in `main`, before any thread: threads that start later inherit the block. Child
/// processes inherit it too and must be given an empty mask.
public struct SystemSignals: ~Copyable {
    /// The descriptor that is readable while a signal waits.
    public let descriptor: Int32

    /// Blocks `signals` for this thread and all it will start; nil when the kernel refuses.
    ///
    /// SIGPIPE is ignored as well: a peer that went away is an error of `write`, not a death.
    public init?(blocking signals: [Int32]) {
        cs_ignore_sigpipe()
        let made = unsafe cs_signalfd_for(signals, Int32(signals.count))
        guard made >= 0 else { return nil }
        descriptor = made
    }

    /// The next signal that waits, or nil; it never blocks.
    public func next() -> Int32? {
        let number = cs_signalfd_next(descriptor)
        return number == 0 ? nil : number
    }

    deinit {
        close(descriptor)
    }
}

/// What a process gives up for its own safety.
public enum SystemProcess {
    /// Forbids core files and the reading of this process's memory by others of the same user.
    ///
    /// False when the kernel refuses; then secrets could reach a core file.
    public static func forbidCoreDumps() -> Bool { cs_forbid_core_dumps() == 0 }
}
