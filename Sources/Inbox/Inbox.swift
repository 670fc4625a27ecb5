public import Approvals
package import Keymap
public import TextGrid
package import WireAPI

/// The approver's inbox: all of its state, and the one way to change it.
///
/// It knows neither clock nor network nor terminal. Whoever runs it sends messages and carries out
/// the effects that come back; drawing is a function of this value and a size.
public struct Inbox: Sendable {
    /// What it was told at its start, or when the settings were read again.
    public internal(set) var settings: InboxSettings
    /// The size of the screen.
    public internal(set) var size = GridSize(columns: 80, rows: 24)

    /// The local time of the last message.
    package internal(set) var now = Timestamp(milliseconds: 0)
    package internal(set) var clock = ServerClock()
    package internal(set) var queue = Queue()
    package internal(set) var history = HistoryList()
    package internal(set) var pages = Pages()
    package internal(set) var grants = GrantPane()
    /// The zones in which schedules are written.
    var zones = KnownZones()
    package internal(set) var shelf = ViewShelf()
    package internal(set) var seen = SeenValues()
    package internal(set) var pane = DetailPane()
    package internal(set) var screen: Screen = .queue
    package internal(set) var focus: Focus = .list
    /// What lies above the lists; the last one takes the keys.
    package internal(set) var overlays: [Overlay] = []
    /// Half-done edits.
    package internal(set) var editors: [ApprovalID: ArgumentEditor] = [:]
    package internal(set) var outbox = Outbox()
    /// The rows that are to be decided together.
    package internal(set) var marks = Marks()
    /// The table of what is decided together, while it is open or has no answer yet.
    package internal(set) var bulk: BulkTable?
    package internal(set) var poller = Poller()
    /// How slow the line and the server are.
    package internal(set) var pace = Pace()
    /// Who is asking, as the server says.
    package internal(set) var me: MeAnswer?
    /// Whether the audit log is still the one that was seen before.
    package internal(set) var logWatch = LogWatch()
    /// What was looked for in it last.
    var lastSearch = ""
    package internal(set) var notice: Notice?
    /// Whether anybody may see and do anything.
    package internal(set) var lock = Lock()
    /// What was decided on calls like those that were looked at.
    package internal(set) var earlier = EarlierDecisions()
    /// What is looked for in arguments, edits and differences.
    package internal(set) var search: ArgumentSearch?
    /// Presses of a key sequence that is not complete yet.
    package internal(set) var strokes: [KeyStroke] = []
    /// Why there is no view of an approval, for those that could not be fetched.
    package internal(set) var viewTroubles: [ApprovalID: String] = [:]

    /// True once what was kept here was removed because the token is not valid any more.
    var wasRevoked = false
    var seed: Seed
    /// How the person looks at the lists.
    package internal(set) var triage = Triage()
    var arming = Arming()
    var network = Network()
    var copy = LocalCopy()
    /// What was copied last, in words.
    var copying = ""
    /// Lines typed after `:`, the latest last.
    var typedLines: [String] = []
    package internal(set) var tour: Tour
    var effects: [InboxEffect] = []

    /// An inbox before its first message.
    ///
    /// `seed` makes keys of decisions and spreads retries; give each run another one from a source
    /// that nobody can guess.
    public init(settings: InboxSettings = InboxSettings(), seed: UInt64) {
        self.settings = settings
        self.seed = Seed(seed)
        tour = Tour(settings.tour)
    }

    /// Takes what happened at the local time `now`, and says what to do about it.
    ///
    /// Local time is the wall clock read once at the start of the program plus what a monotonic
    /// clock counted since, so that it never steps back.
    public mutating func update(_ message: InboxMessage, at now: Timestamp) -> [InboxEffect] {
        self.now = max(self.now, now)
        let before = Standpoint(self)
        if !minded(message) { take(message) }
        if message != .drawn {
            followTour()
            follow(from: before, isNews: message.isNews)
        }
        defer { effects = [] }
        return effects
    }

