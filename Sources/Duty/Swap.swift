public import Approvals
public import ZoneTime

/// An offer: somebody takes these hours of mine, and I may take hours of theirs.
public struct Swap: Hashable, Sendable {
    /// Whose hours are given away.
    public var beneficiary: MemberID
    public var window: InstantRange
    /// The hours that the beneficiary takes in return.
    public var inReturn: InstantRange?

    /// Puts an offer together.
    public init(beneficiary: MemberID, window: InstantRange, inReturn: InstantRange? = nil) {
        self.beneficiary = beneficiary
        self.window = window
        self.inReturn = inReturn
    }

    /// Why an offer cannot be taken.
    public enum Refusal: Error, Hashable, Sendable {
        /// Nobody swaps with themselves.
        case ownOffer
        /// Its hours began; an offer that nobody took lapses.
        case lapsed
        /// A half of it conflicts with an override.
        case override(OverrideRefusal)
    }

    /// How long before the start somebody is reminded of an offer that nobody took, in hours.
    public static let reminderHours = [672, 504, 336, 168, 72, 48, 24, 12]

    /// The reminders that are still to come.
    public func reminders(after now: Timestamp) -> [Timestamp] {
        Self.reminderHours.map { window.start.adding(seconds: -$0 * 3_600) }.filter { $0 > now }
    }

    /// The schedule after `taker` took the offer; the two halves are overrides like any other.
    public func taken(
        by taker: MemberID, ids: (OverrideID, OverrideID), in schedule: Schedule, now: Timestamp
    ) throws(Refusal) -> Schedule {
        guard taker != beneficiary else { throw .ownOffer }
        guard now < window.start else { throw .lapsed }
        let given = Override(id: ids.0, window: window, remove: beneficiary, add: taker)
        do {
            let half = try schedule.adding(given, now: now)
            guard let inReturn else { return half }
            let back = Override(id: ids.1, window: inReturn, remove: taker, add: beneficiary)
            return try half.adding(back, now: now)
        } catch {
            throw .override(error)
        }
    }

    /// The schedule without either half.
    public static func undone(
        _ ids: [OverrideID], in schedule: Schedule, now: Timestamp
    ) -> Schedule {
        ids.reduce(schedule) { $0.removing($1, now: now) }
    }
}

/// Names one offer to swap of a schedule.
public struct SwapID: UniqueIdentifier {
    public let rawValue: String
    public init(_ uuid: UUIDv7) { rawValue = uuid.text }
    public init?(_ text: String) {
        guard let uuid = ApprovalID(text) else { return nil }
        rawValue = uuid.rawValue
    }
}
