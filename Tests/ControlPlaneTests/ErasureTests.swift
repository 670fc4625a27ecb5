import Approvals
import AuditVerifier
import ControlPlane
import JSONTree
import Testing
import WireAPI

/// Goal: two people erase the values of one subject, the log is as it was and verifies, and nothing
/// that is still needed is erased.
@Suite struct ErasureTests {
    /// A rig with a lead beside the admin.
    private static func rig() throws -> APIRig {
        let rig = try APIRig()
        for name in ["lea", "dan"] {
            let email = JSONValue.string("\(name)@api.test")
            let lead: JSONValue = ["email": email, "roles": ["lead", "approver"], "groups": []]
            try rig.expect(rig.send(.putMember, lead, as: "admin"), 200)
            try rig.giveToken(to: name, for: ["member": email])
        }
        return rig
    }

    private static func call(_ secret: String) -> JSONValue {
        [
            "tool": "issue_refund", "group": "finance", "timeout_s": 60,
            "arguments": ["customer": .string(secret), "amount_cents": 5],
            "context": ["summary": .string("For \(secret)")],
        ]
    }

    private static func propose(
        _ rig: APIRig, _ subject: (String, String), as who: String = "admin"
    ) throws -> HTTPResponse {
        let body = JSONObject([(subject.0, .string(subject.1)), ("reason", "They asked for it.")])
        return rig.send(.proposeErasure, .object(body), as: who)
    }

    private static func erase(_ rig: APIRig, _ subject: (String, String)) throws -> ErasureView {
        let proposed = try propose(rig, subject)
        try rig.expect(proposed, 201)
        let id = try #require(proposed.json()["id"]?.stringValue)
        let done = rig.send(.confirmErasure, naming: id, as: "lea")
        try rig.expect(done, 200)
        return try ErasureView(wire: done.json())
    }

    private static func text(_ answer: HTTPResponse) -> String {
        String(decoding: answer.body, as: UTF8.self)
    }

    @Test func theValuesGoAndTheLogVerifies() throws {
        let rig = try Self.rig()
        let id = try rig.submit(key: "k1", Self.call("canary-one"))
        try rig.expect(
            rig.decide(
                id, "reject", more: [("comment", "canary-comment is wrong")]), 200)
        let other = try rig.submit(key: "k2", Self.call("other-value"))
        try rig.expect(rig.decide(other, "reject"), 200)
        let before = try ToldLog(rig)
        let done = try Self.erase(rig, ("approval", id))
        #expect(done.state == "done" && done.approvals == 1 && done.documents == 2, "\(done)")
        let told = try ToldLog(rig)
        let report = told.report()
        #expect(report.result == .verified, "\(report.findings)\n\(report.doubts)")
        #expect(report.stats.erased > 0)
        #expect(told.events.starts(with: before.events), "the log is as it was")
        let rows = String(decoding: told.rows, as: UTF8.self)
        #expect(!rows.contains("canary") && rows.contains("other-value"))
        for who in ["ada", "aud", "bot"] {
            let view = rig.send(.approval, naming: id, as: who)
            #expect(view.status == 200 && !Self.text(view).contains("canary"), "\(who)")
        }
        #expect(Self.text(rig.send(.approval, naming: id, as: "ada")).contains("erased"))
        #expect(!Self.text(rig.send(.history, as: "aud")).contains("canary"))
        #expect(Self.text(rig.send(.history, as: "aud")).contains("other-value"))
    }

    /// Everybody who polls is told of the approval anew, so that no copy stays.
    @Test func theFeedTellsOfIt() throws {
        let rig = try Self.rig()
        let id = try rig.submit(key: "k1", Self.call("canary-one"))
        try rig.expect(rig.decide(id, "reject"), 200)
        let cursor = try #require(try rig.send(.inbox, as: "ada").json()["next"]?.stringValue)
        _ = try Self.erase(rig, ("approval", id))
        let page = rig.send(.inbox, query: "?since=\(cursor)", as: "ada")
        try rig.expect(page, 200)
        #expect(Self.text(page).contains(id) && !Self.text(page).contains("canary"))
    }

