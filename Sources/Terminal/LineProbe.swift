/// Finds out how long the way to the terminal and back takes, and whether the terminal draws whole
/// frames at once.
///
/// It asks two questions in a row, of which every terminal answers the second; nobody waits for the
/// answers. Times are nanoseconds of a steady clock.
struct LineProbe: Hashable, Sendable {
    /// From here on a way is worth a second look: something else may have held the answer up.
    static let slowMilliseconds = 150
    /// A way is as long as the shortest of so many in a row.
    static let samplesMax = 3
    /// A terminal that answers later than this is not asked to hold frames back.
    static let patienceMilliseconds = 100
    /// Between two measurements.
    static let pauseNanoseconds: UInt64 = 300_000_000_000

    /// True when the terminal may be asked about modes.
    let asksForModes: Bool
    /// True when it knows frames that are drawn at once (mode 2026).
    private(set) var knowsWholeFrames = false

    /// True once it was asked; an answer may never come.
    private(set) var wasAsked = false

    private var askedAt: UInt64?
    private var measuredAt: UInt64?
    private var samples: [Int] = []

    init(asksForModes: Bool) { self.asksForModes = asksForModes }

    /// The questions; they are on their way from now on.
    mutating func questions(at now: UInt64) -> [UInt8] {
        let mode = asksForModes && !wasAsked ? "\u{1B}[?2026$p" : ""
        wasAsked = true
        askedAt = now
        measuredAt = now
        return Array((mode + "\u{1B}[5n").utf8)
    }

    /// True when it was long ago that the way was measured.
    func isDue(at now: UInt64) -> Bool {
        guard let measuredAt else { return true }
        return now &- measuredAt >= Self.pauseNanoseconds
    }

    /// The terminal says whether it knows the mode.
    mutating func learned(_ mode: Int, isKnown: Bool, at now: UInt64) {
        guard mode == 2026, let askedAt else { return }
        let isLate = Self.milliseconds(from: askedAt, to: now) > Self.patienceMilliseconds
        knowsWholeFrames = isKnown && !isLate
    }

    /// What follows from an answer.
    enum Outcome: Hashable, Sendable {
        /// It answers nothing that was asked.
        case unasked
        /// One more look is worth it: write `questions(at:)` again.
        case askAgain
        /// The way there and back takes so many milliseconds.
        case measured(milliseconds: Int)
    }

    /// The terminal answered.
    mutating func answered(at now: UInt64) -> Outcome {
        guard let askedAt else { return .unasked }
        self.askedAt = nil
        samples.append(Self.milliseconds(from: askedAt, to: now))
        let shortest = samples.min() ?? 0
        if shortest > Self.slowMilliseconds, samples.count < Self.samplesMax { return .askAgain }
        samples = []
        return .measured(milliseconds: shortest)
    }

    /// How long an answer may still be waited for, so that it lands nowhere else.
    func outstandingMilliseconds(at now: UInt64, atMost limit: Int) -> Int {
        guard let askedAt else { return 0 }
        return max(0, limit - Self.milliseconds(from: askedAt, to: now))
    }

    /// The terminal was somebody else's: what it knows is asked anew.
    mutating func forget() { self = LineProbe(asksForModes: asksForModes) }

    private static func milliseconds(from start: UInt64, to end: UInt64) -> Int {
        end > start ? Int((end - start) / 1_000_000) : 0
    }
}
