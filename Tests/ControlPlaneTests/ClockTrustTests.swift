import Approvals
import ControlPlane
import Testing

/// Goal: nothing is erased for its age by a clock that jumped or that stands far from the log.
@Suite struct ClockTrustTests {
    private static let day = ClockTrust.doubtMilliseconds
    private static let noon: Int64 = 1_800_000_000_000

    /// A clock that was looked at once; steady time is a thousand then.
    private func looked(newest: Int64?, wall: Int64 = noon) throws -> (ClockTrust, Bool) {
        var trust = ClockTrust()
        let isBelieved = try trust.isBelieved(wall: wall, steady: 1_000) {
            newest.map { Timestamp(milliseconds: $0) }
        }
        return (trust, isBelieved)
    }

    @Test(arguments: [
        (nil, true), (0, true), (-day, true), (-day - 1, false), (-400 * day, false),
        (60_000, true), (60_001, false),
    ])
    func aStartFarFromTheLogWaitsADay(_ newest: Int64?, _ isBelieved: Bool) throws {
        var (trust, first) = try looked(newest: newest.map { Self.noon + $0 })
        #expect(first == isBelieved)
        let last = try trust.isBelieved(wall: Self.noon + Self.day - 1, steady: Self.day + 999) {
            nil
        }
        #expect(last == isBelieved)
        #expect(try trust.isBelieved(wall: Self.noon + Self.day, steady: Self.day + 1_000) { nil })
    }

    @Test(arguments: [400 * day, -400 * day, 60_001, -60_001, 60_000, -60_000, 0])
    func aJumpWaitsADay(_ jump: Int64) throws {
        var (trust, first) = try looked(newest: Self.noon)
        #expect(first)
        let isSmall = abs(jump) <= ClockTrust.jumpMax
        var (wall, steady) = (Self.noon + jump + 60_000, Int64(61_000))
        #expect(try trust.isBelieved(wall: wall, steady: steady) { nil } == isSmall)
        // Set right again, which is a jump too, or left as it is.
        (wall, steady) = (wall + Self.day - 1, steady + Self.day - 1)
        #expect(try trust.isBelieved(wall: wall, steady: steady) { nil } == isSmall)
        #expect(try trust.isBelieved(wall: wall + 1, steady: steady + 1) { nil })
    }
}