    @Test func aSecondPersonConfirms() throws {
        let rig = try Self.rig()
        let id = try rig.submit(key: "k1", Self.call("canary-one"))
        try rig.expect(rig.decide(id, "reject"), 200)
        for who in ["ada", "aud", "bot"] {
            try rig.expect(Self.propose(rig, ("approval", id), as: who), 403)
        }
        let proposed = try Self.propose(rig, ("approval", id), as: "dan")
        try rig.expect(proposed, 201)
        let erasure = try ErasureView(wire: proposed.json())
        #expect(erasure.state == "proposed" && erasure.proposedBy == "dan@api.test")
        #expect(Self.text(rig.send(.approval, naming: id, as: "ada")).contains("canary-one"))
        try rig.expect(rig.send(.confirmErasure, naming: erasure.id, as: "dan"), 409)
        try rig.expect(rig.send(.confirmErasure, naming: erasure.id, as: "aud"), 403)
        try rig.expect(rig.send(.removeMember, naming: "dan@api.test", as: "admin"), 204)
        try rig.expect(rig.send(.confirmErasure, naming: erasure.id, as: "lea"), 409)
        #expect(Self.text(rig.send(.approval, naming: id, as: "ada")).contains("canary-one"))
        #expect(try Self.erase(rig, ("approval", id)).state == "done")
        let list = try ErasureList(wire: rig.send(.listErasures, as: "aud").json())
        #expect(list.items.map(\.state) == ["done", "proposed"])
        let again = rig.send(.confirmErasure, naming: list.items[0].id, as: "lea")
        try rig.expect(again, 409)
        #expect(try ToldLog(rig).report().result == .verified)
    }

    @Test func whatIsStillNeededStays() throws {
        let rig = try Self.rig()
        let pending = try rig.submit(key: "k1", Self.call("canary-one"))
        let refused = try Self.propose(rig, ("approval", pending))
        try rig.expect(refused, 409)
        #expect(Self.text(refused).contains("pending, or may still run"))
        try rig.expect(Self.propose(rig, ("agent", "bot")), 409)
        try rig.expect(rig.decide(pending), 200)
        try rig.expect(Self.propose(rig, ("approval", pending)), 409)
        rig.pass(seconds: 100_000)
        #expect(try Self.erase(rig, ("approval", pending)).state == "done")
        let claim = rig.send(
            .claim, ["nonce": "0123456789abcdef"], naming: pending, as: "bot")
        #expect(claim.status >= 400 && !Self.text(claim).contains("canary"))
        let again = rig.send(
            .submit, Self.call("canary-one"), headers: ["idempotency-key": "k1"], as: "bot")
        try rig.expect(again, 409)
        try rig.expect(Self.propose(rig, ("member", "ada@api.test")), 409)
        try rig.expect(Self.propose(rig, ("member", "nobody@api.test")), 404)
        try rig.expect(Self.propose(rig, ("agent", "nobody")), 404)
    }

    @Test func anAgentLosesItsCallsUntilThen() throws {
        let rig = try Self.rig()
        for key in ["k1", "k2"] {
            let id = try rig.submit(key: key, Self.call("canary-\(key)"))
            try rig.expect(rig.decide(id, "reject"), 200)
        }
        let proposed = try ErasureView(wire: Self.propose(rig, ("agent", "bot")).json())
        rig.pass(seconds: 1)
        let later = try rig.submit(key: "k3", Self.call("later-value"))
        let done = rig.send(.confirmErasure, naming: proposed.id, as: "lea")
        try rig.expect(done, 200)
        #expect(try ErasureView(wire: done.json()).approvals == 2)
        #expect(Self.text(rig.send(.approval, naming: later, as: "ada")).contains("later-value"))
        let told = try ToldLog(rig)
        #expect(told.report().result == .verified)
        #expect(!String(decoding: told.rows, as: UTF8.self).contains("canary"))
    }

    @Test func aPersonWhoLeftLosesTheirWordsAndTheirName() throws {
        let rig = try Self.rig()
        let id = try rig.submit(key: "k1", Self.call("kept-value"))
        try rig.expect(
            rig.decide(id, "reject", more: [("comment", "canary-comment")]), 200)
        try rig.expect(rig.send(.removeMember, naming: "ada@api.test", as: "admin"), 204)
        let done = try Self.erase(rig, ("member", "ada@api.test"))
        #expect(done.state == "done" && done.approvals == 1)
        #expect(done.subject.hasPrefix("erased-"), "\(done)")
        let view = Self.text(rig.send(.approval, naming: id, as: "aud"))
        #expect(view.contains("kept-value") && view.contains("erased-"), "\(view)")
        #expect(!view.contains("canary") && !view.contains("ada@api.test"))
        let told = try ToldLog(rig)
        #expect(told.report().result == .verified, "\(told.report().findings)")
        let rows = String(decoding: told.rows, as: UTF8.self)
        #expect(!rows.contains("canary") && !rows.contains("ada@api.test"))
        try rig.expect(Self.propose(rig, ("member", "ada@api.test")), 404)
    }

