import Approvals
import Authority
import ControlPlane
import JSONTree
import Simulation
import Testing

/// Goal: lent authority works from key press to record, ends at once, and reaches no further than
/// it was lent.
@Suite struct LendingTests {
    private let ada = "ada@acme.test"
    private let eve = "eve@acme.test"
    private let lea = "lea@acme.test"

    private func wish(
        from grantor: String? = "ada@acme.test", to delegate: String = "eve@acme.test",
        ceiling: Risk = .high, hours: Int = 24, in desk: Desk,
        scope: Delegation.Scope? = nil
    ) throws -> DelegationWish {
        let tool = try #require(ToolName("issue_refund"))
        return DelegationWish(
            grantorEmail: grantor, delegateEmail: delegate,
            end: desk.clock.wall.adding(seconds: hours * 3_600),
            scope: scope ?? .only(tools: [tool], groups: [], tags: []), ceiling: ceiling,
            reason: "Holiday")
    }

    @discardableResult
    private func lend(
        _ wish: DelegationWish, as name: String, preview: Bool = false, in desk: Desk
    ) throws -> DelegationReport {
        let answer = try desk.tell(.people(.lend(wish, isPreview: preview)), as: name)
        guard case .people(.delegation(let report, let isNew)) = answer else {
            throw Surprise(answer)
        }
        #expect(isNew == !preview)
        return report
    }

    private func refusal(_ body: () throws -> Void) -> Refusal? {
        do {
            try body()
            return nil
        } catch CommandFailure.refused(let refusal, _) {
            return refusal
        } catch {
            Issue.record("\(error)")
            return nil
        }
    }

    @Test func borrowedAuthorityDecidesAndIsNamedInRecordViewAndAnswer() throws {
        let desk = try Desk()
        let id = try desk.submit()
        #expect(throws: CommandFailure.self) { _ = try desk.view(id, as: eve) }
        let report = try lend(try wish(in: desk), as: ada, in: desk)
        #expect(report.consequences.contains { $0.hasPrefix("1 approval that it covers") })
        #expect(try desk.view(id, as: eve).decidingFor == ada)
        #expect(try desk.view(id, as: ada).decidingFor == nil)
        try desk.tell(.decide(try desk.decision(.approve, on: id, as: eve)), as: eve)
        let stored = try desk.stored(id)
        #expect(stored.state == .approved)
        #expect(stored.decisions.map(\.onBehalfOf) == [report.delegation.grantor])
        let view = try desk.view(id, as: eve)
        #expect(view.timeLine.contains { $0.text.contains("On behalf of ada@acme.test.") })
        guard case .agentApproval(let answer) = try desk.ask(.approval(id), as: "bot") else {
            Issue.record("the agent sees no answer")
            return
        }
        #expect(answer.decidedBy == eve)
        #expect(answer.onBehalfOf == ada)
    }

