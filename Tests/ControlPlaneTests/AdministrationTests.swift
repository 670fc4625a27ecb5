import Approvals
import ControlPlane
import Cryptography
import JSONTree
import Testing

/// Goal: who may do what is changed by admins only, checked at once, and on the record.
@Suite struct AdministrationTests {
    @Test func storeIsInitialisedOnce() throws {
        let desk = try Desk()
        let plane = desk.plane
        let acme = try #require(Desk.acme)
        let again = refusal {
            try desk.write { (store, surroundings) throws(CommandFailure) in
                try plane.initialise(
                    tenant: acme, adminEmail: "x@x.test", in: store, with: &surroundings)
            }
        }
        guard case .conflict = again else {
            Issue.record("initialised twice")
            return
        }
    }

    @Test func firstEventsOfATenantAreItsFounding() throws {
        let desk = try Desk()
        let types = try desk.events().prefix(4).map { $0["type"]?.stringValue }
        #expect(types == ["log.opened", "group.added", "member.enrolled", "token.issued"])
    }

    @Test func revokedTokensEndAtOnce() throws {
        let desk = try Desk()
        let id = try desk.submit()
        let command = try desk.decision(.approve, on: id)
        let token = try desk.giveToken(
            .member(email: "ada@acme.test"), to: "ada@acme.test", by: Desk.admin)
        try desk.tell(.removeToken(token), as: Desk.admin)
        #expect(
            refusal { try desk.tell(.decide(command), as: "ada@acme.test") } == .unauthenticated)
        #expect(refusal { try desk.ask(.me, as: "ada@acme.test") } == .unauthenticated)
    }

    @Test func tokensEndWhenTheySay() throws {
        let desk = try Desk()
        try desk.giveToken(
            .member(email: "ada@acme.test"), to: "ada@acme.test", by: Desk.admin, seconds: 60)
        desk.pass(seconds: 59)
        #expect(refusal { try desk.ask(.me, as: "ada@acme.test") } == nil)
        desk.pass(seconds: 1)
        #expect(refusal { try desk.ask(.me, as: "ada@acme.test") } == .unauthenticated)
    }

    @Test func authorityIsCheckedWhenItIsUsed() throws {
        let desk = try Desk()
        let id = try desk.submit()
        let command = try desk.decision(.approve, on: id)
        let ops = try #require(Desk.ops)
        try desk.tell(
            .putMember(email: "ada@acme.test", roles: [.approver], groups: [ops]), as: Desk.admin)
        #expect(refusal { try desk.tell(.decide(command), as: "ada@acme.test") } == .notFound)
    }

    @Test func whoLeftIsStillNamed() throws {
        let desk = try Desk()
        let id = try desk.submit()
        try desk.decide(.approve, on: id)
        try desk.tell(.removeMember(email: "ADA@acme.test"), as: Desk.admin)
        try desk.tell(.removeAgent(name: "bot"), as: Desk.admin)
        #expect(refusal { try desk.ask(.me, as: "ada@acme.test") } == .unauthenticated)
        #expect(refusal { try desk.claim(id) } == .unauthenticated)
        let view = try desk.view(id, as: "lea@acme.test")
        #expect(view.row.decidedBy == "ada@acme.test")
        #expect(view.row.agentName == "bot")
        #expect(view.timeLine.map(\.actor) == ["bot", "ada@acme.test"])
    }

    @Test func whoComesBackIsSomebodyElse() throws {
        let desk = try Desk()
        try desk.tell(.removeAgent(name: "bot"), as: Desk.admin)
        let id = try desk.submit(as: "other")
        try desk.employ("bot", owner: nil, by: Desk.admin)
        #expect(try desk.submit() != id)
    }

    @Test func aTenantKeepsAnAdminAndAnOperator() throws {
        let desk = try Desk()
        func isConflict(_ command: Command) -> Bool {
            if case .conflict = refusal({ try desk.tell(command, as: Desk.admin) }) {
                true
            } else {
                false
            }
        }
        let leave = Command.removeMember(email: Desk.admin)
        let demote = Command.putMember(email: Desk.admin, roles: [.auditor], groups: [])
        #expect(isConflict(leave) && isConflict(demote))
        try desk.join("second@acme.test", [.admin], [], by: Desk.admin)
        #expect(isConflict(leave) && isConflict(demote), "the last operator stays too")
        try desk.tell(.removeMember(email: "second@acme.test"), as: Desk.admin)
    }

    @Test(arguments: [
        ("ada", "/email"), ("@x", "/email"), ("a@", "/email"), ("a@b@c", "/email"),
        ("a b@c", "/email"), ("a\u{1b}@c", "/email"), ("ä@c", "/email"), ("", "/email"),
        (String(repeating: "a", count: 260) + "@c", "/email"),
    ])
    func emailsAreChecked(_ email: String, _ field: String) throws {
        let desk = try Desk()
        let command = Command.putMember(email: email, roles: [.approver], groups: [])
        #expect(refusal { try desk.tell(command, as: Desk.admin) }?.fields == [field])
    }

    @Test(arguments: ["", " ", "a\u{7}", "a\u{202e}b", String(repeating: "a", count: 101)])
    func namesAreChecked(_ name: String) throws {
        let desk = try Desk()
        let agent = Command.addAgent(name: name, ownerEmail: nil)
        #expect(refusal { try desk.tell(agent, as: Desk.admin) }?.fields == ["/name"])
        let token = Command.addToken(.agent(name: "bot"), label: name, expiresInSeconds: nil)
        #expect(refusal { try desk.tell(token, as: Desk.admin) }?.fields == ["/label"])
    }

    @Test func rolesAndGroupsAreChecked() throws {
        let desk = try Desk()
        for roles: Set<Role> in [[], [.agent], [.agent, .approver]] {
            let command = Command.putMember(email: "x@x.test", roles: roles, groups: [])
            #expect(refusal { try desk.tell(command, as: Desk.admin) }?.fields == ["/roles"])
        }
        let nobody = try #require(GroupName("nobody"))
        let command = Command.putMember(email: "x@x.test", roles: [.lead], groups: [nobody])
        #expect(refusal { try desk.tell(command, as: Desk.admin) }?.fields == ["/groups"])
    }

    @Test func groupsInUseStay() throws {
        let desk = try Desk()
        var submission = try Desk.submission()
        submission.group = Desk.ops
        let id = try desk.submit(submission)
        for group in [Desk.finance, Desk.ops] {
            guard
                case .conflict = refusal({
                    try desk.tell(.removeGroup(#require(group)), as: Desk.admin)
                })
            else {
                Issue.record("a group in use was removed")
                return
            }
        }
        try desk.tell(.cancel(id, reason: nil), as: "bot")
        try desk.tell(.removeGroup(#require(Desk.ops)), as: Desk.admin)
        let answer = try desk.ask(.members, as: Desk.admin)
        guard case .members(let members) = answer else { throw Surprise(answer) }
        #expect(members.first { $0.email == "eve@acme.test" }?.groups == [])
        let types = try desk.events().suffix(2).map { $0["type"]?.stringValue }
        #expect(types == ["member.removed", "group.removed"])
    }

    @Test func tenantsWithApprovalsAreKept() throws {
        let desk = try Desk()
        let rival = try #require(TenantName("rival"))
        _ = try desk.submit(as: "spy")
        guard case .conflict = refusal({ try desk.tell(.removeTenant(rival), as: Desk.admin) })
        else {
            Issue.record("approvals were thrown away")
            return
        }
        let empty = try #require(TenantName("empty"))
        try desk.tell(
            .addTenant(TenantSettings(name: empty), adminEmail: "x@x.test"), as: Desk.admin)
        #expect(try desk.tell(.removeTenant(empty), as: Desk.admin) == .removed)
        #expect(refusal { try desk.tell(.removeTenant(empty), as: Desk.admin) } == .notFound)
        guard
            case .conflict = refusal({
                try desk.tell(.removeTenant(#require(Desk.acme)), as: Desk.admin)
            })
        else {
            Issue.record("an operator removed the ground they stand on")
            return
        }
    }

    /// Longest timeout, default timeout, claim window.
    @Test(arguments: [
        (0, 1, 1, "/timeout_max_s"), (7_776_001, 1, 1, "/timeout_max_s"),
        (100, 101, 1, "/default_timeout_s"), (100, 0, 1, "/default_timeout_s"),
        (100, 100, 0, "/claim_window_s"), (100, 100, 7_776_001, "/claim_window_s"),
    ])
    func tenantSettingsAreChecked(
        _ longest: Int, _ timeout: Int, _ window: Int, _ field: String
    ) throws {
        let desk = try Desk()
        var settings = TenantSettings(name: try #require(Desk.acme))
        settings.timeoutMaxSeconds = longest
        settings.defaultTimeoutSeconds = timeout
        settings.claimWindowSeconds = window
        let got = refusal { try desk.tell(.changeTenant(settings), as: Desk.admin) }
        #expect(got?.fields == [field])
    }

    @Test(arguments: ["ada@acme.test", "lea@acme.test", "aud@acme.test", "bot"])
    func onlyAdminsAdminister(_ name: String) throws {
        let desk = try Desk()
        let group = try #require(GroupName("new"))
        let token = try #require(TokenID("01a2027c-1b5f-791b-b358-4f8cd8f16adf"))
        let commands: [Command] = [
            .addTenant(TenantSettings(name: try #require(TenantName("new"))), adminEmail: "a@b"),
            .changeTenant(TenantSettings(name: try #require(Desk.acme))),
            .removeTenant(try #require(TenantName("rival"))), .addGroup(group),
            .removeGroup(group), .putMember(email: name, roles: [.admin], groups: []),
            .removeMember(email: Desk.admin), .addAgent(name: "x", ownerEmail: nil),
            .removeAgent(name: "bot"),
            .addToken(.member(email: Desk.admin), label: nil, expiresInSeconds: nil),
            .removeToken(token),
        ]
        for command in commands {
            #expect(
                refusal { try desk.tell(command, as: name) }
                    == .forbidden(.roleMissing(needed: [.admin])), "\(command)")
        }
    }

    @Test func changingNothingIsNoEvent() throws {
        let desk = try Desk()
        let count = try desk.events().count
        let finance = try #require(Desk.finance)
        try desk.tell(
            .putMember(email: "Ada@ACME.test", roles: [.approver], groups: [finance]),
            as: Desk.admin)
        try desk.tell(
            .changeTenant(TenantSettings(name: #require(Desk.acme))), as: Desk.admin)
        #expect(try desk.events().count == count)
    }

    /// Secrets and personal names stay out of the headers of the log.
    @Test func logNamesNobodyAndHoldsNoSecret() throws {
        let desk = try Desk()
        let answer = try desk.tell(
            .addToken(.agent(name: "bot"), label: nil, expiresInSeconds: nil), as: Desk.admin)
        guard case .token(_, _, let secret?) = answer else { throw Surprise(answer) }
        #expect(secret.hasPrefix("cs_"))
        #expect(secret.utf8.count == 46)
        for event in try desk.events() {
            #expect(!event.text().contains("@acme.test"))
            #expect(!event.text().contains(secret))
        }
    }
}
