public import Approvals

/// A time zone: which offset holds at each instant, and which instants a clock on the wall means.
///
/// All of it comes from the bytes of a TZif file; the same bytes give the same answers anywhere.
public struct Zone: Sendable, Hashable {
    /// As in `Europe/Berlin`.
    public let name: String
    /// The version of the database that the bytes came from, such as `2025b`.
    public let version: String
    private let firstOffset: Int
    private let transitions: [Int]
    private let offsets: [Int]
    /// From here on the offsets repeat every 400 years; nil when the last one stays.
    private let repeatsFrom: Int?

    /// Reads a zone file.
    public init(
        name: String, version: String = "", file bytes: [UInt8]
    ) throws(ZoneRefusal) {
        let file = try ZoneFile(bytes)
        self.name = name
        self.version = version
        firstOffset = file.firstOffset
        var times = file.transitions
        var values = file.offsets
        let last = times.last ?? Int(Int32.min)
        if let rule = file.rule, rule.summer != nil {
            let year = LocalTime(seconds: last).date.year
            // One era and a bit, so that shifting by whole eras always lands inside.
            for change in (year - 1...year + 402).flatMap(rule.changes) where change.at > last {
                times.append(change.at)
                values.append(change.offset)
            }
            repeatsFrom = CivilDate.clamped(day: 1, inMonth: (year + 401) * 12).dayNumber * 86_400
        } else {
            if let rule = file.rule, values.last != rule.standardOffset, !values.isEmpty {
                throw .rule("the last offset and the last line disagree")
            }
            repeatsFrom = nil
        }
        transitions = times
        offsets = values
    }

    /// Coordinated universal time.
    public static let utc = Zone(name: "UTC", offset: 0)

    private init(name: String, offset: Int) {
        self.name = name
        version = ""
        firstOffset = offset
        transitions = []
        offsets = []
        repeatsFrom = nil
    }

    /// The days of 400 years, after which the calendar repeats itself.
    private static let eraSeconds = 146_097 * LocalTime.daySeconds

    /// Seconds east of Greenwich at an instant.
    public func offset(at instant: Timestamp) -> Int {
        offset(atSecond: Floored.quotient(Int(instant.milliseconds), 1_000))
    }

    /// What the wall shows at an instant.
    public func local(at instant: Timestamp) -> LocalTime {
        let second = Floored.quotient(Int(instant.milliseconds), 1_000)
        return LocalTime(seconds: second + offset(atSecond: second))
    }

    /// Which instants the wall shows `local` at.
    public func meaning(of local: LocalTime) -> LocalMeaning {
        let shift = eras(before: local.seconds)
        let seconds = local.seconds - shift
        // No offset is bigger than a day, and a zone may skip one whole day.
        let low = index(of: seconds - 2 * LocalTime.daySeconds)
        let high = index(of: seconds + 2 * LocalTime.daySeconds)
        var first: Int?
        var last: Int?
        var gap = 0
        for index in low...high {
            let instant = seconds - offset(index)
            let starts = index == 0 ? Int.min : transitions[index - 1]
            let ends = index == transitions.count ? Int.max : transitions[index]
            if instant >= starts, instant < ends {
                if first == nil { first = instant }
                last = instant
            }
            // The wall jumps over `local` where this stretch ends.
            if index < high, instant >= ends, seconds - offset(index + 1) < ends { gap = ends }
        }
        guard let first, let last else { return .skipped(Self.timestamp(gap + shift)) }
        guard first < last else { return .once(Self.timestamp(first + shift)) }
        return .twice(Self.timestamp(first + shift), Self.timestamp(last + shift))
    }

    /// The instants at which the offset changes, after `start` and up to `end`.
    public func changes(after start: Timestamp, through end: Timestamp) -> [Timestamp] {
        let low = Floored.quotient(Int(start.milliseconds), 1_000)
        let high = Floored.quotient(Int(end.milliseconds), 1_000)
        let begin = index(of: low)
        return transitions[begin...].prefix { $0 <= high }.map(Self.timestamp)
    }

    private func offset(atSecond second: Int) -> Int {
        offset(index(of: second - eras(before: second)))
    }

    private func offset(_ index: Int) -> Int { index == 0 ? firstOffset : offsets[index - 1] }

    /// How many transitions are at or before a second.
    private func index(of second: Int) -> Int {
        var low = 0
        var high = transitions.count
        while low < high {
            let middle = (low + high) / 2
            if transitions[middle] <= second { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// Whole eras to go back, so that a second lies within the table.
    private func eras(before second: Int) -> Int {
        guard let repeatsFrom, second >= repeatsFrom else { return 0 }
        return ((second - repeatsFrom) / Self.eraSeconds + 1) * Self.eraSeconds
    }

    private static func timestamp(_ second: Int) -> Timestamp {
        Timestamp(milliseconds: Int64(second) * 1_000)
    }
}

/// Which instants a time on the wall means.
public enum LocalMeaning: Hashable, Sendable {
    case once(Timestamp)
    /// The clock was put forward over it, at this instant.
    case skipped(Timestamp)
    /// The clock was put back over it: the first and the last time it shows this.
    case twice(Timestamp, Timestamp)

    /// The first instant; that of the change when there is none.
    public var first: Timestamp {
        switch self {
        case .once(let instant), .skipped(let instant), .twice(let instant, _): instant
        }
    }

    /// The last instant; that of the change when there is none.
    public var last: Timestamp {
        switch self {
        case .once(let instant), .skipped(let instant), .twice(_, let instant): instant
        }
    }
}

/// What a window is for; decides which of two instants a time on the wall means.
public enum WindowPurpose: Hashable, Sendable, CaseIterable {
    /// Errs long: from the first to the last.
    case duty
    /// Errs short: nobody is left undisturbed for longer than they asked.
    case silence
    /// Errs short: nobody may do more than was given.
    case authority
}

extension Zone {
    /// The instants of a window between two times on the wall; nil when nothing is left of it.
    public func window(
        from start: LocalTime, to end: LocalTime, for purpose: WindowPurpose
    ) -> InstantRange? {
        let (opens, closes) = (meaning(of: start), meaning(of: end))
        return switch purpose {
        case .duty: InstantRange(opens.first, closes.last)
        case .silence, .authority: InstantRange(opens.last, closes.first)
        }
    }
}

/// A half-open stretch of time; never empty.
public struct InstantRange: Hashable, Sendable {
    public let start: Timestamp
    /// The first instant that does not belong to it.
    public let end: Timestamp

    /// Nil unless `start` is before `end`.
    public init?(_ start: Timestamp, _ end: Timestamp) {
        guard start < end else { return nil }
        self.start = start
        self.end = end
    }

    /// True when `instant` lies in it.
    public func contains(_ instant: Timestamp) -> Bool { start <= instant && instant < end }

    /// True when the two share an instant.
    public func overlaps(_ other: InstantRange) -> Bool {
        start < other.end && other.start < end
    }

    /// True when all of `other` lies in it.
    public func covers(_ other: InstantRange) -> Bool { start <= other.start && other.end <= end }

    /// How long it is.
    public var milliseconds: Int64 { end.since(start) }

    /// What both have; nil when there is nothing.
    public func intersection(_ other: InstantRange) -> InstantRange? {
        InstantRange(max(start, other.start), min(end, other.end))
    }
}
