import Approvals
import Cryptography
import JSONTree
import Testing

/// Goal: codes are those of the RFC, and each counts once, in its time, a few times wrong.
@Suite struct SecondFactorTests {
    /// RFC 6238, appendix B, the rows for SHA-1.
    @Test(
        arguments: [
            (59, "94287082"), (1_111_111_109, "07081804"), (1_111_111_111, "14050471"),
            (1_234_567_890, "89005924"), (2_000_000_000, "69279037"),
            (20_000_000_000, "65353130"),
        ] as [(Int64, String)])
    func vectors(_ seconds: Int64, _ code: String) {
        let step = TOTP.step(atMilliseconds: seconds * 1_000)
        #expect(TOTP.code(Self.secret, step: step, digits: 8) == Array(code.utf8))
        #expect(TOTP.code(Self.secret, step: step) == Array(code.utf8.suffix(6)))
    }

    /// RFC 4648, section 10, without its padding.
    @Test(arguments: [
        ("", ""), ("f", "MY"), ("fo", "MZXQ"), ("foo", "MZXW6"), ("foob", "MZXW6YQ"),
        ("fooba", "MZXW6YTB"), ("foobar", "MZXW6YTBOI"),
    ])
    func base32(_ text: String, _ letters: String) {
        #expect(Base32.encode(Array(text.utf8)) == letters)
    }

    @Test(arguments: ["", "12345", "1234567", "12345a", "１２３４５６", "12 456", "-12345"])
    func noCode(_ text: String) {
        #expect(StepUpCode(text) == nil)
    }

    /// A clock may be one step off, either way, and no more.
    @Test(arguments: [(-2, false), (-1, true), (0, true), (1, true), (2, false)])
    func tolerance(_ steps: Int64, _ isRight: Bool) throws {
        var factor = try Self.enrolled()
        let code = try Self.code(after: 10 + steps)
        #expect((factor.check(code, at: Self.instant(10)) == .right) == isRight)
    }

    @Test func aStepCountsOnce() throws {
        var factor = try Self.enrolled()
        #expect(factor.check(try Self.code(after: 0), at: Self.instant(0)) == .used, "confirmed")
        #expect(factor.check(try Self.code(after: 2), at: Self.instant(2)) == .right)
        #expect(factor.check(try Self.code(after: 2), at: Self.instant(2)) == .used)
        #expect(factor.check(try Self.code(after: 1), at: Self.instant(2)) == .used, "older")
        #expect(factor.check(try Self.code(after: 3), at: Self.instant(2)) == .right)
        #expect(factor.failures.isEmpty, "a code that was used is no guess")
    }

