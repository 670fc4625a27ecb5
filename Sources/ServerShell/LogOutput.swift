import Glibc
import Synchronization

/// Where log lines go: a descriptor that must never hold the server up.
///
/// When nobody reads it, lines are dropped and counted, and the count is the next line that fits.
final class LogOutput: Sendable {
    private let descriptor: Int32
    private let dropped = Mutex(0)

    init(descriptor: Int32) { self.descriptor = descriptor }

    /// Writes a whole line, or none of it.
    func write(_ line: [UInt8]) {
        dropped.withLock { dropped in
            guard hasRoom else {
                dropped += 1
                return
            }
            guard dropped > 0 else { return put(line) }
            put(
                Array(
                    #"{"level":"warning","event":"log lines dropped","count":"\#(dropped)"}"#.utf8)
                    + [UInt8(ascii: "\n")])
            dropped = 0
            if hasRoom { put(line) } else { dropped = 1 }
        }
    }

    /// True when a line fits without waiting: a pipe that can be written takes at least 4 KiB.
    private var hasRoom: Bool {
        var wanted = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        return poll(&wanted, 1, 0) == 1 && wanted.revents & Int16(POLLOUT) != 0
    }

    private func put(_ line: [UInt8]) {
        var rest = line[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            guard count > 0 || (count < 0 && errno == EINTR) else { return }
            rest = rest.dropFirst(max(0, count))
        }
    }
}
