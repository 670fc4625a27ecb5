import Approvals
import ControlPlane
import JSONTree
import Testing

@Suite("Every store keeps approvals exactly, changes them by compare-and-set and feeds each once")
struct StoreApprovalTests {
    @Test("An approval comes back as it was, to the last digit", arguments: StoreKind.allCases)
    func exactly(kind: StoreKind) throws {
        let rig = try StoreRig(furnished: kind)
        let arguments: JSONValue = [
            "z": 1, "a": "\u{202E}e\u{301}", "nested": [nil, true, ["x": []]],
            "big": .number(try #require(JSONNumber("9007199254740993"))),
            "as written": .number(try #require(JSONNumber("1.50e0"))),
        ]
        var approval = Fixture.approval(1, arguments: arguments)
        approval.effectiveArguments = ["amount": 1]
        approval.comments = [
            Comment(by: MemberID(Fixture.uuid(2)), at: Fixture.start, text: "why?")
        ]
        try rig.submit([approval])
        #expect(try rig.read { try $0.approval(approval.id, of: Fixture.acme) } == approval)
        #expect(try rig.read { try $0.approval(approval.id, of: Fixture.other) } == nil)
    }

    @Test("A key is taken once for each agent", arguments: StoreKind.allCases)
    func keys(kind: StoreKind) throws {
        let rig = try StoreRig(furnished: kind)
        let first = Fixture.approval(1)
        let second = Fixture.approval(2)
        let third = Fixture.approval(3, tenant: Fixture.other)
        #expect(try insert(rig, first, key: "k"))
        #expect(try !insert(rig, second, key: "k"))
        #expect(try insert(rig, third, key: "k"))
        #expect(try insert(rig, second, key: "\u{E9}"))
        #expect(try rig.read { try find($0, "k", Fixture.acme) } == first.id)
        #expect(try rig.read { try find($0, "k", Fixture.other) } == third.id)
        #expect(try rig.read { try find($0, "e\u{301}", Fixture.acme) } == nil)
        let stored = try rig.read {
            try $0.submission(key: "k", by: Fixture.agent, of: Fixture.acme)
        }
        #expect(stored == Fixture.submission(first, key: "k"))
    }

    @Test("A key that is taken changes nothing", arguments: StoreKind.allCases)
    func takenKey(kind: StoreKind) throws {
        let rig = try StoreRig(furnished: kind)
        #expect(try insert(rig, Fixture.approval(1), key: "k"))
        #expect(try !insert(rig, Fixture.approval(2), key: "k"))
        #expect(try rig.read { try $0.newestPosition(of: Fixture.acme) } == 1)
        #expect(
            try rig.read { try $0.approval(Fixture.approval(2).id, of: Fixture.acme) } == nil)
    }

    @Test("Of two who start from the same version, one wins", arguments: StoreKind.allCases)
    func compareAndSet(kind: StoreKind) throws {
        let rig = try StoreRig(furnished: kind)
        try rig.submit([Fixture.approval(1)])
        var winner = Fixture.approval(1)
        winner.state = .approved
        var loser = Fixture.approval(1)
        loser.state = .rejected
        #expect(try rig.replace(winner))
        #expect(try !rig.replace(loser))
        winner.version = 2
        #expect(try rig.read { try $0.approval(winner.id, of: Fixture.acme) } == winner)
        let unknown = Fixture.approval(99)
        #expect(try !rig.save { try $0.replace(unknown) })
    }

    @Test("The feed names each approval once, at its last change", arguments: StoreKind.allCases)
    func feed(kind: StoreKind) throws {
        let rig = try StoreRig(furnished: kind)
        try rig.submit((1...4).map { Fixture.approval($0) })
        try rig.submit([Fixture.approval(9, tenant: Fixture.other)])
        var changed = Fixture.approval(2)
        changed.state = .rejected
        try rig.replace(changed)
        #expect(
            try rig.read { try ids($0.changes(of: Fixture.acme, after: 0, limit: 9)) } == [
                1, 3, 4, 2,
            ])
        #expect(
            try rig.read { try ids($0.pending(of: Fixture.acme, after: 0, limit: 9)) } == [1, 3, 4])
        let page = try rig.read { try $0.changes(of: Fixture.acme, after: 0, limit: 2) }
        let last = try #require(page.last)
        let rest = try rig.read { try $0.changes(of: Fixture.acme, after: last.position, limit: 9) }
        #expect(ids(page) + ids(rest) == [1, 3, 4, 2])
        #expect(try rig.read { try $0.newestPosition(of: Fixture.acme) } == rest.last?.position)
        #expect(try rig.read { try $0.changes(of: Fixture.acme, after: 5, limit: 9) } == [])
        #expect(try rig.read { try $0.newestPosition(of: Fixture.other) } == 1)
    }

    @Test("History pages from the newest id to the oldest", arguments: StoreKind.allCases)
    func history(kind: StoreKind) throws {
        let rig = try StoreRig(furnished: kind)
        try rig.submit((1...5).map { Fixture.approval($0) })
        for number: UInt64 in [4, 1, 3] {
            var settled = Fixture.approval(number)
            settled.state = .expired
            try rig.replace(settled)
        }
        let first = try rig.read { try $0.settled(of: Fixture.acme, before: nil, limit: 2) }
        #expect(first.map(\.id) == [4, 3].map { ApprovalID(Fixture.uuid($0)) })
        let second = try rig.read {
            try $0.settled(of: Fixture.acme, before: first.last?.id, limit: 2)
        }
        #expect(second.map(\.id) == [ApprovalID(Fixture.uuid(1))])
        #expect(try rig.read { try $0.settled(of: Fixture.other, before: nil, limit: 2) } == [])
    }

    @Test(
        "What is due comes earliest first and once settled no more", arguments: StoreKind.allCases)
    func due(kind: StoreKind) throws {
        let rig = try StoreRig(furnished: kind)
        #expect(try rig.read { try $0.nextDue() } == nil)
        try rig.submit([
            Fixture.approval(1, deadlineSeconds: 30), Fixture.approval(2, deadlineSeconds: 10),
            Fixture.approval(3, tenant: Fixture.other, deadlineSeconds: 20),
            Fixture.approval(4, deadlineSeconds: 10),
        ])
        #expect(try rig.read { try $0.nextDue() } == Fixture.start.adding(seconds: 10))
        let due = try rig.read { try $0.due(at: Fixture.start.adding(seconds: 20), limit: 9) }
        #expect(due.map(\.approval) == [2, 4, 3].map { ApprovalID(Fixture.uuid($0)) })
        #expect(due.map(\.tenant) == [Fixture.acme, Fixture.acme, Fixture.other])
        #expect(try rig.read { try $0.due(at: Fixture.start, limit: 9) } == [])
        #expect(
            try rig.read { try $0.due(at: Fixture.start.adding(seconds: 99), limit: 1).count } == 1)
        var settled = Fixture.approval(2, deadlineSeconds: 10)
        settled.state = .approved
        try rig.replace(settled)
        let left = try rig.read { try $0.due(at: Fixture.start.adding(seconds: 99), limit: 9) }
        #expect(left.map(\.approval) == [4, 3, 1].map { ApprovalID(Fixture.uuid($0)) })
    }

    private func insert(_ rig: StoreRig, _ approval: Approval, key: String) throws -> Bool {
        try rig.save {
            try $0.insert(approval, submission: Fixture.submission(approval, key: key))
        }
    }

    private func find(
        _ reader: any StoreReader, _ key: String, _ tenant: TenantName
    ) throws(StoreFailure) -> ApprovalID? {
        try reader.submission(key: key, by: Fixture.agent, of: tenant)?.approval
    }

    /// The numbers of the fixtures.
    private func ids(_ changes: [ChangedApproval]) -> [UInt64] {
        changes.map { change in
            (1...99).first { ApprovalID(Fixture.uuid($0)) == change.approval.id } ?? 0
        }
    }
}
