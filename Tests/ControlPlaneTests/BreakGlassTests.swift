import Approvals
import AuditVerifier
import ControlPlane
import Cryptography
import JSONTree
import Simulation
import Testing
import WireAPI

/// Goal: one call is approved without the authority for it, once, in the open, and reviewed.
@Suite struct BreakGlassTests {
    private static let reason = "The payroll run stands still, nobody of the group answers."

    /// `eve` is in no group and may break glass; `lea` and `dan` are leads.
    private static func rig() throws -> (rig: APIRig, secret: [UInt8]) {
        let rig = try APIRig()
        for (name, roles) in [
            ("eve", ["approver", "breakglass"]), ("lea", ["lead"]), ("dan", ["lead"]),
        ] {
            let email = JSONValue.string("\(name)@api.test")
            let member: JSONValue = [
                "email": email, "roles": .array(roles.map { .string($0) }), "groups": [],
            ]
            try rig.expect(rig.send(.putMember, member, as: "admin"), 200)
            try rig.giveToken(to: name, for: ["member": email])
        }
        let permit = rig.send(.permitStepUp, naming: "eve@api.test", as: "admin")
        let enrolment = rig.send(
            .beginStepUp, ["enrolment_code": try permit.json()["code"] ?? .null], as: "eve")
        try rig.expect(enrolment, 201)
        let text = try #require(try enrolment.json()["secret"]?.stringValue)
        let secret = Self.bytes(text)
        try rig.expect(
            rig.send(.confirmStepUp, ["code": .string(code(rig, secret))], as: "eve"), 200)
        rig.pass(seconds: 30)
        return (rig, secret)
    }

    /// What base32 stands for.
    private static func bytes(_ text: String) -> [UInt8] {
        let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".utf8)
        let bits = text.utf8.compactMap { letters.firstIndex(of: $0) }
            .flatMap { value in (0..<5).map { value >> (4 - $0) & 1 } }
        return stride(from: 0, to: bits.count / 8 * 8, by: 8).map { start in
            UInt8(bits[start..<start + 8].reduce(0) { $0 << 1 | $1 })
        }
    }

    private static func code(_ rig: APIRig, _ secret: [UInt8]) -> String {
        let step = TOTP.step(atMilliseconds: rig.clock.wall.milliseconds)
        return String(decoding: TOTP.code(secret, step: step), as: UTF8.self)
    }

    private static func breaks(
        _ rig: APIRig, _ secret: [UInt8]?, _ id: String, reason: String = reason,
        more: [(String, JSONValue)] = [], as who: String = "eve"
    ) throws -> HTTPResponse {
        var all: [(String, JSONValue)] = [("break_glass", ["reason": .string(reason)])]
        if let secret { all.append(("step_up", ["code": .string(code(rig, secret))])) }
        return try rig.decide(id, more: all + more, as: who)
    }

    @Test("X-10 a use is in the open, owes a review, and blocks the next until then")
    func oneUse() throws {
        let (rig, secret) = try Self.rig()
        let id = try rig.submit(key: "k1")
        let next = try rig.submit(key: "k2")
        try rig.expect(rig.decide(id, as: "eve"), 403)
        try rig.expect(Self.breaks(rig, secret, id), 200)
        let told = try rig.send(.approval, naming: id, as: "bot").json()
        #expect(told["state"] == "approved")
        #expect(told["provenance"]?["basis"] == "break_glass")
        let me = try rig.send(.me, as: "lea").json()
        #expect(me["break_glass"]?["open"] == 1)
        #expect(try rig.send(.me, as: "ada").json()["break_glass"] == nil)
        rig.pass(seconds: 30)
        let blocked = try Self.breaks(rig, secret, next)
        try rig.expect(blocked, 409)
        #expect(String(decoding: blocked.body, as: UTF8.self).contains(id))
        let note: JSONValue = ["note": "It did stand still."]
        try rig.expect(rig.send(.reviewBreakGlass, note, naming: id, as: "eve"), 403)
        try rig.expect(rig.send(.reviewBreakGlass, ["note": " "], naming: id, as: "lea"), 422)
        try rig.expect(rig.send(.reviewBreakGlass, note, naming: next, as: "lea"), 404)
        try rig.expect(rig.send(.reviewBreakGlass, note, naming: id, as: "lea"), 200)
        try rig.expect(rig.send(.reviewBreakGlass, note, naming: id, as: "dan"), 409)
        #expect(try rig.send(.me, as: "lea").json()["break_glass"] == nil)
        try rig.expect(Self.breaks(rig, secret, next), 200)
        #expect(try ToldLog(rig).report().findings.isEmpty)
    }

