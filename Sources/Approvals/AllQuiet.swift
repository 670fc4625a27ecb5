/// What happens when nobody who could decide may be disturbed; the one that asks least of people
/// who sleep is the smallest.
///
/// None of them ever releases a call.
public enum AllQuiet: String, Hashable, Sendable, CaseIterable, Comparable {
    /// The deadline moves to when somebody wakes up.
    case wait
    /// They are disturbed all the same.
    case breakThrough = "break_through"
    /// The next step of the plan, at once.
    case escalate
    /// The call is refused at once.
    case deny

    /// What holds when the policy says nothing.
    public static func usual(for risk: Risk) -> AllQuiet { risk == .low ? .wait : .escalate }

    public static func < (left: AllQuiet, right: AllQuiet) -> Bool { left.rank < right.rank }

    /// What two policies say together: the stricter, and what is said before what is not.
    public static func joined(_ one: AllQuiet?, _ other: AllQuiet?) -> AllQuiet? {
        [one, other].compactMap(\.self).max()
    }

    private var rank: Int {
        switch self {
        case .wait: 0
        case .breakThrough: 1
        case .escalate: 2
        case .deny: 3
        }
    }
}
