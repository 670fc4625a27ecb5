import SystemClock
import Approvals
import InboxShell
import JSONTree
import TextGrid
import Testing
import WireAPI

@testable import countersign

/// Swift Testing has a type of this name, too.
private typealias Status = countersign.ExitStatus

/// Goal: spans of time are read and written as people do.
@Suite struct WordsTests {
    @Test(
        arguments: [
            ("90", 90), ("90s", 90), ("5m", 300), ("1h30m", 5_400), ("2d", 172_800), ("0", 0),
            ("", nil), ("5", 5), ("5x", nil), ("m", nil), ("5m3", nil), ("-5", nil), ("5 m", nil),
            ("99999999999999999999", nil), ("9223372036854775807d", nil),
        ] as [(String, Int?)])
    func readsSpans(_ text: String, _ seconds: Int?) {
        #expect(Words.seconds(text) == seconds)
    }

    @Test(
        arguments: [
            (0, "over"), (-5_000, "over"), (1, "0:01"), (41_001, "0:42"), (60_000, "1:00"),
            (3_599_000, "59:59"), (3_600_000, "1 h 0 min"), (90_000_000, "1 d 1 h"),
        ] as [(Int64, String)])
    func writesTheTimeLeft(_ milliseconds: Int64, _ text: String) {
        let now = Timestamp(milliseconds: 1_000_000)
        #expect(Words.left(until: now.adding(milliseconds: milliseconds), at: now) == text)
    }
}

/// Goal: the statuses of the table are what scripts rely on.
@Suite struct ExitStatusTests {
    @Test func everyStatusHasItsOwnLine() {
        let lines = Status.table.split(separator: "\n")
        #expect(lines.count == Status.allCases.count)
        #expect(Set(Status.allCases.map(\.meaning)).count == Status.allCases.count)
    }

    @Test(arguments: [
        (401, Status.notAllowed), (403, .notAllowed), (404, .failed), (409, .notDecided),
        (412, .notDecided), (422, .badInput), (429, .unreachable), (503, .unreachable),
    ])
    func answersHaveAStatus(_ http: Int, _ status: countersign.ExitStatus) {
        let problem = Problem("x", status: http, title: "t", detail: "d", nextStep: "n").wire
        let response = HTTPResponse(status: http, body: Array(problem.text(.compact).utf8))
        #expect(Complaint(response).status == status)
        #expect(Complaint(response).nextStep == "n")
    }
}

/// Goal: columns stay columns, whatever an agent wrote.
@Suite struct TextTableTests {
    @Test func hostileCellsDoNotMoveTheirNeighbours() {
        var table = TextTable("A", "B")
        for text in ["plain", "\u{1B}[2J", "e\u{301}\u{301}", "漢字", "a\nb", "x\u{202E}y"] {
            table.add(text, "|")
        }
        let lines = table.lines.dropFirst()
        let widths = Set(lines.map(\.columns))
        #expect(widths.count == 1)
        for line in lines {
            #expect(line.text.hasSuffix("|"))
            #expect(line.text.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0 != "\u{202E}" })
        }
    }
}

/// Goal: a program is started with nothing blocked, and its editor's file is private and bounded.
@Suite struct ChildProcessTests {
    @Test func endsAreToldApart() throws {
        #expect(try ChildProcess(["/bin/sh", "-c", "exit 3"]).wait() == .exited(3))
        #expect(try ChildProcess(["/bin/sh", "-c", "kill -9 $$"]).wait() == .killed(signal: 9))
        #expect(throws: ChildFailure.self) { try ChildProcess(["/no/such/program"]) }
    }

    @Test func noSignalIsBlockedAndWithheldVariablesAreGone() throws {
        let script = """
            grep -q '^SigBlk:[[:space:]]*0000000000000000$' /proc/self/status || exit 4
            test "${SECRET_OF_TEST+x}" = x && exit 5
            test "$OTHER_OF_TEST" = given || exit 6
            """
        let child = try ChildProcess(
            ["/bin/sh", "-c", script], without: ["SECRET_OF_TEST"],
            adding: ["OTHER_OF_TEST": "given"])
        #expect(child.wait() == .exited(0))
    }
}
