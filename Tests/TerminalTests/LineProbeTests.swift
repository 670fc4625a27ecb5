import Keymap
import TextGrid
import Testing
import Theming

@testable import Terminal

/// Goal: the line is measured without waiting for anybody, and frames are held back only on a
/// terminal that said in time that it can.
struct LineProbeTests {
    private static let millisecond: UInt64 = 1_000_000

    private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

    @Test func aFastTerminalThatKnowsWholeFrames() {
        var probe = LineProbe(asksForModes: true)
        #expect(text(probe.questions(at: 0)) == "\u{1B}[?2026$p\u{1B}[5n")
        probe.learned(2026, isKnown: true, at: 3 * Self.millisecond)
        #expect(probe.knowsWholeFrames)
        #expect(probe.answered(at: 4 * Self.millisecond) == .measured(milliseconds: 4))
        #expect(probe.answered(at: 5 * Self.millisecond) == .unasked)
    }

    @Test(arguments: [(2026, false, 3), (2026, true, 101), (2027, true, 3)])
    func wholeFramesStayOff(_ mode: Int, _ isKnown: Bool, _ milliseconds: Int) {
        var probe = LineProbe(asksForModes: true)
        _ = probe.questions(at: 0)
        probe.learned(mode, isKnown: isKnown, at: UInt64(milliseconds) * Self.millisecond)
        #expect(!probe.knowsWholeFrames)
    }

    @Test func aTerminalThatMightPrintTheQuestionIsNotAsked() {
        var probe = LineProbe(asksForModes: false)
        #expect(text(probe.questions(at: 0)) == "\u{1B}[5n")
    }

    @Test func oneLongWayIsLookedAtAgain() {
        var probe = LineProbe(asksForModes: true)
        _ = probe.questions(at: 0)
        #expect(probe.answered(at: 400 * Self.millisecond) == .askAgain)
        #expect(text(probe.questions(at: 400 * Self.millisecond)) == "\u{1B}[5n")
        #expect(probe.answered(at: 420 * Self.millisecond) == .measured(milliseconds: 20))
    }

    @Test func aSlowLineIsTheShortestOfThreeWays() {
        var probe = LineProbe(asksForModes: true)
        var now: UInt64 = 0
        for (way, outcome) in [
            (400, LineProbe.Outcome.askAgain), (240, .askAgain),
            (260, .measured(milliseconds: 240)),
        ] {
            _ = probe.questions(at: now)
            now += UInt64(way) * Self.millisecond
            #expect(probe.answered(at: now) == outcome)
        }
    }

    @Test func itIsMeasuredSeldom() {
        var probe = LineProbe(asksForModes: true)
        #expect(probe.isDue(at: 0))
        _ = probe.questions(at: 0)
        #expect(!probe.isDue(at: LineProbe.pauseNanoseconds - 1))
        #expect(probe.isDue(at: LineProbe.pauseNanoseconds))
    }

    @Test func whoLeavesWaitsForAnAnswerThatIsOnItsWay() {
        var probe = LineProbe(asksForModes: true)
        #expect(probe.outstandingMilliseconds(at: 0, atMost: 300) == 0)
        _ = probe.questions(at: 0)
        #expect(probe.outstandingMilliseconds(at: 100 * Self.millisecond, atMost: 300) == 200)
        #expect(probe.outstandingMilliseconds(at: 900 * Self.millisecond, atMost: 300) == 0)
        _ = probe.answered(at: 900 * Self.millisecond)
        #expect(probe.outstandingMilliseconds(at: 901 * Self.millisecond, atMost: 300) == 0)
    }

    @Test func longFramesAreHeldBackAndShortOnesAreNot() {
        var encoder = FrameEncoder(theme: .dark, depth: .palette256, traits: FrameTraits())
        encoder.sendsWholeFrames = true
        var grid = Grid(size: GridSize(columns: 80, rows: 24))
        for row in 0..<24 {
            grid.put(
                Span("a row with words that fill it to some extent"),
                at: GridPosition(row: row, column: 0))
        }
        let long = text(encoder.frame(of: grid))
        #expect(long.hasPrefix("\u{1B}[?2026h") && long.hasSuffix("\u{1B}[?2026l"))
        grid.put(Span("x"), at: GridPosition(row: 0, column: 0))
        let short = text(encoder.frame(of: grid))
        #expect(!short.isEmpty && !short.contains("2026"))
    }
}

/// Goal: two presses on one cell soon after each other are a double click.
struct MouseClicksTests {
    @Test func clicks() {
        var clicks = MouseClicks()
        let second: UInt64 = 1_000_000_000
        let press = MouseEvent(.press, column: 3, row: 4)
        #expect(clicks.count(press, at: 0).clicks == 1)
        #expect(clicks.count(press, at: second / 5).clicks == 2)
        #expect(clicks.count(press, at: second).clicks == 1)
        #expect(clicks.count(MouseEvent(.press, column: 4, row: 4), at: second).clicks == 1)
        #expect(clicks.count(MouseEvent(.wheelUp, column: 4, row: 4), at: second).clicks == 1)
    }
}
