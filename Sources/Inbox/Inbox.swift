public import Approvals
public import TextGrid

/// The approver's inbox: all of its state, and the one way to change it.
///
/// It knows neither clock nor network nor terminal. Whoever runs it sends messages and carries out
/// the effects that come back; drawing is a function of this value and a size.
public struct Inbox: Sendable {
    /// What it was told at its start.
    public let settings: InboxSettings
    /// The size of the screen.
    public private(set) var size = GridSize(columns: 80, rows: 24)

    /// An inbox before its first message.
    ///
    /// `seed` makes keys of decisions and spreads retries; give each run another one from a source
    /// that nobody can guess.
    public init(settings: InboxSettings = InboxSettings(), seed: UInt64) {
        self.settings = settings
        self.seed = seed
    }

    /// Takes what happened at the local time `now`, and says what to do about it.
    ///
    /// Local time is the wall clock read once at the start of the program plus what a monotonic clock
    /// counted since, so that it never steps back.
    public mutating func update(_ message: InboxMessage, at now: Timestamp) -> [InboxEffect] {
        switch message {
        case .resized(let size):
            self.size = size
            return []
        case .stopRequested: return [.quit(status: 0)]
        case .started, .rowsLoaded, .viewLoaded, .cacheFailed, .saved, .drawn, .key, .paste, .woke,
            .answered, .editorReturned, .resumed:
            return []
        }
    }

    private var seed: UInt64
}
