/// What the bytes of a terminal turned out to be.
public enum KeyEvent: Hashable, Sendable {
    /// A key press.
    case key(KeyStroke)
    /// Text that was pasted, never a command.
    case paste(String)
    /// A paste of so many bytes, more than `KeyDecoder.pasteBytesMax`, of which nothing is kept.
    case pasteRefused(Int)
    /// The mouse; counting clicks is for whoever knows the time.
    case mouse(MouseEvent)
    /// An answer of the terminal.
    case report(TerminalReport)
}
