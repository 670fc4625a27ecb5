import Glibc

/// The lines of standard input, as soon as each is there, and never more than one in memory.
struct LogicLines {
    enum Line {
        case whole([UInt8])
        /// A line that was longer than is read; all of it was skipped.
        case tooLong
    }

    /// The most bytes of a line, its end not counted.
    static let bytesMax = 1 << 20

    private var buffer: [UInt8] = []
    private var place = 0
    private var isAtEnd = false

    /// The next line; nil at the end.
    mutating func next() throws(Complaint) -> Line? {
        var line: [UInt8] = []
        var isTooLong = false
        while true {
            if place == buffer.count {
                try fill()
                guard !isAtEnd else {
                    if isTooLong { return .tooLong }
                    return line.isEmpty ? nil : .whole(line)
                }
            }
            let rest = buffer[place...]
            let end = rest.firstIndex(of: UInt8(ascii: "\n"))
            let piece = buffer[place..<(end ?? buffer.count)]
            place = end.map { $0 + 1 } ?? buffer.count
            if line.count + piece.count > Self.bytesMax {
                isTooLong = true
                line = []
            } else if !isTooLong {
                line += piece
            }
            if end != nil { return isTooLong ? .tooLong : .whole(line) }
        }
    }

    private mutating func fill() throws(Complaint) {
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = chunk.withUnsafeMutableBytes {
                read(STDIN_FILENO, $0.baseAddress, $0.count)
            }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else {
                throw Complaint(
                    "standard input cannot be read: \(systemSentence()).", next: "", .badInput)
            }
            isAtEnd = count == 0
            buffer = Array(chunk.prefix(count))
            place = 0
            return
        }
    }
}
