import Cryptography

/// The six digits that an authenticator shows; they show themselves in no print, log or dump.
public struct StepUpCode: Hashable, Sendable {
    let digits: [UInt8]

    /// Nil unless `text` is six ASCII digits.
    public init?(_ text: String) {
        digits = Array(text.utf8)
        guard digits.count == TOTP.digitsCount, digits.allSatisfy({ (48...57).contains($0) })
        else { return nil }
    }
}

/// What a member's authenticator and the server both know; it shows itself nowhere by itself.
public struct StepUpSecret: Hashable, Sendable {
    /// The secret.
    public let bytes: [UInt8]

    /// Takes random bytes.
    public init(_ bytes: [UInt8]) { self.bytes = bytes }
}

/// A member's second factor, and what was tried with it lately.
public struct SecondFactor: Hashable, Sendable {
    /// The secret that decisions are held against; nil until a first one was confirmed.
    public internal(set) var active: StepUpSecret?
    /// A secret that was handed out and not confirmed yet.
    public internal(set) var waiting: StepUpSecret?
    /// When the waiting secret is forgotten.
    public internal(set) var waitingUntil: Timestamp?
    /// Of the enrolment code that an admin handed out and that was not used yet.
    var permit: Digest?
    /// When that code is forgotten.
    var permitUntil: Timestamp?
    /// The newest step whose code was accepted: no code of it or before it is taken again.
    public internal(set) var lastStep: Int64 = -1
    /// When wrong codes came lately.
    public internal(set) var failures: [Timestamp] = []
    /// How many locks came since a code was right.
    public internal(set) var locksInRow = 0
    /// No code is looked at before this instant.
    public internal(set) var lockedUntil: Timestamp?

    /// Nobody enrolled yet.
    public init() {}

    /// What a code turned out to be.
    public enum Finding: Hashable, Sendable {
        case right
        /// Not the code of this time; so many more may be wrong before the lock.
        case wrong(attemptsLeft: Int)
        /// Right, but it was taken before.
        case used
        /// Nothing is looked at until then; `isFresh` when this code was the one too many.
        case locked(until: Timestamp, isFresh: Bool)
        /// There is nothing to hold it against.
        case notEnrolled
    }

    /// Lets whoever brings this code get a secret, once; an earlier code counts no more.
    public mutating func permit(_ code: EnrolmentCode, at now: Timestamp) -> Timestamp {
        let until = now.adding(seconds: Limits.stepUpPermitSeconds)
        permit = code.digest
        permitUntil = until
        return until
    }

    /// Whether this is the code that an admin handed out.
    public func allows(_ code: EnrolmentCode, at now: Timestamp) -> Bool {
        guard let permit, let permitUntil, now < permitUntil else { return false }
        return constantTimeEquals(permit.bytes, code.digest.bytes)
    }

    /// Hands out a secret that begins to count when it is confirmed.
    public mutating func begin(_ secret: StepUpSecret, at now: Timestamp) {
        waiting = secret
        waitingUntil = now.adding(seconds: Limits.stepUpEnrolmentSeconds)
    }

    /// Makes the waiting secret the active one.
    ///
    /// A wrong code here tells nothing to anybody who does not hold the secret, so none is counted.
    public mutating func confirm(_ code: StepUpCode, at now: Timestamp) -> Finding {
        guard let secret = waiting, let until = waitingUntil, now < until else {
            return .notEnrolled
        }
        guard let step = Self.step(of: code, for: secret, at: now) else {
            return .wrong(attemptsLeft: Limits.stepUpFailuresMax)
        }
        active = secret
        waiting = nil
        waitingUntil = nil
        permit = nil
        permitUntil = nil
        lastStep = step
        return .right
    }

    /// Holds a code against the active secret; the change must be saved, whatever came of it.
    public mutating func check(_ code: StepUpCode, at now: Timestamp) -> Finding {
        guard let secret = active else { return .notEnrolled }
        if let until = lockedUntil {
            guard now >= until else { return .locked(until: until, isFresh: false) }
            lockedUntil = nil
            failures = []
        }
        guard let step = Self.step(of: code, for: secret, at: now) else { return fail(at: now) }
        guard step > lastStep else { return .used }
        lastStep = step
        locksInRow = 0
        return .right
    }

    private mutating func fail(at now: Timestamp) -> Finding {
        let since = now.adding(seconds: -Limits.stepUpWindowSeconds)
        // A clock that was set back must not make an old failure count for ever.
        failures.removeAll { $0 <= since || $0 > now }
        failures.append(now)
        let left = Limits.stepUpFailuresMax - failures.count
        guard left <= 0 else { return .wrong(attemptsLeft: left) }
        let seconds = min(
            Limits.stepUpLockSecondsMax, Limits.stepUpWindowSeconds << min(locksInRow, 10))
        let until = now.adding(seconds: seconds)
        locksInRow += 1
        lockedUntil = until
        return .locked(until: until, isFresh: true)
    }

    private static func step(
        of code: StepUpCode, for secret: StepUpSecret, at now: Timestamp
    ) -> Int64? {
        TOTP.step(
            of: code.digits, for: secret.bytes,
            around: TOTP.step(atMilliseconds: now.milliseconds))
    }
}

/// From which risk on a decision needs a second factor.
public enum StepUpFrom: String, Hashable, Sendable, CaseIterable {
    case none, medium, high, critical

    /// True when a decision on an approval of this risk needs one.
    public func demands(_ risk: Risk) -> Bool {
        switch self {
        case .none: false
        case .medium: risk >= .medium
        case .high: risk >= .high
        case .critical: risk >= .critical
        }
    }

    /// True when some risk that the other one asks at is not asked at.
    public func asksLess(than other: StepUpFrom) -> Bool {
        Risk.allCases.contains { other.demands($0) && !demands($0) }
    }
}

/// Whether a decision of the asker needs a code of their second factor.
public enum StepUpNeed: String, Hashable, Sendable, CaseIterable {
    case required
    case notRequired = "not_required"
}

/// How far a member is with their second factor.
public enum StepUpState: String, Hashable, Sendable, CaseIterable {
    /// None, or one that was begun and not confirmed in time.
    case none
    /// A secret was handed out and waits for its first code.
    case waiting
    case active
}

extension SecondFactor {
    /// How far it is at an instant.
    public func state(at now: Timestamp) -> StepUpState {
        if active != nil { return .active }
        guard waiting != nil, let waitingUntil, now < waitingUntil else { return .none }
        return .waiting
    }
}
