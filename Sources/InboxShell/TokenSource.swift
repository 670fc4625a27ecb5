public import CurlTransport
public import Inbox

/// Reads the token of a running inbox again, so that a locked one can be opened and a new login
/// counts without a restart.
public struct TokenSource {
    /// What was read.
    public enum Reading {
        /// The token that is in use already.
        case same
        /// Another token, and the transport that sends it.
        case other(CurlTransport)
    }

    /// Reads it; a passphrase is checked when one is given.
    public var read: (_ passphrase: String?) -> Result<Reading, TokenRefusal>
    /// True when a program is run that may want the terminal.
    public var needsTerminal: Bool

    /// Puts a source together.
    public init(
        needsTerminal: Bool,
        read: @escaping (_ passphrase: String?) -> Result<Reading, TokenRefusal>
    ) {
        self.read = read
        self.needsTerminal = needsTerminal
    }
}
