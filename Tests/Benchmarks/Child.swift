import Glibc

/// A program that was started for a figure.
final class Child {
    let pid: pid_t
    private let reader: Int32
    private var isRunning = true
    private(set) var output = ""

    /// Starts a program with both outputs on one pipe; a log that nobody reads would block it.
    init(_ arguments: [String], keepingErrors: Bool = true) throws(Trouble) {
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0 else { throw Trouble("no pipe: \(errno)") }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
        if keepingErrors {
            posix_spawn_file_actions_adddup2(&actions, ends[1], 2)
        } else {
            posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
        }
        posix_spawn_file_actions_addclose(&actions, ends[0])
        var words: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
        defer { for word in words { free(word) } }
        var child: pid_t = 0
        let status = posix_spawnp(&child, arguments[0], &actions, nil, &words, environ)
        posix_spawn_file_actions_destroy(&actions)
        close(ends[1])
        guard status == 0 else { throw Trouble("cannot start \(arguments[0]): \(status)") }
        pid = child
        reader = ends[0]
    }

    deinit {
        if isRunning { end(SIGKILL) }
        close(reader)
    }

    /// Reads until a line has `text`, and returns what follows it on that line.
    func waitFor(_ text: String) throws(Trouble) -> String {
        while true {
            if let line = output.split(separator: "\n").first(where: { $0.contains(text) }),
                output.contains(line + "\n"), let range = line.firstRange(of: text)
            {
                return String(line[range.upperBound...].prefix { $0 != " " && $0 != "\"" })
            }
            guard readSome() else { throw Trouble("ended before `\(text)`:\n\(output)") }
        }
    }

    /// Reads to the end and waits for it; all that it said.
    func finish() throws(Trouble) -> String {
        while readSome() {}
        var status: Int32 = 0
        waitpid(pid, &status, 0)
        isRunning = false
        guard status == 0 else { throw Trouble("status \(status):\n\(output)") }
        return output
    }

    /// Ends it.
    func end(_ number: Int32) {
        guard isRunning else { return }
        kill(pid, number)
        var status: Int32 = 0
        waitpid(pid, &status, 0)
        isRunning = false
    }

    /// Seconds of CPU it used so far, all threads.
    var cpuSeconds: Double {
        guard let text = Self.read("/proc/\(pid)/stat"), let end = text.lastIndex(of: ")") else {
            return 0
        }
        let fields = text[end...].split(separator: " ")
        guard fields.count > 13, let user = Double(fields[12]), let system = Double(fields[13])
        else { return 0 }
        return (user + system) / Double(sysconf(Int32(_SC_CLK_TCK)))
    }

    /// Resident bytes.
    var residentBytes: Int {
        guard let text = Self.read("/proc/\(pid)/statm") else { return 0 }
        let fields = text.split(separator: " ")
        guard fields.count > 1, let pages = Int(fields[1]) else { return 0 }
        return pages * Int(sysconf(Int32(_SC_PAGESIZE)))
    }

    private func readSome() -> Bool {
        var chunk = [UInt8](repeating: 0, count: 65_536)
        let count = chunk.withUnsafeMutableBytes {
            Glibc.read(reader, $0.baseAddress, $0.count)
        }
        guard count > 0 else { return false }
        output += String(decoding: chunk[..<count], as: UTF8.self)
        return true
    }

    private static func read(_ path: String) -> String? {
        let file = open(path, O_RDONLY)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var chunk = [UInt8](repeating: 0, count: 4_096)
        let count = chunk.withUnsafeMutableBytes { Glibc.read(file, $0.baseAddress, $0.count) }
        return count > 0 ? String(decoding: chunk[..<count], as: UTF8.self) : nil
    }
}
