public import Approvals

/// Why a delegation is not made.
public enum DelegationRefusal: Error, Hashable, Sendable {
    /// To oneself.
    case toOneself
    /// Its end is not after its start.
    case empty
    /// It would begin before it is made.
    case backDated
    /// Longer than `DelegationRules.daysMax`.
    case tooLong
    /// It names nothing; everything has to be said.
    case emptyScope
    /// No reason is given.
    case noReason
    /// This person is not here, or does not decide: agents, groups and guests lend and borrow
    /// nothing.
    case notADecider(MemberID)
    /// Somebody who is not a lead lends what is not theirs.
    case notYours
    /// A lead lends somebody's authority to themselves; a second lead has to do that.
    case toItsMaker
    /// This person lends or borrows as much as one may.
    case tooMany(MemberID)
}

/// What every delegation has to keep.
public enum DelegationRules {
    /// The longest delegation, in days of 24 hours.
    public static let daysMax = 30
    /// The usual length, in days of 24 hours.
    public static let daysUsual = 14
    /// How many that are not over one person may lend, and how many they may borrow.
    public static let perPersonMax = 20
    /// How far in the past a start may lie that was "now" when it was sent, in milliseconds.
    public static let backDatingMax: Int64 = 60_000

    /// Refuses a delegation that may not be.
    ///
    /// `standing` are those of the two that are not over. The store asks again in the transaction
    /// that saves it.
    public static func check(
        _ new: Delegation, maker: Member, grantor: Member?, delegate: Member?,
        standing: [Delegation]
    ) throws(DelegationRefusal) {
        guard new.grantor != new.delegate else { throw .toOneself }
        guard new.start < new.end else { throw .empty }
        guard new.createdAt.since(new.start) <= backDatingMax else { throw .backDated }
        guard new.end.since(new.start) <= Int64(daysMax) * 86_400_000 else { throw .tooLong }
        guard !new.scope.isEmpty else { throw .emptyScope }
        guard new.reason.utf8.contains(where: { $0 > 0x20 }) else { throw .noReason }
        guard let grantor, decides(grantor) else { throw .notADecider(new.grantor) }
        guard let delegate, decides(delegate) else { throw .notADecider(new.delegate) }
        if maker.id != grantor.id {
            guard maker.roles.contains(.lead) else { throw .notYours }
            guard maker.id != delegate.id else { throw .toItsMaker }
        }
        let current = standing.filter { [.coming, .active].contains($0.state(at: new.createdAt)) }
        guard current.count(where: { $0.grantor == new.grantor }) < perPersonMax else {
            throw .tooMany(new.grantor)
        }
        guard current.count(where: { $0.delegate == new.delegate }) < perPersonMax else {
            throw .tooMany(new.delegate)
        }
    }

    /// Whether `member` may take a delegation back: who lent, who borrowed, and every lead.
    public static func mayRevoke(_ member: Member, _ delegation: Delegation) -> Bool {
        member.id == delegation.grantor || member.id == delegation.delegate
            || member.roles.contains(.lead)
    }

    private static func decides(_ member: Member) -> Bool {
        !Authority.deciders.isDisjoint(with: member.roles)
    }
}
