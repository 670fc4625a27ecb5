import CLinux
import CTerminalGuard
import Glibc

/// How a program ended that had the terminal for a while.
public enum ProgramEnd: Hashable, Sendable {
    /// With this status.
    case exited(status: Int32)
    /// By this signal.
    case killed(signal: Int32)
    /// It could not be started; the number is of `errno`.
    case notStarted(error: Int32)
}

extension Terminal {
    /// Gives the terminal to another program, such as `$EDITOR`, until it ends.
    ///
    /// No shell is between: `arguments` are passed as they are, the first is looked up in `PATH`.
    public func run(_ arguments: [String]) -> ProgramEnd {
        whileReleased { Self.spawn(arguments) }
    }

    private static func spawn(_ arguments: [String]) -> ProgramEnd {
        guard let program = arguments.first else { return .notStarted(error: ENOENT) }
        var attributes = posix_spawnattr_t()
        unsafe posix_spawnattr_init(&attributes)
        defer { unsafe posix_spawnattr_destroy(&attributes) }
        var signals = sigset_t()
        unsafe sigemptyset(&signals)
        unsafe posix_spawnattr_setsigmask(&attributes, &signals)
        unsafe sigfillset(&signals)
        unsafe posix_spawnattr_setsigdefault(&attributes, &signals)
        unsafe posix_spawnattr_setflags(
            &attributes, Int16(POSIX_SPAWN_SETSIGMASK) | Int16(POSIX_SPAWN_SETSIGDEF))
        var words = unsafe arguments.map { unsafe strdup($0) } + [nil]
        defer { unsafe words.forEach { unsafe free($0) } }
        var child: pid_t = 0
        let error = unsafe posix_spawnp(&child, program, nil, &attributes, &words, environ)
        return error == 0 ? wait(for: child) : .notStarted(error: error)
    }

    /// Waits for the child; when it is stopped from the keyboard the whole job stops with it.
    private static func wait(for child: pid_t) -> ProgramEnd {
        while true {
            var status: Int32 = 0
            if unsafe waitpid(child, &status, WUNTRACED) < 0 {
                if errno == EINTR { continue }
                return .notStarted(error: errno)
            }
            let low = status & 0x7F
            if status & 0xFF == 0x7F {
                cs_guard_stop_job()
                kill(child, SIGCONT)
            } else if low == 0 {
                return .exited(status: status >> 8 & 0xFF)
            } else {
                return .killed(signal: low)
            }
        }
    }
}
