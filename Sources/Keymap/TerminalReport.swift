/// What a terminal answered to a question of ours; never a key.
public enum TerminalReport: Hashable, Sendable {
    /// It works: the answer to `CSI 5 n`.
    case status
    /// Whether it knows a private mode: the answer to `CSI ? number $ p`.
    case mode(Int, isKnown: Bool)
}