    @Test func tooManyWrongCodesLock() throws {
        var factor = try Self.enrolled()
        let now = Self.instant(10)
        let wrong = try #require(StepUpCode("000000"))
        for left in (1..<5).reversed() {
            #expect(factor.check(wrong, at: now) == .wrong(attemptsLeft: left))
        }
        let until = now.adding(seconds: 900)
        #expect(factor.check(wrong, at: now) == .locked(until: until, isFresh: true))
        let right = try Self.code(after: 10)
        #expect(factor.check(right, at: now) == .locked(until: until, isFresh: false))
        factor = try SecondFactor(record: factor.record)
        #expect(
            factor.check(right, at: until.adding(seconds: -1))
                == .locked(until: until, isFresh: false))
        #expect(factor.check(try Self.code(after: 40), at: until) == .right)
        #expect(factor.check(wrong, at: until) == .wrong(attemptsLeft: 4), "counted anew")
    }

    /// Whoever goes on guessing is held for longer each time, but not for ever.
    @Test func eachLockHoldsLonger() throws {
        var factor = try Self.enrolled()
        let wrong = try #require(StepUpCode("000000"))
        var now = Self.instant(10)
        var held: [Int64] = []
        for _ in 0..<9 {
            for _ in 0..<4 { _ = factor.check(wrong, at: now) }
            guard case .locked(let until, true) = factor.check(wrong, at: now) else {
                Issue.record("the fifth wrong code locks")
                return
            }
            held.append(until.since(now) / 1_000)
            now = until
            factor = try SecondFactor(record: factor.record)
        }
        #expect(held == [900, 1_800, 3_600, 7_200, 14_400, 28_800, 57_600, 86_400, 86_400])
        let step = TOTP.step(atMilliseconds: now.milliseconds)
        let digits = String(decoding: TOTP.code(Self.secret, step: step), as: UTF8.self)
        #expect(factor.check(try #require(StepUpCode(digits)), at: now) == .right)
        #expect(factor.locksInRow == 0)
    }

    @Test func oldFailuresAreForgotten() throws {
        var factor = try Self.enrolled()
        let wrong = try #require(StepUpCode("000000"))
        for _ in 0..<4 { _ = factor.check(wrong, at: Self.instant(10)) }
        #expect(factor.check(wrong, at: Self.instant(40)) == .wrong(attemptsLeft: 4))
        let earlier = factor.check(wrong, at: Self.instant(20))
        #expect(earlier == .wrong(attemptsLeft: 4), "the clock was set back")
    }

    @Test func whatIsNotConfirmedDoesNotCount() throws {
        var factor = SecondFactor()
        #expect(factor.check(try Self.code(after: 0), at: Self.instant(0)) == .notEnrolled)
        factor.begin(StepUpSecret(Self.secret), at: Self.instant(0))
        #expect(factor.state(at: Self.instant(0)) == .waiting)
        #expect(factor.check(try Self.code(after: 0), at: Self.instant(0)) == .notEnrolled)
        #expect(factor.confirm(try Self.code(after: 20), at: Self.instant(20)) == .notEnrolled)
        #expect(factor.state(at: Self.instant(20)) == .none)
    }

    /// The old one counts until the new one is confirmed.
    @Test func replacing() throws {
        var factor = try Self.enrolled()
        let other = Array(Self.secret.reversed())
        factor.begin(StepUpSecret(other), at: Self.instant(2))
        #expect(factor.state(at: Self.instant(2)) == .active)
        #expect(factor.check(try Self.code(after: 2), at: Self.instant(2)) == .right)
        let fresh = try #require(
            StepUpCode(String(decoding: TOTP.code(other, step: Self.step + 3), as: UTF8.self)))
        #expect(factor.confirm(fresh, at: Self.instant(3)) == .right)
        #expect(factor.check(try Self.code(after: 5), at: Self.instant(5)) != .right)
    }

    @Test func nothingIsPrinted() throws {
        let factor = try Self.enrolled()
        var text = ""
        dump(factor, to: &text)
        text += "\(factor) \(String(reflecting: factor)) \(try Self.code(after: 0))"
        #expect(!text.contains("49, 50, 51"), "the bytes of the secret")
        #expect(
            !text.contains(String(decoding: TOTP.code(Self.secret, step: Self.step), as: UTF8.self))
        )
        #expect(try SecondFactor(record: factor.record) == factor)
    }

    private static let secret = Array("12345678901234567890".utf8)
    private static let step: Int64 = 60_000_000

    private static func instant(_ steps: Int64) -> Timestamp {
        Timestamp(milliseconds: (step + steps) * 30_000)
    }

    private static func code(after steps: Int64) throws -> StepUpCode {
        let digits = TOTP.code(secret, step: step + steps)
        return try #require(StepUpCode(String(decoding: digits, as: UTF8.self)))
    }

    /// Confirmed with the code of step 0.
    private static func enrolled() throws -> SecondFactor {
        var factor = SecondFactor()
        factor.begin(StepUpSecret(secret), at: instant(0))
        #expect(factor.confirm(try code(after: 0), at: instant(0)) == .right)
        return factor
    }
}

/// Goal: the tenant's setting asks from its risk on, and nobody's below.
@Suite struct StepUpFromTests {
    @Test(arguments: [
        (StepUpFrom.none, []), (.medium, [Risk.medium, .high, .critical]),
        (.high, [.high, .critical]), (.critical, [.critical]),
    ])
    func demands(_ from: StepUpFrom, _ risks: [Risk]) {
        #expect(Risk.allCases.filter(from.demands) == risks)
    }
}
