import Approvals
import Audit
import ControlPlane
import Cryptography
import JSONTree
import Simulation
import Testing

/// Goal: where the tenant asks for a second factor, no decision counts without one.
@Suite struct SteppingUpTests {
    private static let ada = "ada@acme.test"

    @Test func aDecisionNeedsACode() throws {
        let desk = try Desk(askingFrom: .medium)
        let id = try desk.submit()
        #expect(try desk.view(id).stepUp == .required)
        #expect(try desk.refusalOfDecision(on: id, code: nil) == .stepUpRequired)
        #expect(try desk.refusalOfDecision(on: id, code: "000000") == .stepUpNotEnrolled)
        let secret = try desk.enrol()
        desk.pass(seconds: 60)
        #expect(try desk.refusalOfDecision(on: id, code: desk.code(secret)) == nil)
        #expect(try desk.stored(id).state == .approved)
        #expect(try desk.view(id).stepUp == .notRequired)
        let event = try #require(try desk.events().last)
        #expect(event["type"] == "approval.decided")
        #expect(event["facts"]?["step_up"] == "totp")
    }

    @Test(arguments: [StepUpFrom.none, .high])
    func belowTheRiskNobodyIsAsked(_ from: StepUpFrom) throws {
        let desk = try Desk(askingFrom: from)
        let id = try desk.submit()
        #expect(try desk.view(id).stepUp == .notRequired)
        try desk.decide(.approve, on: id)
        #expect(try desk.events().last?["facts"]?["step_up"] == nil)
    }

    @Test func aRejectionNeedsOneToo() throws {
        let desk = try Desk(askingFrom: .medium)
        let id = try desk.submit()
        let command = try desk.decision(.reject, on: id)
        #expect(refusal { try desk.tell(.decide(command), as: Self.ada) } == .stepUpRequired)
    }

