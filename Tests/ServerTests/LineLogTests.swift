import Approvals
import Glibc
import JSONTree
import Logging
import Synchronization
import Testing
import WireAPI

@testable import HTTPServer
@testable import ServerShell

/// Keeps what was written.
private final class Lines: Sendable {
    private let lines = Mutex<[[UInt8]]>([])

    func add(_ line: [UInt8]) { lines.withLock { $0.append(line) } }
    var all: [[UInt8]] { lines.withLock { $0 } }
}

@Suite("The log is one inert line of JSON for each event")
struct LineLogTests {
    private let lines = Lines()

    private func logger(_ level: Logger.Level = .info) -> Logger {
        let lines = lines
        return Logger(label: "test") { _ in
            LineLog(
                level: level, now: { Timestamp(milliseconds: 0) }, write: { lines.add($0) })
        }
    }

    /// The line is JSON, in a fixed order.
    @Test func order() {
        var logger = logger()
        logger[metadataKey: "b"] = "2"
        logger.info("request", metadata: ["a": "1"])
        let text =
            #"{"at":"1970-01-01T00:00:00.000Z","level":"info","event":"request","a":"1","b":"2"}"#
        #expect(lines.all == [Array((text + "\n").utf8)])
    }

    /// What a client sent can neither end the line nor move the reader's cursor.
    @Test(arguments: [
        "\n{\"level\":\"critical\"}", "\u{1B}[2J\u{1B}]0;owned\u{7}", "\u{202E}gnp.exe",
        "\u{9B}31m",
        "a\u{200B}b", "\"}\u{2028}",
    ])
    func hostileText(_ text: String) throws {
        logger().info("request", metadata: ["path": "\(text)"])
        let line = try #require(lines.all.first)
        #expect(line.count(where: { $0 == UInt8(ascii: "\n") }) == 1)
        #expect(line.dropLast().allSatisfy { (0x20..<0x7F).contains($0) })
        #expect(try JSONValue(parsing: line)["path"]?.stringValue == text)
    }

    /// Metadata cannot take the place of the log's own fields.
    @Test func ownFieldsStay() throws {
        logger().error("request", metadata: ["level": "debug", "event": "nothing"])
        let line = try JSONValue(parsing: try #require(lines.all.first))
        #expect(line["level"] == "error")
        #expect(line["event"] == "request")
    }

    /// Below its level nothing is written.
    @Test func levels() {
        logger(.warning).info("request")
        #expect(lines.all.isEmpty)
    }
}

@Suite("A log that nobody reads stops nothing")
struct LogOutputTests {
    /// Past a full pipe lines are dropped, and counted by the first line that fits again.
    @Test func fullPipe() throws {
        var ends: [Int32] = [0, 0]
        try #require(pipe(&ends) == 0)
        defer {
            close(ends[0])
            close(ends[1])
        }
        let output = LogOutput(descriptor: ends[1])
        let line = Array(repeating: UInt8(ascii: "x"), count: 999) + [UInt8(ascii: "\n")]
        for _ in 0..<1_000 { output.write(line) }
        let kept = read(ends[0])
        #expect(kept.count % 1_000 == 0 && kept.count < 1_000_000)
        output.write(line)
        let rest = String(decoding: read(ends[0]), as: UTF8.self)
        let lines = rest.split(separator: "\n")
        try #require(lines.count == 2)
        let notice = try JSONValue(parsing: Array(lines[0].utf8))
        #expect(notice["count"]?.stringValue == "\(1_000 - kept.count / 1_000)")
        #expect(lines[1].utf8.count == 999)
    }

    private func read(_ descriptor: Int32) -> [UInt8] {
        var all: [UInt8] = []
        var wanted = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        while poll(&wanted, 1, 0) == 1 {
            var part = [UInt8](repeating: 0, count: 65_536)
            let count = Glibc.read(descriptor, &part, part.count)
            guard count > 0 else { break }
            all += part.prefix(count)
        }
        return all
    }
}

@Suite("Small formats")
struct FormatTests {
    /// The Date header has the preferred form of RFC 9110, at the edges of days and years too.
    @Test(arguments: [
        ("1970-01-01T00:00:00.000Z", "Thu, 01 Jan 1970 00:00:00 GMT"),
        ("1994-11-06T08:49:37.999Z", "Sun, 06 Nov 1994 08:49:37 GMT"),
        ("2024-02-29T23:59:59.000Z", "Thu, 29 Feb 2024 23:59:59 GMT"),
        ("2026-12-31T23:59:59.999Z", "Thu, 31 Dec 2026 23:59:59 GMT"),
    ])
    func dates(_ instant: String, _ header: String) throws {
        let date = HTTPDate()
        #expect(date.text(at: try #require(Timestamp(rfc3339: instant))) == header)
    }

    /// Prometheus gets every figure with its type, histogram buckets that add up, and no tenant.
    @Test func figures() {
        let figures = Figures()
        figures.answered(.submit, 201, milliseconds: 1)
        figures.answered(.submit, 201, milliseconds: 7)
        figures.answered(nil, 404, milliseconds: 9_000)
        figures.answered(.inbox, 200, milliseconds: nil)
        figures.committed(changes: 3)
        figures.timerSettled(2, lateMilliseconds: 40)
        let lines = Set(figures.text(waiting: 5).split(separator: "\n"))
        for line in [
            #"countersign_requests_total{route="submit",status="201"} 2"#,
            #"countersign_requests_total{route="none",status="404"} 1"#,
            #"countersign_answer_milliseconds_bucket{le="1"} 1"#,
            #"countersign_answer_milliseconds_bucket{le="10"} 2"#,
            #"countersign_answer_milliseconds_bucket{le="+Inf"} 3"#,
            "countersign_answer_milliseconds_sum 9008", "countersign_answer_milliseconds_count 3",
            "countersign_changes_total 3", "countersign_expired_total 2",
            "countersign_timer_late_max_milliseconds 40", "countersign_waiting_requests 5",
            "# TYPE countersign_requests_total counter",
        ] {
            #expect(lines.contains(Substring(line)), "\(line)")
        }
        #expect(!figures.text(waiting: 0).contains("tenant"))
    }
}
