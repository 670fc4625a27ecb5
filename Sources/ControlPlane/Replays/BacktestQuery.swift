public import Approvals
public import JSONTree

/// A policy to be tried on a page of stored calls.
public struct BacktestQuery: Hashable, Sendable {
    /// The whole document, published or not.
    public let document: JSONValue
    /// How far back.
    public let seconds: Int
    /// Where the page before ended; nil for the first.
    public let cursor: String?
    /// The most stored calls that the page looks at.
    public let limit: Int

    /// Puts it together; a page looks at 2,000 calls, which takes a tenth of a second.
    public init(document: JSONValue, seconds: Int, cursor: String?, limit: Int = 2_000) {
        self.limit = limit
        self.document = document
        self.seconds = seconds
        self.cursor = cursor
    }
}

/// What a policy would have done to a page of stored calls.
public struct BacktestResult: Hashable, Sendable {
    public internal(set) var replayed = 0
    public internal(set) var notReplayable = 0
    /// Neither the policy nor its versions speak about the tool.
    public internal(set) var unconcerned = 0
    public internal(set) var agreement = Agreement()
    /// How many calls each group was asked about, and would have been.
    public internal(set) var loads: [GroupName: Load] = [:]
    /// Laxer ones first.
    public internal(set) var changed: [PolicyCase] = []
    /// What was tried on hidden values; it must be on record before the page is given out.
    public internal(set) var trial: BacktestTrial?
    /// On all pages together.
    public internal(set) var total = 0
    /// Nil on the last page.
    public internal(set) var next: String?

    /// The most calls that one page lists.
    public static let changedMax = 50

    /// How often a group was asked, and would have been.
    public struct Load: Hashable, Sendable {
        public internal(set) var before = 0
        public internal(set) var after = 0
    }
}
