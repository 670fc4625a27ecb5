import Approvals
import ControlPlane
import Dispatch
import JSONTree
import SQLiteDatabase
import SQLiteStore
import Simulation
import Testing

@Suite("A commit is durable before anybody hears of it, shared by all who wait, and never retried")
struct SQLiteStoreCommitTests {
    @Test("A crash between commit and acknowledgement loses nothing")
    func crashAfterCommit() throws {
        let scratch = try Scratch()
        let crashed = try Scratch()
        let approval = Fixture.approval(1)
        let store = try scratch.store()
        defer { store.close() }
        store.onCommit { _ in try? copyStore(from: scratch, to: crashed) }
        try furnish(store, with: approval)
        try crashed.withStore { (survivor) throws in
            #expect(try find(survivor, approval.id) == approval)
        }
    }

    @Test("A crash before the commit leaves nothing of it")
    func crashBeforeCommit() throws {
        let scratch = try Scratch()
        let crashed = try Scratch()
        let store = try scratch.store()
        defer { store.close() }
        try furnish(store, with: Fixture.approval(1))
        try store.commit { writer, _ in
            let approval = Fixture.approval(2)
            _ = try writer.insert(
                approval, submission: Fixture.submission(approval, key: "two"))
            try copyStore(from: scratch, to: crashed)
        }
        try crashed.withStore { (survivor) throws in
            #expect(try find(survivor, Fixture.approval(1).id) != nil)
            #expect(try find(survivor, Fixture.approval(2).id) == nil)
        }
    }

    @Test("All who wait share one commit, each with its own answer, in the order they came")
    func groupCommit() throws {
        let scratch = try Scratch()
        let store = try scratch.store()
        defer { store.close() }
        let commits = Shared<[Int]>([])
        let gate = Gate()
        try furnish(store, with: Fixture.approval(1))
        store.onCommit { changes in
            commits.change { $0.append(changes.count) }
            gate.pass()
        }
        let answers = Shared<[String]>([])
        let done = DispatchSemaphore(value: 0)
        for number: UInt64 in 2...40 {
            store.write { (writer, _) throws(CommandFailure) in
                try typed { try insert(number, with: writer) }
                if number == 20 { throw .refused(.notFound, current: nil) }
                return number
            } completion: { result in
                answers.change { $0.append((try? result.get()).map { "\($0)" } ?? "refused") }
                done.signal()
            }
            // The writer stands at the gate with the first one while the others queue.
            if number == 2 { gate.awaitVisitor() }
        }
        gate.open()
        for _ in 2...40 { done.wait() }
        let expected = (2...40).map { $0 == 20 ? "refused" : "\($0)" }
        #expect(answers.now == expected)
        #expect(commits.now == [1, 37])
        #expect(try find(store, Fixture.approval(20).id) == nil)
        #expect(try find(store, Fixture.approval(40).id) != nil)
    }

    @Test("The clock is read when the body runs, not when it was queued")
    func clockInside() throws {
        let scratch = try Scratch()
        let clock = JumpingClock()
        let store = try scratch.store(clock: clock)
        defer { store.close() }
        try furnish(store, with: Fixture.approval(1))
        let gate = Gate()
        store.onCommit { _ in gate.pass() }
        let seen = Shared<[Timestamp]>([])
        let done = DispatchSemaphore(value: 0)
        for number: UInt64 in 2...3 {
            store.write { (writer, surroundings) throws(CommandFailure) in
                try typed { try insert(number, with: writer) }
                return surroundings.now
            } completion: { result in
                if let time = try? result.get() { seen.change { $0.append(time) } }
                done.signal()
            }
            if number == 2 { gate.awaitVisitor() }
        }
        clock.jump(by: 60_000)
        gate.open()
        for _ in 2...3 { done.wait() }
        #expect(seen.now.count == 2 && seen.now[1].since(seen.now[0]) == 60_000)
    }

    @Test("A reader sees a commit whole or not at all, and never waits for the writer")
    func snapshots() throws {
        let scratch = try Scratch()
        let store = try scratch.store()
        defer { store.close() }
        try furnish(store, with: Fixture.approval(1))
        try store.commit { writer, _ in
            try insert(2, with: writer)
            #expect(try find(store, Fixture.approval(2).id) == nil)
            #expect(try find(store, Fixture.approval(1).id) != nil)
        }
        #expect(try find(store, Fixture.approval(2).id) != nil)
    }

