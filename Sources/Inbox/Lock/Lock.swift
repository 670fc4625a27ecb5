import Approvals

/// Whether the inbox is locked: nothing of it is on the screen, and no key reaches it.
package struct Lock: Hashable, Sendable {
    /// Why it was locked.
    package enum Reason: Hashable, Sendable {
        /// Nobody pressed a key for so many minutes.
        case idle(minutes: Int)
        /// The session has been open for so many hours.
        case session(hours: Int)
        /// The approver asked for it.
        case asked
        /// The program was stopped.
        case suspended
    }

    /// Where an attempt to unlock stands.
    package enum Stage: Hashable, Sendable {
        /// Somebody may type.
        case waiting
        /// The token is read, or the server is asked whether it takes it.
        case checking
    }

    /// Why it is locked; nil while it is open.
    package internal(set) var reason: Reason?
    package internal(set) var stage: Stage = .waiting
    /// What is typed where a passphrase is asked for.
    package internal(set) var field = Self.emptyField
    /// What was wrong with the last attempt.
    package internal(set) var problem: String?
    /// Attempts that were wrong, one after the other.
    package internal(set) var failures = 0
    /// When somebody last showed to be there.
    var lastKeyAt = Timestamp(milliseconds: 0)
    /// When the session began.
    var sessionSince = Timestamp(milliseconds: 0)

    /// So many wrong attempts remove the local copy and end the program.
    package static let failuresMax = 3
    static let emptyField = TextField(bytesMax: 1_024)

    package init() {}

    /// True while nothing may be seen or done.
    package var isClosed: Bool { reason != nil }

    /// When it locks by itself; nil for never, and while it is locked.
    func dueAt(_ settings: InboxSettings) -> (at: Timestamp, reason: Reason)? {
        guard !isClosed else { return nil }
        var due: [(at: Timestamp, reason: Reason)] = []
        if settings.lockMinutes > 0 {
            let at = lastKeyAt.adding(seconds: settings.lockMinutes * 60)
            due.append((at, .idle(minutes: settings.lockMinutes)))
        }
        if settings.sessionHours > 0 {
            let at = sessionSince.adding(seconds: settings.sessionHours * 3_600)
            due.append((at, .session(hours: settings.sessionHours)))
        }
        return due.min { $0.at < $1.at }
    }
}
