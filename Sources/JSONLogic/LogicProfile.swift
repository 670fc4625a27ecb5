/// Which reading of JSONLogic holds.
public enum LogicProfile: String, Hashable, Sendable, CaseIterable {
    /// Ours, for policies: what is missing, null or of another type leaves the answer open.
    case strict
    /// What the public suites say, with the coercions of ECMAScript.
    case compat
}
