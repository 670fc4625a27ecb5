import Glibc

/// Lines that come over a descriptor.
struct LineSourceStream {
    let descriptor: Int32
    private let lineBytesMax: Int
    private var rest: [UInt8] = []
    private(set) var isAtEnd = false

    init(_ descriptor: Int32, lineBytesMax: Int) {
        self.descriptor = descriptor
        self.lineBytesMax = lineBytesMax
    }

    /// The lines that are whole now; to be asked when the descriptor is readable.
    mutating func lines() -> [[UInt8]] {
        var chunk = [UInt8](repeating: 0, count: 65_536)
        let count = read(descriptor, &chunk, chunk.count)
        if count < 0, errno == EINTR || errno == EAGAIN { return [] }
        guard count > 0 else {
            isAtEnd = true
            return []
        }
        var found = (rest + chunk.prefix(count)).split(
            separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false
        ).map(Array.init)
        rest = found.removeLast()
        // What goes on and on is no line: nothing behind it can be trusted to be one.
        if rest.count > lineBytesMax { isAtEnd = true }
        return found.map { $0.last == UInt8(ascii: "\r") ? Array($0.dropLast()) : $0 }
            .filter { !$0.isEmpty }
    }
}

/// Lines that wait for a descriptor that takes them.
struct LineSinkStream {
    let descriptor: Int32
    private var waiting: [UInt8] = []
    private var sent = 0
    private(set) var isBroken = false

    /// A pipe that is writable takes as many bytes without blocking.
    private static let atomicBytesCount = 4_096

    init(_ descriptor: Int32) { self.descriptor = descriptor }

    /// How many bytes wait.
    var waitingCount: Int { waiting.count - sent }

    mutating func add(_ line: [UInt8]) {
        guard !isBroken else { return }
        waiting += line
        waiting.append(UInt8(ascii: "\n"))
    }

    /// Writes a piece; to be called when the descriptor is writable.
    mutating func write() {
        let end = min(waiting.count, sent + Self.atomicBytesCount)
        let count = waiting[sent..<end].withUnsafeBytes {
            Glibc.write(descriptor, $0.baseAddress, $0.count)
        }
        if count < 0, errno == EINTR || errno == EAGAIN { return }
        guard count >= 0 else {
            isBroken = true
            waiting = []
            sent = 0
            return
        }
        sent += count
        guard sent == waiting.count else { return }
        waiting = []
        sent = 0
    }
}