    private mutating func take(_ message: InboxMessage) {
        switch message {
        case .started(let cached): start(cached)
        case .rowsLoaded(let rows): loaded(rows)
        case .viewLoaded(let id, let view): loaded(view, of: id)
        case .cacheFailed(let sentence):
            copy.isUseless = true
            say(.warning, "The local copy: \(sentence)")
        case .cacheDamaged:
            say(
                .warning,
                "Some rows of the local copy do not open and are missing here. Leave and start "
                    + "again: then all is fetched anew.")
        case .saved(let totals): copy.totals = totals
        case .drawn: drawn()
        case .key(let stroke): isLocked ? pressedLocked(stroke) : pressed(stroke)
        case .paste(let text): isLocked ? pastedLocked(text) : pasted(text)
        case .pointed(let target): if !isLocked { pointed(at: target) }
        case .mouse(let event): if !isLocked { moused(event) }
        case .lineMeasured(let milliseconds): pace.measured(line: milliseconds)
        case .copied(let outcome): copied(outcome)
        case .resized(let size): resized(to: size)
        case .woke: network.wakeAsked = nil
        case .answered(let id, let result): answered(id, result)
        case .editorReturned(let result): editorReturned(result)
        case .tokenReplaced: tokenReplaced()
        case .tokenRead(let refusal): tokenRead(refusal)
        case .resumed: resumed()
        case .settingsTaken(let fresh, let sentence): adopt(fresh, sentence)
        case .settingsRefused(let sentence): say(.warning, sentence)
        case .themeTaken(let name): say(.info, "The theme is \(name).")
        case .zoneRead(let name, let zone): zones.took(zone, named: name)
        case .stopRequested: leave()
        }
    }
}

/// What the local copy holds, as far as it matters here.
struct LocalCopy: Sendable {
    /// What it holds in all; nil when everything it holds is in memory.
    var totals: CachedTotals?
    /// Where its rows go on; nil when all of them are in memory.
    var place: RowPlace?
    /// When the server last stood behind it, by the local clock of an earlier run.
    var answeredAt: Timestamp?
    /// When it was opened in this run.
    var openedAt = Timestamp(milliseconds: 0)
    /// True while a piece was asked for.
    var isLoading = false
    /// True when somebody needs every row: a filter, another order, the end of the list.
    var wantsAll = false
    /// True once it could not be read or written: what is not sent may be lost at the end.
    var isUseless = false
    /// True when the list is to be sorted once every row is there.
    var sortsWhenLoaded = false
    /// True when the cursor is to go to the end once every row is there.
    var endWhenLoaded = false
    /// Rows of one piece.
    let pageRows = 2_000
}

/// Requests without an answer yet, and timers.
struct Network: Sendable {
    /// What an answer will be for.
    enum Purpose: Hashable, Sendable {
        case me
        /// Whether the server takes the token of whoever unlocks.
        case unlock
        /// Whether a refused token is refused for good.
        case confirmRefusal
        case feed
        case view(ApprovalID)
        /// A view that nobody looks at yet.
        case prefetch(ApprovalID)
        /// A view that the table of many shows.
        case bulkView(ApprovalID)
        case decision(ApprovalID)
        case decisions([ApprovalID])
        /// What was decided on calls like the one on the screen.
        case earlier(EarlierDecisions.Key)
        case historyFirst
        case historyNext
        /// What runs without asking.
        case grants
        /// What was released without an answer and nobody has looked at since.
        case needsReview
        case note(ApprovalID)
        case reviewing(ApprovalID)
        /// Nobody else is told for a while.
        case acknowledge(ApprovalID)
        /// What a page shows.
        case page(PageSubject)
        case policyMode(PolicyChange)
        case reviewed(String, version: Int)
        /// Authority that is lent, or what would come of it.
        case lend(DelegationBody, isPreview: Bool)
        case endDelegation(DelegationView)
        /// Who goes and who comes for a while, or what would come of it.
        case override(GroupName, OverrideBody, isPreview: Bool)
        case removeOverride(OverrideView)
        /// Hours that are offered, taken or given back.
        case swap(SwapStep)
        /// Who takes turns.
        case schedule(GroupName)
        /// Going off shift, or what would come of it.
        case offShift(isPreview: Bool)
        case onShift
        /// The newest signed checkpoint of the audit log.
        case logCheckpoint
        /// The proof that the audit log only grew.
        case logConsistency
        /// The keys that sign the audit log.
        case logKeys
    }

