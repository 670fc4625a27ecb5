public import Keymap
public import TextGrid
public import ZoneTime

/// What the inbox is told once, at its start.
public struct InboxSettings: Hashable, Sendable {
    /// Which keys mean what.
    public var keymap: Keymap
    /// What the terminal can draw.
    public var repertoire: Repertoire
    /// Spares bytes: the selected row gets a pointer instead of reverse, other rows no clock.
    ///
    /// Nil leaves it to what the line turns out to be.
    public var isLowBandwidth: Bool?
    /// True for people whose screen is read aloud: one thing at a time from top to bottom, its
    /// state in words, nothing drawn and no clock that runs.
    public var isLinear: Bool
    /// False never rings the bell.
    public var ringsBell: Bool
    /// The names of the themes that can be chosen.
    public var themes: [String] = []
    /// The control plane's address as the header shows it, without user or password.
    public var server: String
    /// Whether the tour is offered at the start.
    public var tour: TourOffer
    /// Seconds that the server may hold a poll back.
    public var pollWaitSeconds: Int
    /// Rows of one page of the feed.
    public var pageRows: Int
    /// The person's own views.
    public var views: [SavedView]
    /// Minutes without a key after which the inbox locks; 0 for never.
    public var lockMinutes: Int
    /// Hours after which it locks whatever happened; 0 for never.
    public var sessionHours: Int
    /// The zone in which times are written and read.
    public var zone: Zone = .utc
    /// True when stopping the program locks it.
    public var locksOnSuspend = false
    /// What a locked inbox asks for.
    public var unlocking: Unlocking
    /// False when nothing is kept between runs: what is not sent is lost at the end.
    public var keepsCopy: Bool
    /// Seconds in which a decision can be taken back before it is sent; 0 sends at once.
    public var undoSeconds: Int
    /// Reasons that can be chosen for a rejection.
    public var rejectReasons: [String]

    /// The vkeys of audit logs that came another way; without one of a log, its keys are taken at
    /// the first use.
    public var logKeys: [String] = []

    /// What a locked inbox asks for before it opens; the server has its say in every case.
    public enum Unlocking: Hashable, Sendable {
        /// Nothing: the token is where it was.
        case token
        /// The passphrase of the login.
        case passphrase
        /// A program of this name is run, which may ask for what it likes.
        case command(String)
    }

    /// Puts settings together; what is not given has the default of the settings file, except that
    /// nothing locks by itself.
    public init(
        keymap: Keymap = .standard, repertoire: Repertoire = .unicode,
        isLowBandwidth: Bool? = nil, isLinear: Bool = false, ringsBell: Bool = true,
        server: String = "", tour: TourOffer = .none, pollWaitSeconds: Int = 20,
        pageRows: Int = 200, keepsCopy: Bool = true, lockMinutes: Int = 0, sessionHours: Int = 0,
        unlocking: Unlocking = .token, views: [SavedView] = [], undoSeconds: Int = 0,
        rejectReasons: [String] = []
    ) {
        self.keymap = keymap
        self.repertoire = repertoire
        self.isLowBandwidth = isLowBandwidth
        self.isLinear = isLinear
        self.ringsBell = ringsBell
        self.server = server
        self.tour = tour
        self.pollWaitSeconds = min(max(0, pollWaitSeconds), Self.pollWaitSecondsMax)
        self.views = views
        self.pageRows = min(max(1, pageRows), Self.pageRowsMax)
        self.keepsCopy = keepsCopy
        self.lockMinutes = max(0, lockMinutes)
        self.sessionHours = max(0, sessionHours)
        self.unlocking = unlocking
        self.undoSeconds = min(max(0, undoSeconds), Self.undoSecondsMax)
        self.rejectReasons = Array(rejectReasons.prefix(Self.rejectReasonsMax))
    }

    /// The longest wait of a poll.
    public static let pollWaitSecondsMax = 60
    /// The most rows of a page.
    public static let pageRowsMax = 500
    /// Nobody waits longer for a decision to be sent.
    public static let undoSecondsMax = 30
    /// As many reasons as there are digits to choose one.
    public static let rejectReasonsMax = 9
}