    @Test func aRevokedDelegationIsUselessForTheDialogThatIsOpen() throws {
        let desk = try Desk()
        let id = try desk.submit()
        let report = try lend(try wish(in: desk), as: ada, in: desk)
        let command = try desk.decision(.approve, on: id, as: eve)
        try desk.tell(.people(.revoke(report.delegation.id)), as: ada)
        #expect(
            refusal { try desk.tell(.decide(command), as: eve) } == .notFound,
            "what eve may not see any more, she does not decide")
        #expect(try desk.stored(id).state == .pending)
        // Revoking again is no mistake.
        try desk.tell(.people(.revoke(report.delegation.id)), as: eve)
    }

    /// The wall clock goes back behind the revocation, and nothing is lent again by that.
    @Test func aRevocationOutlivesAClockThatIsSteppedBack() throws {
        let desk = try Desk()
        let id = try desk.submit()
        let report = try lend(try wish(in: desk), as: ada, in: desk)
        desk.pass(seconds: 100)
        let command = try desk.decision(.approve, on: id, as: eve)
        try desk.tell(.people(.revoke(report.delegation.id)), as: ada)
        desk.clock.jump(by: -50_000)
        #expect(refusal { try desk.tell(.decide(command), as: eve) } == .notFound)
        #expect(try desk.stored(id).state == .pending)
        guard
            case .people(.delegations(let listed)) =
                try desk.ask(.people(.delegations(past: true)), as: ada)
        else {
            Issue.record("no list")
            return
        }
        #expect(listed.map(\.state) == [.revoked])
        try desk.tell(.people(.revoke(report.delegation.id)), as: ada)
    }

    @Test func itEndsAtItsEndAndWithTheGrantorsAuthority() throws {
        for round in 0..<3 {
            let desk = try Desk()
            let id = try desk.submit()
            try lend(try wish(hours: 1, in: desk), as: ada, in: desk)
            let command = try desk.decision(.approve, on: id, as: eve)
            switch round {
            case 0: desk.pass(seconds: 3_600)
            case 1: try desk.tell(.removeMember(email: ada), as: Desk.admin)
            default:
                try desk.tell(
                    .putMember(email: ada, roles: [.approver], groups: []), as: Desk.admin)
            }
            #expect(throws: CommandFailure.self) { try desk.tell(.decide(command), as: eve) }
            #expect(try desk.stored(id).state == .pending)
        }
    }

    @Test func nobodyApprovesTheirOwnRunThroughSomebody() throws {
        let desk = try Desk()
        let id = try desk.submit()
        // The run is bob's: neither for bob, nor bob for ada.
        try lend(try wish(from: nil, in: desk), as: "bob@acme.test", in: desk)
        #expect(
            refusal { try desk.tell(.decide(try command(on: id, in: desk)), as: eve) }
                == .forbidden(.ownRunOfGrantor))
        try lend(try wish(to: "bob@acme.test", in: desk), as: ada, in: desk)
        #expect(
            refusal {
                try desk.tell(.decide(try command(on: id, in: desk)), as: "bob@acme.test")
            } == .forbidden(.ownRun))
    }

    private func command(on id: ApprovalID, in desk: Desk) throws -> DecideCommand {
        try desk.decision(.approve, on: id, as: "lea@acme.test")
    }

    @Test func scopeAndCeilingAreSaidWhereTheApprovalIsSeen() throws {
        let desk = try Desk()
        let id = try desk.submit()
        let other = try #require(ToolName("send_email"))
        let narrow = Delegation.Scope.only(tools: [other], groups: [], tags: [])
        let grantor = try lend(try wish(to: lea, in: desk, scope: narrow), as: ada, in: desk)
            .delegation.grantor
        #expect(
            refusal { try desk.tell(.decide(try command(on: id, in: desk)), as: lea) }
                == .forbidden(.lent(.outOfScope, from: grantor)))
        try lend(try wish(to: lea, ceiling: .low, in: desk), as: ada, in: desk)
        #expect(
            refusal { try desk.tell(.decide(try command(on: id, in: desk)), as: lea) }
                == .forbidden(.lent(.aboveCeiling, from: grantor)))
        #expect(try desk.view(id, as: lea).decidingFor == nil)
        #expect(try desk.view(id, as: lea).cannotDecide != nil)
    }

    @Test func theFeedBeginsAnewWhenSomethingIsLentAndWhenItEnds() throws {
        let desk = try Desk()
        let id = try desk.submit()
        func page(_ since: String?) throws -> InboxPage {
            let answer = try desk.ask(.inbox(since: since, limit: 50), as: eve)
            guard case .inbox(let page) = answer else { throw Surprise(answer) }
            return page
        }
        let before = try page(nil)
        #expect(before.changes.isEmpty)
        let report = try lend(try wish(in: desk), as: ada, in: desk)
        #expect(refusal { _ = try page(before.next) } == .cursorReset)
        let lent = try page(nil)
        guard case .changed(let row)? = lent.changes.first else {
            Issue.record("eve sees nothing of what ada lent her")
            return
        }
        #expect(row.id == id)
        #expect(row.reach?.youCan == true)
        try desk.tell(.people(.revoke(report.delegation.id)), as: lea)
        #expect(refusal { _ = try page(lent.next) } == .cursorReset)
        #expect(try page(nil).changes.isEmpty)
    }

    @Test func whoMayLendWhatToWhom() throws {
        let desk = try Desk()
        func refused(_ wish: DelegationWish, as name: String) -> Refusal? {
            refusal { try lend(wish, as: name, preview: true, in: desk) }
        }
        #expect(refused(try wish(in: desk), as: ada) == nil)
        #expect(refused(try wish(in: desk), as: lea) == nil)
        #expect(
            refused(try wish(in: desk), as: "bob@acme.test")
                == .forbidden(.roleMissing(needed: [.lead])))
        func field(_ wish: DelegationWish, as name: String) -> String? {
            guard case .invalid(let problems) = refused(wish, as: name) else { return nil }
            return problems.first?.field
        }
        #expect(field(try wish(to: lea, in: desk), as: lea) == "/delegate")
        #expect(field(try wish(to: ada, in: desk), as: ada) == "/delegate")
        #expect(field(try wish(to: "aud@acme.test", in: desk), as: ada) == "/delegate")
        #expect(field(try wish(to: "nobody@acme.test", in: desk), as: ada) == "/delegate")
        #expect(field(try wish(hours: 31 * 24, in: desk), as: ada) == "/end")
        #expect(field(try wish(hours: -1, in: desk), as: ada) == "/end")
        let nothing = Delegation.Scope.only(tools: [], groups: [], tags: [])
        #expect(field(try wish(in: desk, scope: nothing), as: ada) == "/scope")
        let strange = try #require(GroupName("nowhere"))
        let lost = Delegation.Scope.only(tools: [], groups: [strange], tags: [])
        #expect(field(try wish(in: desk, scope: lost), as: ada) == "/scope/groups")
        // Another tenant's people are nobody here.
        #expect(field(try wish(to: "mallory@rival.test", in: desk), as: ada) == "/delegate")
        for _ in 0..<20 { try lend(try wish(in: desk), as: ada, in: desk) }
        guard case .limit = refused(try wish(in: desk), as: ada) else {
            Issue.record("the twenty-first delegation was taken")
            return
        }
    }

    @Test func everybodySeesTheirOwnAndOverseersAll() throws {
        let desk = try Desk()
        let report = try lend(try wish(in: desk), as: ada, in: desk)
        func listed(_ name: String, past: Bool = false) throws -> [DelegationID] {
            let answer = try desk.ask(.people(.delegations(past: past)), as: name)
            guard case .people(.delegations(let reports)) = answer else { throw Surprise(answer) }
            return reports.map(\.delegation.id)
        }
        for name in [ada, eve, lea, "aud@acme.test"] {
            #expect(try listed(name) == [report.delegation.id], "\(name)")
        }
        #expect(try listed("bob@acme.test") == [])
        #expect(try listed("mallory@rival.test") == [])
        #expect(
            refusal {
                try desk.tell(.people(.revoke(report.delegation.id)), as: "mallory@rival.test")
            } == .notFound)
        #expect(
            refusal { try desk.tell(.people(.revoke(report.delegation.id)), as: "bob@acme.test") }
                == .notFound)
        try desk.tell(.people(.revoke(report.delegation.id)), as: eve)
        #expect(try listed(ada) == [])
        #expect(try listed(ada, past: true) == [report.delegation.id])
    }

    @Test func namingAHatThatIsNotHeldIsRefused() throws {
        let desk = try Desk()
        let id = try desk.submit()
        let report = try lend(try wish(in: desk), as: ada, in: desk)
        var command = try desk.decision(.approve, on: id, as: eve)
        command.onBehalfOf = report.delegation.delegate
        guard case .forbidden(.notInGroup) = refusal({ try desk.tell(.decide(command), as: eve) })
        else {
            Issue.record("eve's own authority was taken for ada's")
            return
        }
        command.onBehalfOf = report.delegation.grantor
        try desk.tell(.decide(command), as: eve)
        #expect(try desk.stored(id).state == .approved)
    }
}
