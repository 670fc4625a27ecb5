import Approvals

/// A sentence in the line above the keys.
package struct Notice: Hashable, Sendable {
    /// How much it matters.
    package enum Kind: Hashable, Sendable {
        /// Leaves by itself.
        case info
        /// Something was done; leaves by itself.
        case success
        /// Stays until a key is pressed.
        case warning
        /// Stays until a key is pressed.
        case problem
    }

    package let kind: Kind
    package let text: String
    /// When it leaves by itself.
    let until: Timestamp?

    static let secondsShown = 8

    init(_ kind: Kind, _ text: String, at now: Timestamp) {
        self.kind = kind
        self.text = text
        until =
            switch kind {
            case .info, .success: now.adding(seconds: Self.secondsShown)
            case .warning, .problem: nil
            }
    }
}
