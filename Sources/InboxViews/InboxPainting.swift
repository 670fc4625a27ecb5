public import Approvals
public import Inbox
public import TextGrid

/// A frame, and the inbox as it is once that frame is on the screen.
///
/// Both are made at one time for one size: what counts as seen is what is on the frame, however
/// long it takes to write it and whatever became due meanwhile.
public struct InboxPainting {
    /// What is to be shown.
    public let frame: Grid
    /// The inbox that knows that `frame` was shown; it takes the place of the one that was painted.
    public let inbox: Inbox
    /// What follows from that; to be carried out after the frame was shown.
    public let effects: [InboxEffect]

    /// Paints an inbox for a screen of this size at the local time `now`; `shown` is on the screen.
    public init(_ inbox: Inbox, size: GridSize, over shown: Grid?, at now: Timestamp) {
        var painted = inbox
        // A screen that changed its size while nobody listened tells nothing of it.
        var effects = inbox.size == size ? [] : painted.update(.resized(size), at: now)
        effects += painted.update(.drawn, at: now)
        var frame = inboxFrame(painted, size: size)
        if painted.detailRests, let shown, shown.size == size {
            frame.keep(painted.layout.keys, of: shown)
            frame.keep(
                painted.layout.detail, of: shown,
                note: painted.sparesBytes ? "(the selected one follows)" : nil)
        }
        self.frame = frame
        self.inbox = painted
        self.effects = effects
    }
}
