public import Approvals
public import WireAPI

/// What the inbox wants done. Effects of one answer are carried out in their order.
public enum InboxEffect: Hashable, Sendable {
    /// Send a request; exactly one `.answered` with this id follows, unless it is cancelled.
    case request(RequestID, HTTPRequest)
    /// Give a request up; no answer is wanted any more.
    case cancel(RequestID)
    /// Send `.woke` at this local time. Replaces the time asked for before; nil for never.
    case wake(at: Timestamp?)
    /// Keep these changes in the local copy, all or none of them.
    case save([CacheChange])
    /// Read from the local copy, after every `.save` that came before.
    case load(CacheQuery)
    /// Hand `text` to `$EDITOR`; `.editorReturned` follows.
    case openEditor(text: String)
    /// Put `text` on the clipboard; `.copied` follows.
    case copy(text: String)
    /// Throw away every key press that was typed but not read yet.
    ///
    /// That is the terminal's queue and what was decoded from it: a dialog that decides opened.
    case flushTypedAhead
    /// Draw every cell anew.
    case redraw
    /// Read the settings again; `.settingsTaken` or `.settingsRefused` follows.
    case reloadSettings
    /// Change to this theme until the program ends, or to the next shipped one; `.themeTaken` or
    /// `.settingsRefused` follows.
    case useTheme(String?)
    /// Read the time zone of this name from the machine; `.zoneRead` follows.
    case readZone(String)
    /// Draw attention: something urgent arrived.
    case bell
    /// Tell the person outside the inbox how many approvals arrived, and how many of high risk.
    case notify(arrived: Int, highRisk: Int)
    /// Stop as the shell's job control wants (`SIGTSTP`).
    case suspend
    /// Read the token through its source again; `.tokenRead` follows. Requests that come after it
    /// are sent with what was read. A passphrase is checked when one is given, never asked for.
    case readToken(passphrase: String?)
    /// Remove the local copy and its key; nothing more is kept in this run.
    case wipeCopy
    /// Say this on the terminal once the screen was given back.
    case farewell(String)
    /// Leave with this exit status; nothing else follows.
    case quit(status: Int)
}

/// Names one request of this run.
public struct RequestID: Hashable, Sendable, Comparable {
    /// Counts up from 1.
    public let rawValue: Int

    /// Wraps a number.
    public init(_ rawValue: Int) { self.rawValue = rawValue }

    /// Earlier requests sort first.
    public static func < (left: RequestID, right: RequestID) -> Bool {
        left.rawValue < right.rawValue
    }
}
