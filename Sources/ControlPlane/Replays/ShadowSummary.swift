public import Approvals
public import Policies

/// How a version would have decided as a shadow, beside what happened.
public struct ShadowSummary: Hashable, Sendable {
    public let policy: PolicyID
    public let version: Int
    public let since: Timestamp
    /// How many calls it was asked about.
    public let samples: Int
    public let agreement: Agreement
    /// How many of the laxer ones nobody has looked at yet.
    public let laxerUnreviewed: Int
    /// Laxer ones first, then the newest.
    public let cases: [PolicyCase]

    /// The most calls that one report lists.
    public static let casesMax = 200
}
