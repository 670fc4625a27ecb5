public import Inbox
public import Terminal
public import Theming

/// Where settings and themes come from while the inbox runs.
public struct SettingsSource {
    /// Settings as the files have them now.
    public struct Fresh {
        public var settings: InboxSettings
        public var theme: Theme
        public var options: TerminalOptions
        public var clipboard: Clipboard
        /// The files that they came from; a change of one is taken at once.
        public var files: [String]
        /// What a person must know, for example what counts at the next start only.
        public var remark: String

        /// Puts it together.
        public init(
            settings: InboxSettings, theme: Theme, options: TerminalOptions,
            clipboard: Clipboard, files: [String],
            remark: String = ""
        ) {
            self.settings = settings
            self.theme = theme
            self.options = options
            self.clipboard = clipboard
            self.files = files
            self.remark = remark
        }
    }

    /// Why they cannot be used, in one sentence.
    public struct Trouble: Error, Hashable, Sendable {
        /// The sentence.
        public let sentence: String

        /// Puts a trouble together.
        public init(_ sentence: String) { self.sentence = sentence }
    }

    /// The files at the start.
    public var files: [String]
    /// Reads everything again.
    public var read: () -> Result<Fresh, Trouble>
    /// Finds a theme by its name or the path of its file.
    public var theme: (String) -> Result<Theme, Trouble>

    /// Puts a source together.
    public init(
        files: [String], read: @escaping () -> Result<Fresh, Trouble>,
        theme: @escaping (String) -> Result<Theme, Trouble>
    ) {
        self.files = files
        self.read = read
        self.theme = theme
    }
}
