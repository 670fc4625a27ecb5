package import Approvals

/// Decisions that were confirmed and are not sent yet: they can be taken back until then, or they
/// wait for the batch before them.
package struct Holding: Sendable {
    /// What is sent, one request for each batch.
    var batches: [[Draft]]
    /// When it is sent; nil as soon as nothing of it is on its way.
    package internal(set) var until: Timestamp?
    /// The approvals in it.
    private(set) var ids: Set<ApprovalID>

    init(_ batches: [[Draft]], until: Timestamp?) {
        self.batches = batches
        self.until = until
        ids = Set(batches.joined().map(\.id))
    }

    var drafts: [Draft] { Array(batches.joined()) }
    /// How many decisions are in it.
    package var count: Int { ids.count }
    /// All of one holding were confirmed by one press.
    package var verdict: Verdict { batches.first?.first?.verdict ?? .reject }

    /// Takes one decision out.
    mutating func remove(_ id: ApprovalID) {
        for index in batches.indices { batches[index].removeAll { $0.id == id } }
        batches.removeAll(where: \.isEmpty)
        ids.remove(id)
    }

    /// Whole seconds until it is sent.
    package func secondsLeft(at now: Timestamp) -> Int {
        Int((max(0, until?.since(now) ?? 0) + 999) / 1_000)
    }

    /// So many decisions go in one request, and so many bytes of arguments come back with them.
    static let batchMax = 100
    static let batchBytesMax = 1 << 21

    /// Cuts decisions into batches that the server takes and whose answer can be read.
    static func batches(of drafts: [Draft], bytes: (ApprovalID) -> Int) -> [[Draft]] {
        var batches: [[Draft]] = []
        var room = 0
        for draft in drafts {
            let size = bytes(draft.id)
            if batches.isEmpty || size > room || (batches.last?.count ?? 0) >= batchMax {
                batches.append([])
                room = batchBytesMax
            }
            batches[batches.count - 1].append(draft)
            room -= size
        }
        return batches
    }
}

extension Outbox {
    /// The time in which something can be taken back begins anew, after one in which nobody saw it
    /// count down.
    mutating func beginAnew(at now: Timestamp, seconds: Int) {
        for index in holdings.indices where holdings[index].until != nil {
            holdings[index].until = now.adding(seconds: seconds)
        }
    }
}