    @Test(
        arguments: [
            [:], ["agent": "bot", "member": "ada@api.test"], ["approval": "no-id"],
            ["agent": "bot", "reason": " "],
        ] as [JSONObject])
    func aWishNamesOneSubjectAndSaysWhy(_ change: JSONObject) throws {
        let rig = try Self.rig()
        var body = JSONObject([("reason", "They asked for it.")])
        for member in change.members { body[member.name] = member.value }
        try rig.expect(rig.send(.proposeErasure, .object(body), as: "admin"), 422)
    }
}

/// Goal: values go when they are older than the tenant keeps them and never before 184 days, and
/// what is still needed waits.
@Suite struct RetentionTests {
    private static let day = 86_400

    private static func sweep(_ desk: Desk, limit: Int = 100) throws -> Sweep {
        let plane = desk.plane
        return try desk.write { (store, surroundings) throws(CommandFailure) in
            try plane.eraseOld(in: store, with: &surroundings, limit: limit)
        }
    }

    private static func keep(_ desk: Desk, days: Int) throws {
        var settings = TenantSettings(name: try #require(Desk.acme))
        settings.retentionDays = days
        try desk.tell(.changeTenant(settings), as: Desk.admin)
    }

    @Test func valuesGoAtTheirAge() throws {
        let desk = try Desk()
        let id = try desk.submit()
        try desk.decide(.reject, on: id)
        desk.pass(seconds: 400 * Self.day)
        #expect(try Self.sweep(desk).approvals == 0, "not before")
        desk.pass(seconds: 1)
        let sweep = try Self.sweep(desk)
        #expect(sweep.approvals == 1 && sweep.documents == 2, "\(sweep)")
        let approval = try desk.stored(id)
        #expect(approval.erasedAt != nil && approval.arguments == [:])
        #expect(approval.decisions.first?.comment == nil)
        let types = try desk.events().compactMap { $0["type"]?.stringValue }
        #expect(
            types.suffix(3) == ["disclosure.erased", "disclosure.erased", "retention.swept"])
        #expect(try Self.sweep(desk).approvals == 0, "once")
    }

    @Test func aBatchIsBounded() throws {
        let desk = try Desk()
        for key in ["k1", "k2", "k3"] {
            try desk.decide(.reject, on: desk.submit(Desk.submission(key: key)))
        }
        desk.pass(seconds: 401 * Self.day)
        #expect(try Self.sweep(desk, limit: 2).approvals == 2)
        #expect(try Self.sweep(desk, limit: 2).approvals == 1)
    }

    @Test func whatIsPendingOrMayRunWaits() throws {
        let desk = try Desk()
        let pending = try desk.submit()
        desk.pass(seconds: 401 * Self.day)
        #expect(try Self.sweep(desk).approvals == 0)
        try desk.ring()
        #expect(try desk.stored(pending).state == .expired)
        #expect(try Self.sweep(desk).approvals == 1)
    }

    @Test(arguments: [183, 0, -1, 36_501])
    func theFloorIsRefusedByName(_ days: Int) throws {
        let desk = try Desk()
        let refused = refusal { () throws -> Answer? in
            try Self.keep(desk, days: days)
            return nil
        }
        guard case .invalid(let problems)? = refused else { throw Missing() }
        #expect(problems.map(\.field) == ["/retention_days"])
        #expect(problems.first?.sentence.contains("184") == true)
    }

    private struct Missing: Error {}

    @Test func aTenantKeepsThemForLess() throws {
        let desk = try Desk()
        try desk.decide(.reject, on: desk.submit())
        try Self.keep(desk, days: 184)
        desk.pass(seconds: 184 * Self.day)
        #expect(try Self.sweep(desk).approvals == 0)
        desk.pass(seconds: 1)
        #expect(try Self.sweep(desk).approvals == 1)
    }
}
