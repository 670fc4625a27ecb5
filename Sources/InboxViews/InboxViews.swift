public import Inbox
public import TextGrid

/// The frame of an inbox at a size; the same inbox and size give the same frame.
public func inboxFrame(_ inbox: Inbox, size: GridSize) -> Grid {
    Grid(size: size, repertoire: inbox.settings.repertoire)
}
