package import Approvals
import WireAPI

/// Asks the control plane for what changed, over and over, and knows how the connection is.
package struct Poller: Sendable {
    /// How the connection is.
    package enum Connection: Hashable, Sendable {
        /// Nothing was answered yet.
        case connecting
        case online
        /// No answer can be had; a sentence says why.
        case offline(String)
        /// The server answers, but not to this token.
        case refused(String)
    }

    /// What the poller does now.
    enum Work: Hashable, Sendable {
        case nothing
        case asking(RequestID)
        /// Asks again at this local time.
        case resting(Timestamp)
    }

    package private(set) var connection: Connection = .connecting
    var work: Work = .nothing
    /// Where the feed goes on; nil for its beginning.
    private(set) var cursor: String?
    /// Local time of the last answer, also of an earlier run.
    package private(set) var answeredAt: Timestamp?
    /// True once everything was fetched in this run.
    package private(set) var isComplete = false
    /// True while the whole queue is fetched anew.
    package private(set) var isReloading = false
    private var backOff = BackOff()
    /// True until the next answer: a person wants to know now.
    private var mustHurry = false

    package init() {}

    /// True when a decision can be sent now.
    package var isOnline: Bool { connection == .online }

    /// Goes on where an earlier run ended.
    mutating func resume(_ feed: CachedFeed) {
        cursor = feed.cursor
        answeredAt = feed.answeredAt
    }

    /// What to ask at `now`; nil while something is asked or rests.
    mutating func next(at now: Timestamp, settings: InboxSettings) -> HTTPRequest? {
        guard mayAsk(at: now) else { return nil }
        // The first pages come at once; only when all is known is it worth to wait for news.
        let isNews = isComplete && !isReloading && isOnline && !mustHurry
        let wait = isNews ? settings.pollWaitSeconds : 0
        return Requests.feed(since: cursor, wait: wait, limit: settings.pageRows)
    }

    /// True unless something is asked or rests.
    func mayAsk(at now: Timestamp) -> Bool {
        switch work {
        case .asking: false
        case .resting(let until): now >= until
        case .nothing: true
        }
    }

    /// Nothing was answered to the token that is in use now.
    mutating func startAnew() {
        work = .nothing
        connection = .connecting
    }

    /// A page came.
    mutating func answered(_ page: InboxAnswer, at now: Timestamp) {
        succeeded(at: now)
        cursor = page.next
        if !page.hasMore {
            isComplete = true
            isReloading = false
        }
    }

    /// The server answered that nothing changed.
    mutating func unchanged(at now: Timestamp) { succeeded(at: now) }

    /// The server forgot where this feed was: everything is fetched anew.
    mutating func reset(at now: Timestamp) {
        succeeded(at: now)
        cursor = nil
        isReloading = true
    }

    /// No answer, or one that says nothing; `retryAfter` in seconds when the server named one.
    mutating func failed(
        _ sentence: String, retryAfter: Int?, at now: Timestamp, using seed: inout Seed
    ) {
        let pause = backOff.failed(using: &seed)
        let named = retryAfter.map { Int64(min(max(0, $0), 300)) * 1_000 } ?? 0
        work = .resting(now.adding(milliseconds: max(pause, named)))
        connection = .offline(sentence)
    }

    /// The server did not accept the token; only a person can mend that, so it is asked seldom.
    mutating func refused(_ sentence: String, at now: Timestamp) {
        work = .resting(now.adding(seconds: 30))
        connection = .refused(sentence)
    }

    /// Asks at once, whatever it was doing.
    mutating func hurry() {
        work = .nothing
        mustHurry = true
    }

    /// Forgets the place in the feed: another person's token, another queue.
    mutating func forget() {
        cursor = nil
        isComplete = false
        answeredAt = nil
    }

    /// When to look again by itself.
    var wakeAt: Timestamp? {
        if case .resting(let until) = work { return until }
        return nil
    }

    private mutating func succeeded(at now: Timestamp) {
        backOff.succeeded()
        mustHurry = false
        work = .nothing
        connection = .online
        answeredAt = now
    }
}
