import Testing

@testable import MCPGateway

/// Goal: a stream of events is read as the HTML standard has it, however it is cut.
@Suite struct EventStreamTests {
    /// The text, the data of its events, and the newest id.
    static let rows: [(String, [String], String)] = [
        ("data: a\n\n", ["a"], ""),
        ("data:a\r\n\r\n", ["a"], ""),
        ("data: a\rdata: b\r\r", ["a\nb"], ""),
        ("\u{FEFF}data: a\n\n", ["a"], ""),
        (": remark\nid: 7\ndata\n\n", [], "7"),
        ("id: 7\ndata: x\n\nid\ndata: y\n\n", ["x", "y"], ""),
        ("id: a\u{0}b\ndata: x\n\n", ["x"], ""),
        ("event: message\ndata: x\n\n", ["x"], ""),
        ("event: ping\ndata: x\n\ndata: y\n\n", ["y"], ""),
        ("data:  two\n\n", [" two"], ""),
        ("data: no end\n", [], ""),
        ("other: x\ndata: y\n\n", ["y"], ""),
    ]

    @Test(arguments: 0..<12)
    func isTheSameHoweverItIsCut(_ row: Int) {
        let (text, data, id) = Self.rows[row]
        for length in [1, 2, 3, 1_000] {
            var stream = EventStream(bytesMax: 1_000)
            var events: [EventStream.Event] = []
            let bytes = Array(text.utf8)
            for start in stride(from: 0, to: bytes.count, by: length) {
                events += stream.take(Array(bytes[start..<min(start + length, bytes.count)]))
            }
            #expect(events.map { String(decoding: $0.data, as: UTF8.self) } == data)
            #expect(stream.lastID == id)
        }
    }

    @Test func whatGoesOnAndOnEnds() {
        var stream = EventStream(bytesMax: 100)
        #expect(stream.take(Array(repeating: UInt8(ascii: "x"), count: 200)).isEmpty)
        #expect(stream.isTooLong)
        var lines = EventStream(bytesMax: 100)
        _ = lines.take(Array(String(repeating: "data: x\n", count: 200).utf8))
        #expect(lines.isTooLong)
    }

    @Test func retryIsANumber() {
        var stream = EventStream(bytesMax: 100)
        _ = stream.take(Array("retry: 20\n".utf8))
        _ = stream.take(Array("retry: soon\nretry: 99999999999999999999999\n".utf8))
        #expect(stream.retryMilliseconds == 20)
    }
}