    @Test func aCodeDecidesOnce() throws {
        let desk = try Desk(askingFrom: .medium)
        let ids = try (0..<2).map { try desk.submit(Desk.submission(key: "k\($0)")) }
        let secret = try desk.enrol()
        desk.pass(seconds: 60)
        let code = try desk.code(secret)
        #expect(try desk.refusalOfDecision(on: ids[0], code: code) == nil)
        #expect(
            try desk.refusalOfDecision(on: ids[1], code: code)
                == .stepUpWrongCode(attemptsLeft: nil))
        desk.pass(seconds: 30)
        #expect(try desk.refusalOfDecision(on: ids[1], code: desk.code(secret)) == nil)
    }

    @Test func aRefusedDecisionLeavesTheCodeGood() throws {
        let desk = try Desk(askingFrom: .medium)
        let id = try desk.submit()
        let secret = try desk.enrol()
        desk.pass(seconds: 60)
        let code = try desk.code(secret)
        var command = try desk.decision(.approve, on: id)
        command.stepUpCode = StepUpCode(code)
        command.edits = JSONPatch([.remove(JSONPointer(tokens: ["nothing"]))])
        #expect(refusal { try desk.tell(.decide(command), as: Self.ada) } != nil)
        #expect(try desk.refusalOfDecision(on: id, code: code) == nil)
    }

    /// One code covers one request, and a wrong one counts once, however many items have it.
    @Test func manyDecisionsShareACode() throws {
        let desk = try Desk(askingFrom: .medium)
        let ids = try (0..<4).map { try desk.submit(Desk.submission(key: "k\($0)")) }
        let secret = try desk.enrol()
        desk.pass(seconds: 60)
        #expect(
            try desk.refusals(of: ids, code: "000000")
                == Array(repeating: .stepUpWrongCode(attemptsLeft: 4), count: 4))
        let code = try desk.code(secret)
        #expect(try desk.refusals(of: Array(ids.prefix(2)), code: code) == [nil, nil])
        #expect(
            try desk.refusals(of: Array(ids.suffix(2)), code: code)
                == [.stepUpWrongCode(attemptsLeft: nil), .stepUpWrongCode(attemptsLeft: nil)])
        #expect(
            try desk.refusals(of: Array(ids.suffix(2)), code: nil)
                == [.stepUpRequired, .stepUpRequired])
    }

    @Test func wrongCodesLock() throws {
        let desk = try Desk(askingFrom: .medium)
        let id = try desk.submit()
        let secret = try desk.enrol()
        desk.pass(seconds: 60)
        for left in (1..<5).reversed() {
            #expect(
                try desk.refusalOfDecision(on: id, code: "000000")
                    == .stepUpWrongCode(attemptsLeft: left))
        }
        let locked = Refusal.stepUpLocked(retryAfterSeconds: 900)
        #expect(try desk.refusalOfDecision(on: id, code: "000000") == locked)
        #expect(try desk.events().last?["type"] == "step_up.locked")
        let count = try desk.events().count
        #expect(try desk.refusalOfDecision(on: id, code: desk.code(secret)) == locked)
        #expect(try desk.events().count == count, "a lock is said once")
        desk.pass(seconds: 600)
        #expect(
            try desk.refusalOfDecision(on: id, code: desk.code(secret))
                == .stepUpLocked(retryAfterSeconds: 300))
    }

    @Test func anAdminResetsSomebodyElses() throws {
        let desk = try Desk(askingFrom: .medium)
        let id = try desk.submit()
        let secret = try desk.enrol()
        #expect(
            refusal { try desk.tell(.resetStepUp(email: Self.ada), as: Self.ada) }
                == .forbidden(.roleMissing(needed: [.admin])))
        guard
            case .conflict = refusal({
                try desk.tell(.resetStepUp(email: Desk.admin), as: Desk.admin)
            })
        else {
            Issue.record("an admin took their own second factor away")
            return
        }
        try desk.tell(.resetStepUp(email: Self.ada), as: Desk.admin)
        #expect(try desk.events().last?["type"] == "step_up.reset")
        #expect(
            refusal { try desk.tell(.resetStepUp(email: Self.ada), as: Desk.admin) } == .notFound)
        desk.pass(seconds: 60)
        #expect(try desk.refusalOfDecision(on: id, code: desk.code(secret)) == .stepUpNotEnrolled)
        #expect(try desk.stepUpState() == .none)
    }

    /// A stolen token alone does not replace the factor.
    @Test func replacingNeedsACode() throws {
        let desk = try Desk(askingFrom: .medium)
        let secret = try desk.enrol()
        desk.pass(seconds: 60)
        #expect(refusal { try desk.tell(.beginStepUp(nil), as: Self.ada) } == .stepUpRequired)
        let wrong = StepUpCode("000000")
        #expect(
            refusal { try desk.tell(.beginStepUp(wrong), as: Self.ada) }
                == .stepUpWrongCode(attemptsLeft: 4))
        let code = StepUpCode(try desk.code(secret))
        guard
            case .stepUpBegun(let fresh, _, _, _) = try desk.tell(.beginStepUp(code), as: Self.ada)
        else {
            Issue.record("a current code replaces")
            return
        }
        #expect(fresh.bytes != secret)
    }

    /// A token that was stolen before its owner enrolled gets no second factor.
    @Test func beginningNeedsAnEnrolmentCode() throws {
        let desk = try Desk(askingFrom: .medium)
        func begin(_ permit: EnrolmentCode?, as who: String = Self.ada) -> Refusal? {
            refusal { try desk.tell(.beginStepUp(nil, permit), as: who) }
        }
        #expect(begin(nil) == .stepUpPermitNeeded)
        #expect(begin(EnrolmentCode("AAAAA-AAAAA-AAAAA-AAAAA")) == .stepUpPermitNeeded)
        let first = try desk.permit()
        #expect(try desk.events().last?["type"] == "step_up.permitted")
        #expect(begin(first, as: "bob@acme.test") == .stepUpPermitNeeded, "it is ada's")
        let second = try desk.permit()
        #expect(begin(first) == .stepUpPermitNeeded, "a newer one was handed out")
        desk.pass(seconds: Limits.stepUpPermitSeconds)
        #expect(begin(second) == .stepUpPermitNeeded, "a day has gone by")
        let third = try desk.permit()
        guard
            case .stepUpBegun(let secret, _, _, _) = try desk.tell(
                .beginStepUp(nil, EnrolmentCode(third.text.lowercased())), as: Self.ada)
        else {
            Issue.record("an enrolment code begins")
            return
        }
        #expect(begin(third) == nil, "the first secret did not reach the authenticator")
        #expect(begin(third) == nil)
        _ = secret
    }

    /// The code has done its work with the first factor.
    @Test func anEnrolmentCodeCountsOnce() throws {
        let desk = try Desk(askingFrom: .medium)
        let permit = try desk.permit()
        let answer = try desk.tell(.beginStepUp(nil, permit), as: Self.ada)
        guard case .stepUpBegun(let secret, _, _, _) = answer else { throw Surprise(answer) }
        try desk.tell(
            .confirmStepUp(try #require(StepUpCode(try desk.code(secret.bytes)))), as: Self.ada)
        #expect(
            refusal { try desk.tell(.beginStepUp(nil, permit), as: Self.ada) }
                == .stepUpPermitNeeded)
    }

    /// A stolen token of an admin makes nobody who can decide, and turns nothing off.
    @Test func anAdminWithAFactorProvesIt() throws {
        let desk = try Desk(askingFrom: .medium)
        let begun = try desk.tell(.permitStepUp(email: Desk.admin, nil), as: Desk.admin)
        guard case .stepUpPermitted(let permit, _) = begun else { throw Surprise(begun) }
        let answer = try desk.tell(.beginStepUp(nil, permit), as: Desk.admin)
        guard case .stepUpBegun(let secret, _, _, _) = answer else { throw Surprise(answer) }
        try desk.tell(
            .confirmStepUp(try #require(StepUpCode(try desk.code(secret.bytes)))), as: Desk.admin)
        desk.pass(seconds: 60)
        var less = TenantSettings(name: try #require(Desk.acme))
        less.stepUpFrom = .high
        var more = less
        more.stepUpFrom = .medium
        let permitting = Command.permitStepUp(email: Self.ada, nil)
        let token = Command.addToken(
            .member(email: Self.ada), label: nil, expiresInSeconds: nil)
        try desk.tell(
            .addToken(.agent(name: "bot"), label: nil, expiresInSeconds: nil), as: Desk.admin)
        for command in [permitting, .changeTenant(less), token] {
            #expect(refusal { try desk.tell(command, as: Desk.admin) } == .stepUpRequired)
        }
        let wrong = Command.permitStepUp(email: Self.ada, StepUpCode("000000"))
        #expect(
            refusal { try desk.tell(wrong, as: Desk.admin) } == .stepUpWrongCode(attemptsLeft: 4))
        less.stepUpCode = StepUpCode(try desk.code(secret.bytes))
        try desk.tell(.changeTenant(less), as: Desk.admin)
        try desk.tell(.changeTenant(more), as: Desk.admin)
        desk.pass(seconds: 60)
        _ = try desk.permit(proven: StepUpCode(try desk.code(secret.bytes)))
    }

    /// The secret is told once, and is in nothing that anybody may read.
    @Test func theSecretIsNotOnRecord() throws {
        let desk = try Desk(askingFrom: .medium)
        let secret = try desk.enrol()
        let letters = Base32.encode(secret)
        for event in try desk.events() {
            let text = event.text()
            #expect(!text.contains(letters))
            #expect(!text.contains(Hexadecimal.encode(secret)))
        }
        #expect(try desk.events().last?["type"] == "step_up.enrolled")
        #expect(try desk.stepUpState() == .active)
    }

    /// Who left and comes back has another id, and no second factor.
    @Test func leavingTakesTheFactorAway() throws {
        let desk = try Desk(askingFrom: .medium)
        _ = try desk.enrol()
        try desk.tell(.removeMember(email: Self.ada), as: Desk.admin)
        try desk.join(Self.ada, [.approver], ["finance"], by: Desk.admin)
        #expect(try desk.stepUpState() == .none)
    }
}

extension Desk {
    /// A desk whose tenant asks for a second factor from a risk on; its calls are of medium risk.
    fileprivate convenience init(askingFrom from: StepUpFrom) throws {
        try self.init()
        var settings = TenantSettings(name: try #require(Desk.acme))
        settings.stepUpFrom = from
        try tell(.changeTenant(settings), as: Desk.admin)
    }

    /// Gives ada a second factor; the answer is its secret.
    fileprivate func enrol() throws -> [UInt8] {
        let answer = try tell(.beginStepUp(nil, try permit()), as: "ada@acme.test")
        guard case .stepUpBegun(let secret, _, _, _) = answer else { throw Surprise(answer) }
        let code = try #require(StepUpCode(try code(secret.bytes)))
        try tell(.confirmStepUp(code), as: "ada@acme.test")
        return secret.bytes
    }

    /// The enrolment code that an admin hands to ada.
    fileprivate func permit(proven code: StepUpCode? = nil) throws -> EnrolmentCode {
        let command = Command.permitStepUp(email: "ada@acme.test", code)
        let answer = try tell(command, as: Desk.admin)
        guard case .stepUpPermitted(let permit, _) = answer else { throw Surprise(answer) }
        return permit
    }

    fileprivate func code(_ secret: [UInt8]) throws -> String {
        let step = TOTP.step(atMilliseconds: clock.wall.milliseconds)
        return String(decoding: TOTP.code(secret, step: step), as: UTF8.self)
    }

    fileprivate func stepUpState() throws -> StepUpState {
        let answer = try ask(.me, as: "ada@acme.test")
        guard case .me(_, let state, _, _, _, _, _) = answer else { throw Surprise(answer) }
        return state
    }

    /// Why an approval of ada's with this code is refused; nil when it is not.
    fileprivate func refusalOfDecision(on id: ApprovalID, code: String?) throws -> Refusal? {
        var command = try decision(.approve, on: id)
        command.stepUpCode = code.flatMap { StepUpCode($0) }
        let sent = command
        return refusal { try tell(.decide(sent), as: "ada@acme.test") }
    }

    fileprivate func refusals(of ids: [ApprovalID], code: String?) throws -> [Refusal?] {
        let commands = try ids.map { id in
            var command = try decision(.approve, on: id)
            command.stepUpCode = code.flatMap { StepUpCode($0) }
            return command
        }
        let answer = try tell(.decideMany(commands), as: "ada@acme.test")
        guard case .decidedMany(let results) = answer else { throw Surprise(answer) }
        return results.map(\.refusal)
    }
}
