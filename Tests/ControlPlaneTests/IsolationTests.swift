import Approvals
import ControlPlane
import Cryptography
import JSONTree
import Testing

/// Goal: tenants do not meet, whatever is asked with whatever id.
@Suite struct IsolationTests {
    /// Every command that names something, sent with a name of the other tenant.
    private func commands(
        _ id: ApprovalID, _ token: TokenID
    ) throws -> [(String, Command)] {
        let digest = SHA256.hash([])
        let decision = DecideCommand(
            approval: id, revision: 1, displayedDigest: digest, verdict: .approve)
        return [
            ("spy", .claim(id, nonceDigest: digest, leaseSeconds: 60)),
            (
                "spy",
                .report(
                    id, fencingToken: "f", outcome: .failed, executedDigest: digest,
                    resultSummary: nil)
            ),
            ("spy", .cancel(id, reason: nil)),
            ("mallory@rival.test", .decide(decision)),
            ("mallory@rival.test", .extend(id, revision: 1, seconds: 60, reason: nil)),
            (
                "mallory@rival.test",
                .reassign(id, revision: 1, to: .member(email: "ada@acme.test"), reason: nil)
            ),
            ("mallory@rival.test", .comment(id, text: "hi")),
            ("mallory@rival.test", .review(id, isActive: true)),
            ("mallory@rival.test", .reveal(id, JSONPointer(tokens: ["customer"]), reason: "why")),
            ("admin@rival.test", .changeTenant(TenantSettings(name: try #require(Desk.acme)))),
            ("admin@rival.test", .removeMember(email: "ada@acme.test")),
            ("admin@rival.test", .removeAgent(name: "bot")),
            ("admin@rival.test", .removeToken(token)),
        ]
    }

    @Test func foreignNamesAreNotThere() throws {
        let desk = try Desk()
        let token = try desk.giveToken(
            .member(email: "ada@acme.test"), to: "ada@acme.test", by: Desk.admin)
        let id = try desk.submit(Desk.submission(redact: ["/customer"]))
        let before = try desk.stored(id)
        let logs = try desk.events().count
        for (name, command) in try commands(id, token) {
            #expect(refusal { try desk.tell(command, as: name) } == .notFound, "\(command)")
        }
        #expect(try desk.stored(id) == before)
        #expect(try desk.events().count == logs)
        _ = try desk.view(id)
    }

    @Test func manyDecisionsReachNoForeignApproval() throws {
        let desk = try Desk()
        let id = try desk.submit()
        let decision = DecideCommand(
            approval: id, revision: 1, displayedDigest: SHA256.hash([]), verdict: .approve)
        let answer = try desk.tell(.decideMany([decision]), as: "mallory@rival.test")
        #expect(
            answer == .decidedMany([.failure(BulkRefusal(approval: id, refusal: .notFound))]))
    }

    @Test func foreignPeopleAndTenantsAreNotNamed() throws {
        let desk = try Desk()
        let acme = try #require(Desk.acme)
        #expect(
            refusal { try desk.tell(.removeTenant(acme), as: "admin@rival.test") }
                == .forbidden(.operatorsOnly))
        #expect(
            refusal {
                try desk.tell(
                    .addTenant(TenantSettings(name: acme), adminEmail: "x@x.test"),
                    as: "admin@rival.test")
            } == .forbidden(.operatorsOnly))
        for holder in [TokenFor.member(email: "ada@acme.test"), .agent(name: "bot")] {
            let command = Command.addToken(holder, label: nil, expiresInSeconds: nil)
            #expect(refusal { try desk.tell(command, as: "admin@rival.test") }?.fields != nil)
        }
        let owned = Command.addAgent(name: "bot2", ownerEmail: "ada@acme.test")
        #expect(refusal { try desk.tell(owned, as: "admin@rival.test") }?.fields == ["/owner"])
    }

    /// Method: fill one tenant, then look for anything of it in every answer of the other.
    @Test func queriesAnswerOfOneTenantOnly() throws {
        let desk = try Desk()
        let settled = try desk.submit()
        try desk.decide(.approve, on: settled)
        let pending = try desk.submit(Desk.submission(key: "k2"))
        for id in [settled, pending] {
            #expect(
                refusal { try desk.ask(.approval(id), as: "mallory@rival.test") } == .notFound)
            #expect(refusal { try desk.ask(.approval(id), as: "spy") } == .notFound)
        }
        let queries: [Query] = [
            .me, .inbox(since: nil, limit: 100), .history(before: nil, limit: 100),
            .tenants, .groups, .members, .agents, .tokens,
        ]
        for query in queries {
            for name in ["mallory@rival.test", "admin@rival.test", "spy"] {
                guard let answer = try? desk.ask(query, as: name) else { continue }
                let text = "\(answer)"
                for word in ["acme", settled.rawValue, pending.rawValue, "cus_91", "issue_refund"] {
                    #expect(!text.contains(word), "\(query) as \(name) names \(word)")
                }
            }
        }
    }

    @Test func sameKeyInTwoTenantsIsTwoApprovals() throws {
        let desk = try Desk()
        let ours = try desk.submit()
        let answer = try desk.tell(.submit(try Desk.submission()), as: "spy")
        guard case .submitted(let theirs, _, let isNew) = answer else { throw Surprise(answer) }
        #expect(isNew)
        #expect(theirs.id != ours)
        #expect(try desk.events(of: TenantName("rival")).last?["type"] == "approval.requested")
    }

    @Test(
        arguments: [
            (Query.me, Set(["ada", "lea", "aud", "admin", "bot"])),
            (.inbox(since: nil, limit: 5), ["ada", "lea", "aud", "admin"]),
            (.history(before: nil, limit: 5), ["ada", "lea", "aud", "admin"]),
            (.groups, ["lea", "admin"]), (.members, ["lea", "admin"]), (.agents, ["lea", "admin"]),
            (.tokens, ["admin"]), (.tenants, ["admin"]),
        ] as [(Query, Set<String>)])
    func rolesAreChecked(_ query: Query, _ allowed: Set<String>) throws {
        let desk = try Desk()
        for name in ["ada", "lea", "aud", "admin", "bot"] {
            let holder = name == "bot" ? name : "\(name)@acme.test"
            let got = refusal { try desk.ask(query, as: holder) }
            #expect(
                (got == nil) == allowed.contains(name),
                "\(query) as \(name): \(String(describing: got))")
        }
        #expect(refusal { try desk.ask(query, as: "stranger") } == .unauthenticated)
    }
}
