import Approvals
import TextGrid

/// A sentence in the line above the keys.
package struct Notice: Hashable, Sendable {
    /// How much it matters.
    package enum Kind: Hashable, Sendable {
        /// Leaves by itself.
        case info
        /// Something was done; stays until a key is pressed.
        case success
        /// Stays until a key is pressed.
        case warning
        /// Stays until a key is pressed.
        case problem

        /// How it looks.
        var role: TextGrid.Role {
            switch self {
            case .info: .text
            case .success: .success
            case .warning: .warning
            case .problem: .danger
            }
        }
    }

    package let kind: Kind
    package let text: String
    private let since: Timestamp
    /// When it leaves by itself.
    let until: Timestamp?

    static let secondsShown = 8
    /// No key removes a sentence that nobody can have read yet.
    static let millisecondsMin: Int64 = 1_000

    init(_ kind: Kind, _ text: String, at now: Timestamp) {
        self.kind = kind
        self.text = text
        since = now
        switch kind {
        case .info: until = now.adding(seconds: Self.secondsShown)
        case .success, .warning, .problem: until = nil
        }
    }

    /// True when a key press may remove it.
    func mayLeave(at now: Timestamp) -> Bool {
        now.since(since) >= Self.millisecondsMin
    }
}
