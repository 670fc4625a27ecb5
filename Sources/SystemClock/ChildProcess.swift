public import Glibc

/// A program that was started without a shell between; whoever starts it waits for its end.
public struct ChildProcess: Sendable {
    /// The process.
    public let id: pid_t

    /// How it ended.
    public enum End: Hashable, Sendable {
        case exited(Int32)
        case killed(signal: Int32)

        /// What a shell would report.
        public var status: Int32 {
            switch self {
            case .exited(let status): status
            case .killed(let signal): 128 + signal
            }
        }
    }

    /// The descriptors that become its standard input, output and error; nil for this process's.
    public struct Streams: Sendable {
        public var input: Int32?
        public var output: Int32?
        public var error: Int32?

        /// Chooses the descriptors.
        public init(input: Int32? = nil, output: Int32? = nil, error: Int32? = nil) {
            self.input = input
            self.output = output
            self.error = error
        }
    }

    /// Starts `arguments`, of which the first is looked up in `PATH`, with no signal blocked.
    ///
    /// `without` names variables that it does not inherit, `adding` such that it gets. In a group
    /// of its own it does not get what the terminal's keys send to this program.
    public init(
        _ arguments: [String], streams: Streams = Streams(), without: [String] = [],
        adding: [String: String] = [:], inOwnGroup: Bool = false
    ) throws(ChildFailure) {
        guard let program = arguments.first else { throw ChildFailure(program: "", error: ENOENT) }
        var actions = unsafe posix_spawn_file_actions_t()
        unsafe posix_spawn_file_actions_init(&actions)
        defer { unsafe posix_spawn_file_actions_destroy(&actions) }
        for (stream, number) in [
            (streams.input, STDIN_FILENO), (streams.output, STDOUT_FILENO),
            (streams.error, STDERR_FILENO),
        ] {
            if let stream { unsafe posix_spawn_file_actions_adddup2(&actions, stream, number) }
        }
        var attributes = posix_spawnattr_t()
        unsafe posix_spawnattr_init(&attributes)
        defer { unsafe posix_spawnattr_destroy(&attributes) }
        Self.prepare(&attributes, inOwnGroup: inOwnGroup)
        var words = unsafe Self.copies(arguments)
        var variables = unsafe Self.copies(Self.environment(without: without, adding: adding))
        defer { unsafe (words + variables).forEach { unsafe free($0) } }
        var child: pid_t = 0
        let error = unsafe posix_spawnp(&child, program, &actions, &attributes, &words, &variables)
        guard error == 0 else { throw ChildFailure(program: program, error: error) }
        id = child
    }

    /// Waits for the end.
    public func wait() -> End {
        while true {
            if let end = end(options: 0) { return end }
        }
    }

    /// The end, when it has come.
    public func endIfEnded() -> End? { end(options: WNOHANG) }

    /// Sends it a signal.
    public func send(_ signal: Int32) { kill(id, signal) }

    private func end(options: Int32) -> End? {
        var status: Int32 = 0
        let found = unsafe waitpid(id, &status, options)
        // Nobody else waits for our children: gone means that its status was taken before.
        if found < 0 { return errno == EINTR ? nil : .exited(0) }
        guard found == id else { return nil }
        let signal = status & 0x7F
        return signal == 0 ? .exited(status >> 8 & 0xFF) : .killed(signal: signal)
    }

    private static func prepare(_ attributes: inout posix_spawnattr_t, inOwnGroup: Bool) {
        var signals = sigset_t()
        unsafe sigemptyset(&signals)
        unsafe posix_spawnattr_setsigmask(&attributes, &signals)
        unsafe sigfillset(&signals)
        unsafe posix_spawnattr_setsigdefault(&attributes, &signals)
        var flags = Int16(POSIX_SPAWN_SETSIGMASK) | Int16(POSIX_SPAWN_SETSIGDEF)
        if inOwnGroup { flags |= Int16(POSIX_SPAWN_SETPGROUP) }
        unsafe posix_spawnattr_setflags(&attributes, flags)
    }

    private static func environment(without: [String], adding: [String: String]) -> [String] {
        var kept: [String] = []
        var entry = unsafe environ
        while let variable = unsafe entry.pointee {
            let text = unsafe String(cString: variable)
            let name = String(text.prefix { $0 != "=" })
            if !without.contains(name), adding[name] == nil { kept.append(text) }
            unsafe entry += 1
        }
        return kept + adding.map { "\($0.key)=\($0.value)" }
    }

    private static func copies(_ texts: [String]) -> [UnsafeMutablePointer<CChar>?] {
        unsafe texts.map { unsafe strdup($0) } + [nil]
    }
}

/// Why a program could not be started.
public struct ChildFailure: Error, Hashable, Sendable {
    /// What was to be started.
    public let program: String
    /// The number of `errno`.
    public let error: Int32

    /// Says what could not be started, and the number of `errno`.
    public init(program: String, error: Int32) {
        self.program = program
        self.error = error
    }

    /// A sentence for a person.
    public var sentence: String {
        "\(program) could not be started: \(unsafe String(cString: strerror(error)))."
    }
}