    @Test("Closing finishes what waits, and refuses what comes later")
    func closing() throws {
        let scratch = try Scratch()
        let store = try scratch.store()
        try furnish(store, with: Fixture.approval(1))
        let answers = Shared(0)
        for number: UInt64 in 2...20 {
            store.write { (writer, _) throws(CommandFailure) in
                try typed { try insert(number, with: writer) }
            } completion: { result in
                if case .success = result { answers.change { $0 += 1 } }
            }
        }
        store.close()
        #expect(answers.now == 20)
        let failure = #expect(throws: CommandFailure.self) { try store.commit { _, _ in } }
        guard case .store(.stopped) = failure else {
            Issue.record("\(String(describing: failure))")
            return
        }
        try scratch.withStore { (store) throws in
            #expect(try find(store, Fixture.approval(20).id) != nil)
        }
    }

    @Test("Damage stops the writer for good: nobody is told of success, and the program is told")
    func damage() throws {
        let scratch = try Scratch()
        try scratch.withStore { try furnish($0, with: Fixture.approval(1)) }
        try scratch.ruin(table: "approval")
        let told = Shared<[StoreFailure]>([])
        let store = try scratch.store(onStop: { reason in told.change { $0.append(reason) } })
        defer { store.close() }
        expectStopped {
            try store.commit {
                try insert(2, with: $0); _ = $1
            }
        }
        expectStopped { try store.commit { _, _ in } }
        store.close()
        #expect(told.now.count == 1)
    }

    @Test("A body that hides what it read from a damaged file does not get its commit")
    func hiddenDamage() throws {
        let scratch = try Scratch()
        try scratch.withStore { try furnish($0, with: Fixture.approval(1)) }
        try scratch.raw { try $0.execute("UPDATE tenant SET settings = CAST(x'FF' AS TEXT)") }
        let store = try scratch.store()
        defer { store.close() }
        expectStopped {
            try store.commit { writer, _ in _ = try? writer.tenant(Fixture.acme) }
        }
    }

    @Test("More commands than the limit are refused at once")
    func tooMany() throws {
        let scratch = try Scratch()
        let store = try scratch.store()
        defer { store.close() }
        let gate = Gate()
        let busy = Shared(0)
        let all = DispatchSemaphore(value: 0)
        store.write { _, _ in
            gate.pass()
        } completion: { _ in
        }
        gate.awaitVisitor()
        for _ in 0..<10_010 {
            store.write { _, _ in
            } completion: { result in
                if case .failure(.store(.busy)) = result { busy.change { $0 += 1 } }
                all.signal()
            }
        }
        #expect(busy.now == 10)
        gate.open()
        for _ in 0..<10_010 { all.wait() }
        #expect(busy.now == 10)
    }

    @Test("A full log is moved into the file")
    func checkpoints() throws {
        let scratch = try Scratch()
        let store = try scratch.store()
        defer { store.close() }
        try furnish(store, with: Fixture.approval(1))
        let long = JSONValue.string(String(repeating: "x", count: 200_000))
        for number: UInt64 in 2...61 {
            let approval = Fixture.approval(number, arguments: ["long": long])
            let submission = Fixture.submission(approval, key: "key \(number)")
            try store.commit { writer, _ in
                _ = try writer.insert(approval, submission: submission)
            }
        }
        let log = bytes(of: scratch.path + "/store/countersign.db-wal").count
        #expect(log < 1_100 * 4_120, "\(log)")
    }

    private func expectStopped(_ body: () throws -> Void) {
        let failure = #expect(throws: CommandFailure.self) { try body() }
        guard case .store(.stopped) = failure else {
            Issue.record("\(String(describing: failure))")
            return
        }
    }
}

/// Adds the approval of a number under a key of its own.
private func insert(
    _ number: UInt64, with writer: any StoreWriter
) throws {
    let approval = Fixture.approval(number)
    let submission = Fixture.submission(approval, key: "key \(number)")
    _ = try writer.insert(approval, submission: submission)
}

/// Holds the first visitor until it is opened; later ones walk through.
private final class Gate: Sendable {
    private let visited = DispatchSemaphore(value: 0)
    private let opened = DispatchSemaphore(value: 0)
    private let isFirst = Shared(true)

    func pass() {
        let mustWait = isFirst.change { isFirst in
            defer { isFirst = false }
            return isFirst
        }
        guard mustWait else { return }
        visited.signal()
        opened.wait()
    }

    func awaitVisitor() { visited.wait() }

    func open() { opened.signal() }
}

extension Scratch {
    /// Overwrites the first page of a table and its indexes with what is no page.
    fileprivate func ruin(table: String) throws {
        let pages = try raw { database in
            try database.rows(
                "SELECT rootpage FROM sqlite_schema WHERE tbl_name = ?1 AND rootpage > 0",
                [.text(table)]
            ) { (row) throws(SQLiteFailure) in Int(try row.integer(0)) }
        }
        let file = path + "/store/" + SQLiteStore.fileName
        var all = bytes(of: file)
        for page in pages {
            for offset in 0..<4_096 { all[(page - 1) * 4_096 + offset] = 0xA5 }
        }
        writeBytes(all, to: file)
    }
}
