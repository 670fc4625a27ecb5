import Approvals
import Authority
import Cryptography

/// Where a reader of the change feed stands; opaque to clients.
///
/// `<epoch>.<position>.<phase>`. The first calls page through what is pending, up to the position
/// that was the newest when they began; what changes meanwhile has a later position and comes in
/// the second phase, so nothing is missed. The phase also names who reads and what they may see: in
/// other hands, or when groups, roles or delegations change, the cursor is worth nothing and
/// everything is read again.
struct FeedCursor: Hashable {
    var epoch: String
    var position: Int64
    var phase: Phase
    /// A short digest of the reader, their roles, their groups and what they borrowed.
    var sight: String

    enum Phase: Hashable {
        /// Paging through what was pending when this position was the newest.
        case pending(until: Int64)
        case changes
    }

    var text: String {
        switch phase {
        case .pending(let until): "\(epoch).\(position).p\(until)-\(sight)"
        case .changes: "\(epoch).\(position).c-\(sight)"
        }
    }

    init(epoch: String, position: Int64, phase: Phase, sight: String) {
        self.epoch = epoch
        self.position = position
        self.phase = phase
        self.sight = sight
    }

    init?(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count >= 3, let position = Int64(parts[parts.count - 2]), position >= 0,
            let phaseText = parts.last
        else { return nil }
        let halves = phaseText.split(separator: "-", omittingEmptySubsequences: false)
        guard halves.count == 2 else { return nil }
        switch halves[0].first {
        case "c" where halves[0].count == 1: phase = .changes
        case "p":
            guard let until = Int64(halves[0].dropFirst()), until >= 0 else { return nil }
            phase = .pending(until: until)
        default: return nil
        }
        epoch = parts.dropLast(2).joined(separator: ".")
        self.position = position
        sight = String(halves[1])
    }
}

extension Reader {
    /// The most approvals that one page of the feed reads, seen or not.
    private static let scanMax = 2_000

    mutating func inbox(since: String?, limit: Int) throws(CommandFailure) -> InboxPage {
        let member = try member(with: [.approver, .lead, .auditor, .admin])
        let newest = try stored(try store.newestPosition(of: tenant))
        var cursor = try cursor(since, for: member, newest: newest)
        var page = FeedPage(limit: max(1, limit), scanMax: Self.scanMax)
        if case .pending(let until) = cursor.phase {
            try readPending(into: &page, &cursor, until: until, for: member)
        }
        if cursor.phase == .changes, !page.isFull {
            try readChanges(into: &page, &cursor, for: member)
        }
        return InboxPage(
            changes: page.changes, next: cursor.text,
            hasMore: cursor.phase != .changes || cursor.position < newest, serverTime: now)
    }

    private mutating func cursor(
        _ text: String?, for member: Member, newest: Int64
    ) throws(CommandFailure) -> FeedCursor {
        let epoch = try stored(try store.epoch())
        let sight = try sight(of: member)
        guard let text else {
            return FeedCursor(
                epoch: epoch, position: 0, phase: .pending(until: newest), sight: sight)
        }
        guard let cursor = FeedCursor(text), cursor.epoch == epoch, cursor.sight == sight,
            cursor.position <= newest
        else { throw .refusing(.cursorReset) }
        if case .pending(let until) = cursor.phase, until > newest {
            throw .refusing(.cursorReset)
        }
        return cursor
    }

    private mutating func sight(of member: Member) throws(CommandFailure) -> String {
        let roles = member.roles.map(\.rawValue).sorted()
        let groups = member.groups.map(\.rawValue).sorted()
        let reader = [tenant.rawValue, member.id.rawValue]
        let lent = try borrowedOnce(by: member).sight(at: now)
        let text = (reader + roles + ["/"] + groups + lent).joined(separator: " ")
        return String(SHA256.hash(Array(text.utf8)).hex.prefix(12))
    }

    private mutating func readPending(
        into page: inout FeedPage, _ cursor: inout FeedCursor, until: Int64, for member: Member
    ) throws(CommandFailure) {
        while !page.isFull {
            let wanted = page.chunk
            let chunk = try stored(
                try store.pending(of: tenant, after: cursor.position, limit: wanted))
            for change in chunk {
                guard change.position <= until else { break }
                cursor.position = change.position
                page.scanned += 1
                if try seesQuickly(member, change.approval) {
                    page.changes.append(.changed(try row(of: change.approval)))
                }
            }
            guard chunk.count == wanted, cursor.position == chunk.last?.position else {
                cursor.position = until
                cursor.phase = .changes
                return
            }
        }
    }

    private mutating func readChanges(
        into page: inout FeedPage, _ cursor: inout FeedCursor, for member: Member
    ) throws(CommandFailure) {
        while !page.isFull {
            let wanted = page.chunk
            let chunk = try stored(
                try store.changes(of: tenant, after: cursor.position, limit: wanted))
            for change in chunk {
                cursor.position = change.position
                page.scanned += 1
                if try seesQuickly(member, change.approval) {
                    page.changes.append(.changed(try row(of: change.approval)))
                } else if Authority.mayHaveSeen(member, change.approval) {
                    page.changes.append(.gone(change.approval.id))
                }
            }
            guard chunk.count == wanted else { return }
        }
    }
}

/// A page of the feed that is being filled.
private struct FeedPage {
    let limit: Int
    let scanMax: Int
    var changes: [InboxPage.Change] = []
    var scanned = 0

    /// How many approvals to read next, so that neither limit is passed.
    var chunk: Int { min(Reader.chunkMax, limit - changes.count, scanMax - scanned) }

    var isFull: Bool { chunk <= 0 }
}
