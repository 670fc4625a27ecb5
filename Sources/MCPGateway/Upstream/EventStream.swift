/// Takes a stream of server-sent events apart, as the WHATWG HTML standard has them (section 9.2).
struct EventStream {
    struct Event: Hashable {
        /// The lines of `data`, joined by a line feed.
        var data: [UInt8]
        /// The newest id of the stream; empty when there was none.
        var id: String
    }

    /// The newest id, with which a lost stream is taken up again.
    private(set) var lastID = ""
    /// Milliseconds that the server wants to pass before a new connection.
    private(set) var retryMilliseconds: Int64?
    /// True when something was longer than any message may be: nothing more is taken.
    private(set) var isTooLong = false

    private let bytesMax: Int
    private var line: [UInt8] = []
    private var data: [UInt8] = []
    private var hasData = false
    private var isOther = false
    private var endedWithReturn = false
    private var isAtStart = true

    init(bytesMax: Int) { self.bytesMax = bytesMax }

    /// The events that are whole now.
    mutating func take(_ bytes: [UInt8]) -> [Event] {
        var events: [Event] = []
        for byte in bytes {
            guard !isTooLong else { return events }
            let followsReturn = endedWithReturn
            endedWithReturn = byte == UInt8(ascii: "\r")
            switch byte {
            case UInt8(ascii: "\n") where followsReturn: continue
            case UInt8(ascii: "\r"), UInt8(ascii: "\n"):
                if let event = endLine() { events.append(event) }
            default:
                line.append(byte)
                isTooLong = line.count + data.count > bytesMax
            }
        }
        return events
    }

    private mutating func endLine() -> Event? {
        defer { line = [] }
        if isAtStart {
            isAtStart = false
            let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
            if line.starts(with: mark) { line.removeFirst(mark.count) }
        }
        guard !line.isEmpty else { return endEvent() }
        let parts = line.split(
            separator: UInt8(ascii: ":"), maxSplits: 1, omittingEmptySubsequences: false)
        var value = parts.count > 1 ? parts[1] : []
        if value.first == UInt8(ascii: " ") { value = value.dropFirst() }
        take(field: String(decoding: parts[0], as: UTF8.self), Array(value))
        return nil
    }

    private mutating func take(field: String, _ value: [UInt8]) {
        switch field {
        case "data":
            if hasData { data.append(UInt8(ascii: "\n")) }
            data += value
            hasData = true
        case "id":
            guard !value.contains(0) else { return }
            lastID = String(decoding: value, as: UTF8.self)
        case "event": isOther = !value.elementsEqual("message".utf8) && !value.isEmpty
        case "retry":
            let text = String(decoding: value, as: UTF8.self)
            guard text.utf8.allSatisfy({ (48...57).contains($0) }) else { return }
            if let number = Int64(text) { retryMilliseconds = number }
        default: break
        }
    }

    private mutating func endEvent() -> Event? {
        defer {
            data = []
            hasData = false
            isOther = false
        }
        guard hasData, !data.isEmpty, !isOther else { return nil }
        return Event(data: data, id: lastID)
    }
}
