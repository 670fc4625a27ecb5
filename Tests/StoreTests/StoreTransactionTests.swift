import Approvals
import Audit
import ControlPlane
import Simulation
import Testing

@Suite("Every store commits a body as a whole or not at all, and says when")
struct StoreTransactionTests {
    @Test("A body that throws leaves nothing and is told why", arguments: StoreKind.allCases)
    func undone(kind: StoreKind) throws {
        let rig = try StoreRig(furnished: kind)
        let refusal = CommandFailure.refused(.conflict("no"), current: nil)
        #expect(throws: refusal) {
            try rig.commit { writer, _ in
                let approval = Fixture.approval(1)
                _ = try writer.insert(
                    approval, submission: Fixture.submission(approval, key: "k"))
                throw refusal
            }
        }
        #expect(try rig.read { try $0.newestPosition(of: Fixture.acme) } == 0)
        try rig.submit([Fixture.approval(1)])
    }

    @Test("A writer sees its own changes before anybody else does", arguments: StoreKind.allCases)
    func ownChanges(kind: StoreKind) throws {
        let rig = try StoreRig(furnished: kind)
        let seen = try rig.save { writer in
            let approval = Fixture.approval(1)
            _ = try writer.insert(approval, submission: Fixture.submission(approval, key: "k"))
            return try writer.approval(approval.id, of: Fixture.acme)
        }
        #expect(seen == Fixture.approval(1))
    }

    @Test(
        "Observers are told each kept change, before the asker is answered",
        arguments: StoreKind.allCases)
    func observers(kind: StoreKind) throws {
        let rig = try StoreRig(furnished: kind)
        let told = Shared<[CommittedChange]>([])
        rig.store.onCommit { changes in told.change { $0 += changes } }
        try rig.submit([Fixture.approval(1), Fixture.approval(2)])
        let expected = [1, 2].map { number in
            CommittedChange(
                tenant: Fixture.acme, approval: ApprovalID(Fixture.uuid(UInt64(number))),
                position: Int64(number))
        }
        #expect(told.now == expected)
        _ = try? rig.commit { writer, _ in
            _ = try writer.replace(Fixture.approval(1))
            throw CommandFailure.refused(.notFound, current: nil)
        }
        #expect(told.now == expected)
    }

    @Test("A body is given the time at which it runs", arguments: StoreKind.allCases)
    func clock(kind: StoreKind) throws {
        let rig = try StoreRig(furnished: kind)
        let before = try rig.commit { $1.now }
        rig.clock.jump(by: 60_000)
        #expect(try rig.commit { $1.now }.since(before) == 60_000)
    }

    @Test("Bodies draw different random bytes", arguments: StoreKind.allCases)
    func entropy(kind: StoreKind) throws {
        let rig = try StoreRig(furnished: kind)
        let drawn = try (0..<4).map { _ in try rig.commit { $1.entropy.bytes(16) } }
        #expect(Set(drawn).count == 4)
    }

    @Test("The log grows by one event at a time and tells its head", arguments: StoreKind.allCases)
    func log(kind: StoreKind) throws {
        let rig = try StoreRig(furnished: kind)
        try rig.submit([Fixture.approval(1), Fixture.approval(2)])
        let one = ApprovalID(Fixture.uuid(1))
        let two = ApprovalID(Fixture.uuid(2))
        #expect(try rig.read { try $0.chainHead(of: Fixture.acme) } == nil)
        var records: [AuditRecord] = []
        for subject in [one, two, one] {
            let head = try rig.read { try $0.chainHead(of: Fixture.acme) }
            let entry = try Fixture.event(about: subject, after: head)
            try rig.save {
                try $0.append(
                    entry.record, disclosures: entry.disclosures, about: subject,
                    of: Fixture.acme)
            }
            records.append(entry.record)
        }
        #expect(try rig.read { try $0.chainHead(of: Fixture.acme)?.sequence } == 2)
        #expect(
            try rig.read { try $0.chainHead(of: Fixture.acme)?.leafHash } == records[2].leafHash)
        #expect(
            try rig.read { try $0.events(about: one, of: Fixture.acme) }
                == [records[0], records[2]])
        #expect(
            try rig.read { try $0.events(of: Fixture.acme, from: 1, limit: 1) } == [records[1]])
        #expect(try rig.read { try $0.events(of: Fixture.acme, from: 0, limit: 9) } == records)
        #expect(try rig.read { try $0.chainHead(of: Fixture.other) } == nil)
        #expect(try rig.read { try $0.events(about: one, of: Fixture.other) } == [])
    }

    @Test("An event that does not follow the last one is refused", arguments: StoreKind.allCases)
    func gaps(kind: StoreKind) throws {
        let rig = try StoreRig(furnished: kind)
        let subject = ApprovalID(Fixture.uuid(1))
        let first = try Fixture.event(about: subject, after: nil)
        let head = ChainHead(sequence: 0, leafHash: first.record.leafHash)
        let second = try Fixture.event(about: subject, after: head)
        #expect(throws: CommandFailure.self) { try append(rig, second.record) }
        try append(rig, first.record)
        #expect(throws: CommandFailure.self) { try append(rig, first.record) }
        try append(rig, second.record)
    }

    private func append(_ rig: StoreRig, _ record: AuditRecord) throws {
        try rig.save {
            try $0.append(record, disclosures: [], about: nil, of: Fixture.acme)
        }
    }
}
