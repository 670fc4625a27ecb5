import Approvals
import Testing

@testable import Inbox

/// Time left is coarse until it matters, and is exact when it ends.
struct CountdownTests {
    @Test(
        "what is shown",
        arguments: [
            (0, "expired"), (-5, "expired"), (1, "0:01"), (1_000, "0:01"), (1_001, "0:02"),
            (59_000, "0:59"), (60_000, "1:00"), (120_000, "2:00"), (120_001, "2 min"),
            (179_999, "2 min"), (180_000, "3 min"), (7_199_999, "119 min"), (7_200_000, "2 h"),
            (172_800_000, "2 d"), (900_000_000, "10 d"),
        ] as [(Int64, String)])
    func text(_ left: Int64, _ text: String) {
        #expect(Countdown.text(left) == text)
    }

    @Test("the text is the same until the time that is named, and another one then")
    func changes() {
        for left in stride(from: Int64(1), to: 9_000_000, by: 7_919) {
            guard let change = Countdown.untilChange(left) else {
                Issue.record("\(left) ms are left, so the text changes once more")
                continue
            }
            #expect(Countdown.text(left) != Countdown.text(left - change), "\(left)")
            #expect(Countdown.text(left) == Countdown.text(left - change + 1), "\(left)")
        }
        #expect(Countdown.untilChange(0) == nil)
    }

    @Test("an age says when it becomes another one")
    func ages() {
        for age in stride(from: Int64(0), to: 9_000_000, by: 7_919) {
            let change = Age.untilChange(age)
            #expect(Age.text(age) != Age.text(age + change), "\(age)")
            #expect(Age.text(age) == Age.text(age + change - 1), "\(age)")
        }
    }

    @Test("a slow answer does not put the clock back, a clock that was set does")
    func serverClock() {
        var clock = ServerClock()
        #expect(clock.serverTime(at: noon) == noon)
        clock.heard(noon.adding(milliseconds: 500), at: noon)
        #expect(clock.offset == 500)
        clock.heard(noon.adding(milliseconds: 700), at: noon.adding(milliseconds: 1_000))
        #expect(clock.offset == 500, "that answer was under way for 800 ms")
        clock.heard(noon.adding(milliseconds: 1_900), at: noon.adding(milliseconds: 1_000))
        #expect(clock.offset == 900, "that answer was faster than the others")
        clock.heard(noon.adding(seconds: -60), at: noon)
        #expect(clock.offset == -60_000, "that is no slow answer any more")
        #expect(clock.localTime(of: clock.serverTime(at: noon)) == noon)
    }

    @Test("pauses double up to half a minute, a quarter of them left to chance")
    func backOff() {
        var backOff = BackOff()
        var seed = Seed(1)
        var most: Int64 = 250
        for _ in 0..<12 {
            let pause = backOff.failed(using: &seed)
            #expect((most - most / 4...most).contains(pause))
            most = min(30_000, most * 2)
        }
        backOff.succeeded()
        #expect(backOff.failed(using: &seed) <= 250)
        var other = Seed(2)
        var again = BackOff()
        var more = BackOff()
        #expect(again.failed(using: &seed) != more.failed(using: &other))
    }
}
