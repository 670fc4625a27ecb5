public import CurlTransport
public import Inbox
public import InboxCache
public import Terminal
public import Theming

/// Everything the inbox's loop needs from outside.
public struct InboxSetup {
    /// What the inbox itself is told; its repertoire is the terminal's.
    public var settings: InboxSettings
    public var theme: Theme
    /// What is wanted of the terminal.
    public var options: TerminalOptions
    /// Where copied text goes.
    public var clipboard: Clipboard
    /// Where the local copy is; nil for none.
    public var cache: CacheFolder?
    /// How requests travel; nothing is loaded before the first one.
    public var transport: CurlTransport
    /// Where the token comes from when it is needed again.
    public var tokens: TokenSource
    /// What opens for `.openEditor`.
    public var editor: TextEditor
    /// Where settings and themes come from while the inbox runs; nil when they stay as they are.
    public var settingsSource: SettingsSource?
    /// Makes keys of decisions; from a source that nobody can guess.
    public var seed: UInt64

    /// Puts a setup together; settings stay as they are unless a source is set.
    public init(
        settings: InboxSettings, theme: Theme, options: TerminalOptions,
        clipboard: Clipboard = .terminal, cache: CacheFolder?,
        transport: CurlTransport, tokens: TokenSource, editor: TextEditor, seed: UInt64
    ) {
        self.settings = settings
        self.theme = theme
        self.options = options
        self.clipboard = clipboard
        self.cache = cache
        self.transport = transport
        self.tokens = tokens
        self.editor = editor
        self.seed = seed
    }
}