    /// False until the local copy was given: nothing is asked before.
    var isStarted = false
    private(set) var purposes: [RequestID: Purpose] = [:]
    private var last = 0
    /// When the server said last who this is, and whether releases are halted.
    var whoAnsweredAt: Timestamp?
    /// The time that was asked for with `.wake`.
    var wakeAsked: Timestamp?
    /// True when another approval was on the screen before this one.
    var hadSubject = false
    /// When the server answered again after it did not.
    var onlineSince = Timestamp(milliseconds: 0)
    /// When the approval on the screen became another one.
    var subjectSince = Timestamp(milliseconds: 0)
    /// Whose token goes with the requests, as far as the server said.
    var holder = TokenHolder.unproven
    /// Until when the server is not asked again who this is.
    var whoRestsUntil: Timestamp?
    /// Until when views are not asked for again after a failure.
    var viewsRestUntil: Timestamp?
    /// Approvals of which the local copy was asked for its view.
    var askedCopy: Set<ApprovalID> = []
    /// When what is typed into a document is kept next.
    var textDueAt: Timestamp?
    /// How many pages of what is to be looked at again may be asked for; nil before the first.
    var reviewPagesLeft: Int?
    /// What left the queue while those were asked for, with its revision then.
    var leftMeanwhile: [ApprovalID: Int] = [:]
    /// What the person was told of arrivals outside the screen.
    var attention = Attention()
    /// The approval that others were told is being looked at, and when.
    var reviewing: (id: ApprovalID, at: Timestamp)?

    mutating func open(_ purpose: Purpose) -> RequestID {
        last += 1
        let id = RequestID(last)
        purposes[id] = purpose
        return id
    }

    mutating func close(_ id: RequestID) -> Purpose? {
        purposes.removeValue(forKey: id)
    }

    func isOpen(_ purpose: Purpose) -> Bool { purposes.values.contains(purpose) }

    func request(for purpose: Purpose) -> RequestID? {
        purposes.first { $0.value == purpose }?.key
    }
}

/// Which keys are deaf, and for how long.
///
/// A person who meant another row, another revision or another dialog must not decide this one.
struct Arming: Sendable {
    /// Decision keys do nothing before this.
    private(set) var armedAt = Timestamp(milliseconds: 0)
    /// The key that decided last: while it is held down it does nothing more.
    private var muted: KeyStroke?
    private var mutedAt = Timestamp(milliseconds: 0)

    /// After the selection, the row or the dialog became another one.
    static let pauseMilliseconds: Int64 = 300
    /// After what is shown was changed by somebody else.
    static let changedMilliseconds: Int64 = 1_000
    /// On a slow line the detail waits for the cursor to stand still for so long.
    static let detailRestMilliseconds: Int64 = 300
    /// A detail that is being fetched is waited for so long before that is said.
    static let fetchRestMilliseconds: Int64 = 150
    /// A held key repeats faster than this.
    static let repeatMilliseconds: Int64 = 500

    mutating func disarm(at now: Timestamp, for milliseconds: Int64 = pauseMilliseconds) {
        armedAt = max(armedAt, now.adding(milliseconds: milliseconds))
    }

    func isArmed(at now: Timestamp) -> Bool { now >= armedAt }

    mutating func mute(_ stroke: KeyStroke?, at now: Timestamp) {
        muted = stroke
        mutedAt = now
    }

    /// True when a press is only the repetition of the key that decided.
    mutating func swallows(_ stroke: KeyStroke, at now: Timestamp) -> Bool {
        guard stroke == muted, now.since(mutedAt) < Self.repeatMilliseconds else {
            muted = nil
            return false
        }
        mutedAt = now
        return true
    }
}
