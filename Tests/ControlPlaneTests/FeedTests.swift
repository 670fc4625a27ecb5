import Approvals
import ControlPlane
import JSONTree
import Simulation
import Testing

/// Goal: whoever follows the feed ends with exactly the queue that is there, and misses nothing.
@Suite struct FeedTests {
    /// A client that keeps what the feed says.
    struct Client {
        let name: String
        var cursor: String?
        var rows: [ApprovalID: ApprovalRow] = [:]
        var seen: [ApprovalID: Int] = [:]

        mutating func poll(_ desk: Desk, limit: Int) throws -> InboxPage {
            let answer = try desk.ask(.inbox(since: cursor, limit: limit), as: name)
            guard case .inbox(let page) = answer else { throw Surprise(answer) }
            cursor = page.next
            for change in page.changes {
                switch change {
                case .changed(let row):
                    rows[row.id] = row
                    seen[row.id, default: 0] += 1
                case .gone(let id): rows[id] = nil
                }
            }
            return page
        }

        mutating func drain(_ desk: Desk, limit: Int) throws {
            while try poll(desk, limit: limit).hasMore {}
        }

        var pending: Set<ApprovalID> {
            Set(rows.values.filter { $0.state == .pending }.map(\.id))
        }
    }

    @Test func firstCallsPageThroughWhatIsPending() throws {
        let desk = try Desk()
        let ids = try (0..<7).map { try desk.submit(Desk.submission(key: "\($0)")) }
        try desk.decide(.approve, on: ids[3])
        var client = Client(name: "ada@acme.test")
        #expect(try client.poll(desk, limit: 3).hasMore)
        try client.drain(desk, limit: 3)
        #expect(client.pending == Set(ids).subtracting([ids[3]]))
        #expect(client.rows[ids[3]] == nil, "what was settled before is no part of the queue")
        #expect(try client.poll(desk, limit: 3).changes.isEmpty)
    }

