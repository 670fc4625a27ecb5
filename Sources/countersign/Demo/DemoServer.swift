import SystemClock
import CLinux
import Glibc
import InboxShell

/// The control plane of a demo: a child process on a free port of this machine.
struct DemoServer {
    let process: ChildProcess
    let url: String
    let adminToken: String

    /// How long it may take to start; it makes a store first.
    static let startMilliseconds: Int64 = 30_000

    /// Starts countersignd from beside this program and waits until it listens.
    static func start(in folder: DemoFolder) throws(Complaint) -> DemoServer {
        let program = try path()
        var ends: [Int32] = [0, 0]
        guard cs_pipe(&ends) == 0 else {
            throw Complaint("No pipe could be made.", next: "", .failed)
        }
        let log = try folder.appending(folder.log)
        defer {
            close(ends[1])
            close(log)
        }
        let process: ChildProcess
        do {
            process = try ChildProcess(
                [
                    program, "serve", "--data", folder.store, "--listen", "127.0.0.1:0",
                    "--tenant", "acme", "--admin", "root@acme.test",
                ], streams: .init(output: ends[1], error: log), inOwnGroup: true)
        } catch {
            throw Complaint(error.sentence, next: "Build countersignd, too.", .failed)
        }
        guard let (token, url) = greeting(ends[0]) else {
            process.send(SIGKILL)
            _ = process.wait()
            throw Complaint(
                "countersignd did not start.", next: "Its log is \(folder.log).", .failed)
        }
        return DemoServer(process: process, url: url, adminToken: token)
    }

    /// countersignd stands beside countersign.
    static func path() throws(Complaint) -> String {
        let own = Self.ownPath
        let folder = own.prefix(upTo: own.lastIndex(of: "/") ?? own.startIndex)
        let program = "\(folder)/countersignd"
        guard access(program, X_OK) == 0 else {
            throw Complaint(
                "\(program) is not there.", next: "Build or install both programs in one folder.",
                .failed)
        }
        return program
    }

    /// Where this program is.
    static var ownPath: String {
        var bytes = [CChar](repeating: 0, count: 4_096)
        let count = readlink("/proc/self/exe", &bytes, bytes.count)
        return String(
            decoding: bytes.prefix(max(0, count)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// The admin's token and the address, from the first lines of the server's output.
    private static func greeting(_ pipe: Int32) -> (token: String, url: String)? {
        let end = SystemSource.steadyMilliseconds + startMilliseconds
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 4_096)
        while bytes.count < 65_536 {
            let lines = String(decoding: bytes, as: UTF8.self).split(
                separator: "\n", omittingEmptySubsequences: false
            ).dropLast()
            let token = lines.first { $0.hasPrefix("cs_") }
            let url = lines.first { $0.hasPrefix("listening on ") }?.dropFirst(13)
            if let token, let url { return (String(token), String(url)) }
            var waiting = pollfd(fd: pipe, events: Int16(POLLIN), revents: 0)
            let left = end - SystemSource.steadyMilliseconds
            guard left > 0 else { return nil }
            guard poll(&waiting, 1, Int32(clamping: left)) > 0 else { continue }
            let count = read(pipe, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return nil }
            bytes += chunk.prefix(count)
        }
        return nil
    }
}
