import SystemClock
import CLinux
import Glibc
import InboxShell

/// A program of the person's own, such as a password store, that prints the token.
struct TokenCommand {
    let words: [String]

    /// How long it may take; it may ask the person something.
    static let secondsMax = 60
    /// More than any token has.
    static let bytesMax = 4_096

    /// Runs it and takes the first line of its output.
    func run() throws(Complaint) -> String {
        var ends: [Int32] = [0, 0]
        guard cs_pipe(&ends) == 0 else { throw failure("no pipe could be made") }
        defer { close(ends[0]) }
        let child: ChildProcess
        do {
            child = try ChildProcess(words, streams: .init(output: ends[1]))
        } catch {
            close(ends[1])
            throw failure(error.sentence)
        }
        close(ends[1])
        let output = Self.read(ends[0])
        if output == nil { child.send(SIGKILL) }
        guard child.wait() == .exited(0), let output else {
            throw failure("it failed, printed too much or took longer than a minute")
        }
        return String(decoding: output.prefix { $0 != 10 && $0 != 13 }, as: UTF8.self)
    }

    /// Everything up to the end; nil when that is too much or takes too long.
    private static func read(_ descriptor: Int32) -> [UInt8]? {
        let end = SystemSource.steadyMilliseconds + Int64(secondsMax) * 1_000
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: bytesMax)
        while bytes.count <= bytesMax {
            var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            let left = end - SystemSource.steadyMilliseconds
            guard left > 0 else { return nil }
            guard poll(&waiting, 1, Int32(clamping: left)) > 0 else { continue }
            let count = Glibc.read(descriptor, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { return nil }
            guard count > 0 else { return bytes }
            bytes += chunk.prefix(count)
        }
        return nil
    }

    private func failure(_ why: String) -> Complaint {
        Complaint(
            "token_command gave no token: \(why).", next: "Run \(words[0]) by hand.", .notAllowed)
    }
}
