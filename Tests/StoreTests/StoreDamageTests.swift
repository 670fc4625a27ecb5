import Approvals
import ControlPlane
import SQLiteDatabase
import SQLiteStore
import Synchronization
import Testing

@Suite("What is damaged holds nobody else up")
struct StoreDamageTests {
    private let plane = ControlPlane(settings: ControlPlaneSettings(host: "store.test"))

    private func expire(
        in store: SQLiteStore, limit: Int = 100, skipping damaged: Set<DueApproval> = []
    ) throws -> Expiry {
        let plane = plane
        return try store.commit { writer, surroundings in
            var late = surroundings
            late.now = Fixture.start.adding(seconds: 1_000_000)
            return try plane.expireDue(
                in: writer, with: &late, limit: limit, skipping: damaged)
        }
    }

    /// Method: the sealed bytes of the first approval that is due are overwritten.
    @Test("The timer settles the others, and names the damaged one")
    func timer() throws {
        let scratch = try Scratch()
        let approvals = (1...3).map { Fixture.approval($0) }
        try scratch.withStore { (store) throws in
            try furnish(store, with: approvals[0])
            try store.commit { writer, _ in
                for approval in approvals.dropFirst() {
                    let submission = Fixture.submission(approval, key: approval.id.rawValue)
                    _ = try writer.insert(approval, submission: submission)
                }
            }
        }
        try scratch.raw {
            try $0.changes(
                "UPDATE approval SET sealed = zeroblob(99), due = 1 WHERE id = ?1",
                [.text(approvals[0].id.rawValue)])
        }
        try scratch.withStore { (store) throws in
            let first = try expire(in: store)
            #expect(first.count == 3)
            #expect(first.damaged.map(\.approval) == [approvals[0].id])
            for approval in approvals.dropFirst() {
                #expect(try find(store, approval.id)?.state == .expired)
            }
            #expect(throws: CommandFailure.self) { try find(store, approvals[0].id) }
            let again = try expire(in: store, limit: 1, skipping: first.damaged)
            #expect(again.count == 0 && again.damaged.isEmpty, "it is not looked at again")
        }
    }

    @Test("A part that fails leaves nothing of it behind", arguments: StoreKind.allCases)
    func attempts(kind: StoreKind) throws {
        let rig = try StoreRig(furnished: kind)
        let announced = Mutex(0)
        rig.store.onCommit { changes in announced.withLock { $0 += changes.count } }
        try rig.save { writer in
            let kept = Fixture.approval(1)
            let undone = Fixture.approval(2)
            _ = try writer.insert(kept, submission: Fixture.submission(kept, key: "1"))
            #expect(throws: CommandFailure.store(.damaged("on purpose"))) {
                try writer.attempt { () throws(CommandFailure) in
                    do throws(StoreFailure) {
                        let submission = Fixture.submission(undone, key: "2")
                        _ = try writer.insert(undone, submission: submission)
                    } catch {
                        throw .store(error)
                    }
                    throw .store(.damaged("on purpose"))
                }
            }
        }
        #expect(announced.withLock { $0 } == 1)
        #expect(
            try rig.read { try $0.approval(ApprovalID(Fixture.uuid(1)), of: Fixture.acme) } != nil)
        #expect(
            try rig.read { try $0.approval(ApprovalID(Fixture.uuid(2)), of: Fixture.acme) } == nil)
    }
}
