public import Approvals
public import Keymap
public import TextGrid
public import WireAPI
public import ZoneTime

/// Everything that can happen to the inbox. When it happened comes beside it, see `Inbox.update`.
public enum InboxMessage: Hashable, Sendable {
    /// The program began, with what earlier runs kept; the first message, and sent once.
    case started(CachedInbox)
    /// The next rows of the local copy, asked for with `InboxEffect.load`.
    case rowsLoaded(CachedRows)
    /// A view of the local copy, asked for with `InboxEffect.load`; nil when there is none.
    case viewLoaded(ApprovalID, ApproverView?)
    /// The local copy could not be read or written; a sentence for a person.
    case cacheFailed(String)
    /// Some rows of the local copy could not be opened, so that the queue has holes.
    case cacheDamaged
    /// A `.save` that changed rows is done, and this is what the local copy holds now.
    case saved(CachedTotals)
    /// The frame of the present state is on the screen: whoever looks has seen what it shows.
    ///
    /// Sent after every frame. An approval of some risk can only be approved when each of its
    /// values was on a drawn frame.
    case drawn
    /// One key press, stamped with the time at which it was read from the terminal.
    case key(KeyStroke)
    /// Text that the terminal marked as pasted.
    case paste(String)
    /// The mouse: it moves the focus and scrolls, and it never decides anything.
    case mouse(MouseEvent)
    /// The mouse pointed at a field or a button of the box on the screen: it gets the focus.
    case pointed(DialogTarget)
    /// The way to the person's terminal and back took so long.
    case lineMeasured(milliseconds: Int)
    /// What became of the text of an `InboxEffect.copy`.
    case copied(CopyOutcome)
    /// The screen has this size; sent before the first frame too.
    case resized(GridSize)
    /// The time asked for with `InboxEffect.wake` has come.
    case woke
    /// A request was answered, or certainly never will be.
    case answered(RequestID, Result<HTTPResponse, TransportFailure>)
    /// The text editor ended, with the text or with why there is none.
    case editorReturned(Result<String, EditorFailure>)
    /// Requests are sent with another token from here on; told before what was under way with the
    /// old one is given up.
    case tokenReplaced
    /// The token was read again, or why not.
    case tokenRead(TokenRefusal?)
    /// The program goes on after a stop (`SIGCONT`); the screen was redrawn.
    case resumed
    /// The settings were read again; the sentence says what came of it.
    case settingsTaken(InboxSettings, String)
    /// The settings or a theme cannot be used, and everything stays as it was; a sentence for a
    /// person.
    case settingsRefused(String)
    /// The colours changed to those of the theme of this name.
    case themeTaken(String)
    /// The time zone of an `InboxEffect.readZone`; nil when this machine does not know it.
    case zoneRead(String, Zone?)
    /// Somebody asks the program to end (`SIGTERM`, `SIGHUP`): answered with `.quit`, never
    /// refused.
    case stopRequested
}

extension InboxMessage {
    /// True for what nobody at the keyboard did.
    var isNews: Bool {
        if case .answered = self { return true }
        if case .zoneRead = self { return true }
        return self == .woke
    }
}

/// What became of a text that was to be copied.
public enum CopyOutcome: Hashable, Sendable {
    /// It is on its way to the terminal's clipboard; nobody can say if it arrives.
    case sentToTerminal
    /// A program of the person's choice was given it.
    case given(program: String)
    /// It was not copied; a sentence says why.
    case failed(String)
}

/// Why an outside editor gave no text back.
public struct EditorFailure: Error, Hashable, Sendable {
    /// A sentence for a person.
    public let sentence: String

    /// Puts a failure together.
    public init(_ sentence: String) { self.sentence = sentence }
}

/// Why the token could not be read again.
public struct TokenRefusal: Error, Hashable, Sendable {
    /// A sentence for a person.
    public let sentence: String
    /// True when a secret was wrong, which may be tried only a few times.
    public let isWrong: Bool

    /// Puts a refusal together.
    public init(_ sentence: String, isWrong: Bool) {
        self.sentence = sentence
        self.isWrong = isWrong
    }
}