    @Test("X-9 nothing less than a code, a reason, the role and what was shown")
    func refusals() throws {
        let (rig, secret) = try Self.rig()
        let id = try rig.submit(key: "k1")
        #expect(try Self.breaks(rig, nil, id).status != 200)
        #expect(try Self.breaks(rig, secret, id, reason: "short   of twenty").status != 200)
        #expect(try Self.breaks(rig, secret, id, as: "lea").status == 403)
        let edit: JSONValue = [["op": "replace", "path": "/amount_cents", "value": 1]]
        for more: [(String, JSONValue)] in [
            [("edits", edit)], [("comment", "And besides.")], [("verdict", "reject")],
            [("fully_shown", false)],
            [("on_behalf_of", "01a2043d-9860-7e0e-b08c-0ba87d4786f6")],
            [("displayed_digest", .string("sha256:" + String(repeating: "0", count: 64)))],
        ] {
            #expect(try Self.breaks(rig, secret, id, more: more).status != 200)
        }
        #expect(try rig.send(.listBreakGlass, as: "lea").json()["items"] == [])
        try rig.expect(Self.breaks(rig, secret, id), 200)
    }

    @Test("X-9 what is not reviewed in 72 hours is overdue")
    func overdue() throws {
        let (rig, secret) = try Self.rig()
        let id = try rig.submit(key: "k1")
        try rig.expect(Self.breaks(rig, secret, id), 200)
        rig.pass(seconds: 72 * 3_600 - 1)
        #expect(try rig.send(.me, as: "dan").json()["break_glass"]?["overdue"] == 0)
        rig.pass(seconds: 1)
        #expect(try rig.send(.me, as: "dan").json()["break_glass"]?["overdue"] == 1)
    }

    @Test("X-9 never over a rule that denies; the attempt is on record")
    func never() throws {
        let desk = try PolicyDecidingTests.desk()
        let denied = try PolicyDecidingTests.submit(desk, 5, customer: "cus_bad")
        #expect(denied.state == .rejected)
        let eve = "eve@acme.test"
        try desk.join(eve, [.approver, .breakglass], ["ops"], by: Desk.admin)
        var command = try desk.decision(.approve, on: denied.id, as: eve)
        command.glassReason = Self.reason
        guard case .refused(.conflict, _) = try desk.tell(.decide(command), as: eve) else {
            Issue.record("glass was broken over a rule that says never")
            return
        }
        let event = try #require(try desk.events().last)
        #expect(event["type"] == "break_glass.refused")
        #expect(event["provenance"]?["basis"] == "break_glass")
        #expect(try desk.stored(denied.id).state == .rejected)
    }

    @Test("X-9 never for one's own run")
    func ownRun() throws {
        let desk = try Desk()
        try desk.join("bob@acme.test", [.approver, .breakglass], ["ops"], by: Desk.admin)
        let id = try desk.submit()
        var command = try desk.decision(
            .approve, on: id, as: "bob@acme.test")
        command.glassReason = Self.reason
        #expect(
            refusal { try desk.tell(.decide(command), as: "bob@acme.test") }
                == .forbidden(.ownRun))
    }
}
