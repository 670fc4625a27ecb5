import JSONTree

/// Who was expected to decide an approval when that was last looked up, and when to look again.
///
/// It is part of the one timer of a pending approval, so that a change of shifts needs no timer of
/// its own and cannot be lost beside one.
public struct DutyWatch: Hashable, Sendable {
    /// Those on duty; the last ones, while nobody is.
    public var people: [MemberID]
    /// When duty changes next, or is looked up again.
    public var nextAt: Timestamp
    /// The last time that it was brought to other people.
    public var handOver: HandOver?

    /// It was brought to those who came on duty.
    public struct HandOver: Hashable, Sendable {
        public let from: [MemberID]
        public let to: [MemberID]
        public let at: Timestamp

        /// Puts it together.
        public init(from: [MemberID], to: [MemberID], at: Timestamp) {
            self.from = from
            self.to = to
            self.at = at
        }
    }

    /// How long somebody who went off duty can still hold an approval back, in seconds.
    public static let keptSeconds = 900
    /// How far a change of duty is looked for, in seconds; then it is looked up again.
    public static let aheadSeconds = 2 * 86_400

    /// Puts it together.
    public init(people: [MemberID], nextAt: Timestamp, handOver: HandOver? = nil) {
        self.people = people
        self.nextAt = nextAt
        self.handOver = handOver
    }

    /// Until when somebody may hold it back; nil for who did not hand it over.
    public func heldAtMost(by member: MemberID) -> Timestamp? {
        guard let handOver, handOver.from.contains(member), !people.contains(member) else {
            return nil
        }
        return handOver.at.adding(seconds: Self.keptSeconds)
    }

    var record: JSONValue {
        var members = RecordMembers()
        members.put("people", list: people.map { .string($0.rawValue) })
        members.put("next", instant: nextAt)
        members.put("from", list: (handOver?.from ?? []).map { .string($0.rawValue) })
        members.put("to", list: (handOver?.to ?? []).map { .string($0.rawValue) })
        members.put("handed", instant: handOver?.at)
        return members.value
    }

    init(record fields: RecordFields) throws(RecordError) {
        let from = try fields.list("from") { $0.recordName(MemberID.self) }
        let to = try fields.list("to") { $0.recordName(MemberID.self) }
        let at = try fields.optional("handed", \.recordInstant)
        self.init(
            people: try fields.list("people") { $0.recordName(MemberID.self) },
            nextAt: try fields.required("next", \.recordInstant),
            handOver: at.map { HandOver(from: from, to: to, at: $0) })
    }
}
