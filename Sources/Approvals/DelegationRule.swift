/// Whether authority may be lent for an approval; the strictest is the largest.
public enum DelegationRule: String, Hashable, Sendable, CaseIterable, Comparable {
    case allowed
    /// To somebody who shares a group with the grantor.
    case sameTeam = "same_team"
    case forbidden

    /// What holds when the policy says nothing.
    public static func usual(for risk: Risk) -> DelegationRule {
        risk == .critical ? .forbidden : .allowed
    }

    /// The laxer is less.
    public static func < (left: DelegationRule, right: DelegationRule) -> Bool {
        left.rank < right.rank
    }

    /// What two policies say together: the stricter, and what is said before what is not.
    public static func joined(
        _ one: DelegationRule?, _ other: DelegationRule?
    ) -> DelegationRule? { [one, other].compactMap(\.self).max() }

    private var rank: Int {
        switch self {
        case .allowed: 0
        case .sameTeam: 1
        case .forbidden: 2
        }
    }
}