    /// Method: seeded actions between the pages of several clients with pages of different sizes.
    @Test(arguments: 0..<30)
    func nothingIsMissedWhateverHappensWhilePaging(_ seed: UInt64) throws {
        let desk = try Desk(seed: seed)
        var random = SeededEntropy(seed: seed)
        var clients = ["ada@acme.test", "lea@acme.test", "eve@acme.test"].map { Client(name: $0) }
        var ids: [ApprovalID] = []
        for step in 0..<60 {
            try act(desk, step, &ids, &random)
            let reader = Int.random(in: 0..<clients.count, using: &random)
            _ = try clients[reader].poll(desk, limit: Int.random(in: 1...4, using: &random))
        }
        for reader in clients.indices {
            try clients[reader].drain(desk, limit: 2)
            let client = clients[reader]
            for id in ids {
                let isVisible = refusal { try desk.view(id, as: client.name) } == nil
                let stored = try desk.stored(id)
                if isVisible, stored.state == .pending {
                    #expect(client.rows[id]?.revision == stored.revision, "\(client.name)")
                } else {
                    #expect(client.rows[id]?.state != .pending, "\(client.name) kept \(id)")
                }
                if !isVisible { #expect(client.rows[id] == nil) }
            }
        }
    }

    private func act(
        _ desk: Desk, _ step: Int, _ ids: inout [ApprovalID], _ random: inout SeededEntropy
    ) throws {
        let id = ids.randomElement(using: &random)
        let choice = Int.random(in: 0..<6, using: &random)
        desk.pass(seconds: choice == 5 ? 60 : 1)
        guard let id, choice > 1 else {
            ids.append(try desk.submit(Desk.submission(key: "\(step)")))
            return
        }
        let revision = try desk.stored(id).revision
        _ = refusal {
            switch choice {
            case 2: try desk.decide(.approve, on: id)
            case 3:
                try desk.tell(
                    .reassign(
                        id, revision: revision, to: .group(#require(Desk.ops)), reason: nil),
                    as: "ada@acme.test")
            case 4: try desk.tell(.review(id, isActive: true), as: "ada@acme.test")
            default: try desk.ring()
            }
        }
    }

    @Test func handedOnApprovalsGo() throws {
        let desk = try Desk()
        let id = try desk.submit()
        var (ada, eve) = (Client(name: "ada@acme.test"), Client(name: "eve@acme.test"))
        try ada.drain(desk, limit: 10)
        try eve.drain(desk, limit: 10)
        try desk.tell(
            .reassign(id, revision: 1, to: .group(#require(Desk.ops)), reason: "yours"),
            as: "ada@acme.test")
        #expect(try ada.poll(desk, limit: 10).changes == [.gone(id)])
        try eve.drain(desk, limit: 10)
        #expect(eve.pending == [id])
        try desk.tell(
            .reassign(id, revision: 2, to: .member(email: "ada@acme.test"), reason: nil),
            as: "eve@acme.test")
        try ada.drain(desk, limit: 10)
        #expect(ada.pending == [id])
    }

    @Test func whatWasTakenFromOnePersonGoes() throws {
        let desk = try Desk()
        let id = try desk.submit()
        try desk.tell(
            .reassign(id, revision: 1, to: .member(email: "eve@acme.test"), reason: nil),
            as: "ada@acme.test")
        var eve = Client(name: "eve@acme.test")
        try eve.drain(desk, limit: 10)
        #expect(eve.pending == [id])
        try desk.tell(
            .reassign(id, revision: 2, to: .member(email: "ada@acme.test"), reason: nil),
            as: "lea@acme.test")
        #expect(try eve.poll(desk, limit: 10).changes == [.gone(id)])
    }

    @Test func cursorsThatLeadNowhereAreReset() throws {
        let desk = try Desk()
        _ = try desk.submit()
        var client = Client(name: "ada@acme.test")
        try client.drain(desk, limit: 10)
        let good = try #require(client.cursor)
        let sight = try #require(good.split(separator: "-").last)
        let bad = [
            "", "x", "1", "..", "simulated.1", "simulated.-1.c-\(sight)", "other.1.c-\(sight)",
            "simulated.9.c-\(sight)", "simulated.1.p9-\(sight)", "simulated.1.c-0",
            "simulated.1.q-\(sight)", "simulated.1.c", "simulated.1.cc-\(sight)",
        ]
        for cursor in bad {
            #expect(
                refusal { try desk.ask(.inbox(since: cursor, limit: 5), as: client.name) }
                    == .cursorReset, "\(cursor)")
        }
        #expect(refusal { try desk.ask(.inbox(since: good, limit: 5), as: client.name) } == nil)
    }

    /// Who comes into a group must hear of what waits there already.
    @Test func anotherSightIsAnotherFeed() throws {
        let desk = try Desk()
        let id = try desk.submit()
        var eve = Client(name: "eve@acme.test")
        try eve.drain(desk, limit: 10)
        #expect(eve.pending.isEmpty)
        try desk.tell(
            .putMember(
                email: "eve@acme.test", roles: [.approver],
                groups: [#require(Desk.finance), #require(Desk.ops)]), as: Desk.admin)
        #expect(refusal { try eve.poll(desk, limit: 10) } == .cursorReset)
        eve.cursor = nil
        try eve.drain(desk, limit: 10)
        #expect(eve.pending == [id])
    }

    @Test func reviewersAreSeenAndLapse() throws {
        let desk = try Desk()
        let id = try desk.submit()
        var client = Client(name: "lea@acme.test")
        try client.drain(desk, limit: 10)
        try desk.tell(.review(id, isActive: true), as: "ada@acme.test")
        try client.drain(desk, limit: 10)
        #expect(client.rows[id]?.reviewing == ["ada@acme.test"])
        #expect(client.rows[id]?.revision == 1, "looking at it changes nothing")
        desk.pass(seconds: 60)
        #expect(try desk.view(id).row.reviewing.isEmpty)
        #expect(try desk.types(id) == ["approval.requested"])
    }

    @Test func historyIsSearchedAndPaged() throws {
        let desk = try Desk()
        var ids: [ApprovalID] = []
        for number in 0..<5 {
            desk.pass(seconds: 1)
            let tool = number == 2 ? "Send_Email" : "issue_refund"
            let id = try desk.submit(Desk.submission(key: "\(number)", tool: tool))
            try desk.decide(.approve, on: id)
            ids.append(id)
        }
        let pending = try desk.submit(Desk.submission(key: "pending"))
        let (first, next) = try history(desk, nil, 3)
        #expect(first == ids.reversed().prefix(3).map(\.self))
        let (second, end) = try history(desk, next, 3)
        #expect(second == ids.reversed().suffix(2).map(\.self))
        #expect(end == nil)
        #expect(!(first + second).contains(pending))
        #expect(try history(desk, nil, 3, "send_email").0 == [ids[2]])
        #expect(try history(desk, nil, 3, "ada@").0.count == 3)
        #expect(try history(desk, nil, 3, "ada@", as: "eve@acme.test").0.isEmpty)
    }

    /// A tool and an agent are asked for by their whole names, alone and together.
    @Test func historyIsAskedForByToolAndAgent() throws {
        let desk = try Desk()
        for (number, tool) in ["refund", "refund_all", "ping"].enumerated() {
            let id = try desk.submit(Desk.submission(key: "k\(number)", tool: tool))
            try desk.decide(.approve, on: id)
        }
        func found(_ filter: HistoryFilter) throws -> [String] {
            let query = Query.history(before: nil, limit: 9, filter)
            let answer = try desk.ask(query, as: "ada@acme.test")
            guard case .history(let rows, _) = answer else { throw Surprise(answer) }
            return rows.map(\.tool.rawValue)
        }
        #expect(try found(HistoryFilter(tool: "Refund")) == ["refund"])
        let agent = try #require(
            { () throws -> String? in
                let answer = try desk.ask(.history(before: nil, limit: 1), as: "ada@acme.test")
                guard case .history(let rows, _) = answer else { throw Surprise(answer) }
                return rows.first?.agentName
            }())
        #expect(try found(HistoryFilter(agent: agent)).count == 3)
        #expect(try found(HistoryFilter(tool: "ping", agent: agent)) == ["ping"])
        #expect(try found(HistoryFilter(agent: agent + "x")).isEmpty)
        #expect(try found(HistoryFilter(matching: "all", tool: "refund")).isEmpty)
    }

    /// What was released without an answer is found however old it is, until somebody looked.
    @Test func historyFindsWhatNeedsALook() throws {
        let desk = try Desk()
        var ping = try Desk.submission(key: "ping", tool: "ping")
        ping.posture = .failOpen
        let released = try desk.submit(ping)
        for number in 0..<5 {
            try desk.decide(.approve, on: try desk.submit(Desk.submission(key: "k\(number)")))
        }
        desk.pass(seconds: 900)
        try desk.ring()
        func found() throws -> [ApprovalID] {
            let query = Query.history(
                before: nil, limit: 2, HistoryFilter(needsReview: true))
            let answer = try desk.ask(query, as: "ada@acme.test")
            guard case .history(let rows, nil) = answer else { throw Surprise(answer) }
            return rows.map(\.id)
        }
        #expect(try found() == [released])
        try desk.tell(.comment(released, text: "looked at it"), as: "ada@acme.test")
        #expect(try found().isEmpty)
    }

    private func history(
        _ desk: Desk, _ before: ApprovalID?, _ limit: Int, _ matching: String? = nil,
        as name: String = "ada@acme.test"
    ) throws -> ([ApprovalID], ApprovalID?) {
        let answer = try desk.ask(
            .history(before: before, limit: limit, HistoryFilter(matching: matching)), as: name)
        guard case .history(let rows, let next) = answer else { throw Surprise(answer) }
        return (rows.map(\.id), next)
    }
}
