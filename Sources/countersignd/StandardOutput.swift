import Glibc

/// Whole lines, written at once: whoever reads a pipe waits for them.
enum StandardOutput {
    /// Prints a line on standard output.
    @Sendable static func print(_ line: String) { write(line, to: STDOUT_FILENO) }

    /// Prints a line on standard error.
    static func complain(_ line: String) { write(line, to: STDERR_FILENO) }

    private static func write(_ line: String, to descriptor: Int32) {
        var rest = Array(line.utf8)[...] + [UInt8(ascii: "\n")]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            guard count > 0 || (count < 0 && errno == EINTR) else { return }
            rest = rest.dropFirst(max(0, count))
        }
    }
}

/// How many descriptors the process may have open.
enum FileLimit {
    /// Takes as many as the system allows: every waiting request holds one.
    static func raise() {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
        limit.rlim_cur = limit.rlim_max
        _ = setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    }
}
