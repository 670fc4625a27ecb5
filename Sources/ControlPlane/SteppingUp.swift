import Approvals
import Audit
import Cryptography
import JSONTree

/// What a decision says about its second factor.
enum StepUpProof: Hashable {
    /// This risk asks for none.
    case notNeeded
    /// A code was right, and the factor remembers that it was taken.
    case totp(SecondFactor, StepUpCode)
    /// The code that proved an item of the same request before.
    case again
}

// A decision that needs a second factor.
extension Session {
    /// What the code proves; or a refusal that is on record, so that it must be committed.
    ///
    /// Nothing is saved when the code is right: it counts as taken with the decision that it is
    /// for, and a decision that is refused for another reason leaves it good.
    mutating func stepUp(
        _ command: DecideCommand, of approval: Approval, by member: Member
    ) throws(CommandFailure) -> Result<StepUpProof, Refusal> {
        let isAsked = try tenantRecord().stepUpFrom.demands(approval.risk)
        guard command.isBreakGlass || isAsked else {
            return .success(.notNeeded)
        }
        guard let code = command.stepUpCode else {
            try refusal(.stepUpRequired, of: approval)
        }
        if code == provenCode { return .success(.again) }
        if let refused = refusedCode, refused.code == code { return .failure(refused.refusal) }
        guard var factor = try stored(try store.secondFactor(of: member.id, in: tenant)) else {
            try refusal(.stepUpNotEnrolled, of: approval)
        }
        if let refusal = try checked(code, &factor, of: member) {
            refusedCode = (code, refusal)
            return .failure(refusal)
        }
        return .success(.totp(factor, code))
    }

    /// Remembers that the code was taken.
    mutating func keep(_ proof: StepUpProof, of member: Member) throws(CommandFailure) {
        guard case .totp(let factor, let code) = proof else { return }
        try stored(try store.save(factor, of: member.id, in: tenant))
        provenCode = code
    }

    /// Why a code is refused, after that is on record; nil when it is right and still to be saved.
    private mutating func checked(
        _ code: StepUpCode, _ factor: inout SecondFactor, of member: Member
    ) throws(CommandFailure) -> Refusal? {
        let finding = factor.check(code, at: now)
        switch finding {
        case .right: return nil
        case .notEnrolled: return .stepUpNotEnrolled
        case .used: return .stepUpWrongCode(attemptsLeft: nil)
        case .wrong(let left):
            try stored(try store.save(factor, of: member.id, in: tenant))
            return .stepUpWrongCode(attemptsLeft: left)
        case .locked(let until, let isFresh):
            if isFresh {
                try stored(try store.save(factor, of: member.id, in: tenant))
                let event = AuditEvent(
                    .stepUpLocked, by: actor, about: .init(.member, member.id.rawValue),
                    facts: .facts(["until_ms": .fact(until)]))
                try journal.record(event, of: tenant)
            }
            let seconds = (until.since(now) + 999) / 1_000
            return .stepUpLocked(retryAfterSeconds: Int(max(1, seconds)))
        }
    }
}

// A person gets a second factor, and an admin takes it away.
extension Session {
    /// Hands out a fresh secret, for an enrolment code of an admin or a code of the active factor.
    ///
    /// A token alone gets none: it may be stolen, before its owner ever enrolled.
    mutating func beginStepUp(
        _ code: StepUpCode?, _ permit: EnrolmentCode?
    ) throws(CommandFailure) -> Answer {
        let member = try person()
        var factor = try stored(try store.secondFactor(of: member.id, in: tenant)) ?? .init()
        let isPermitted = permit.map { factor.allows($0, at: now) } ?? false
        if !isPermitted {
            guard permit == nil, factor.state(at: now) == .active else {
                throw .refusing(.stepUpPermitNeeded)
            }
            guard let code else { throw .refusing(.stepUpRequired) }
            if let refusal = try checked(code, &factor, of: member) {
                return .refused(refusal, current: nil)
            }
        }
        let secret = StepUpSecret(journal.randomBytes(TOTP.secretBytesCount))
        factor.begin(secret, at: now)
        try stored(try store.save(factor, of: member.id, in: tenant))
        return .stepUpBegun(secret, email: member.email, tenant: tenant, until: factor.waitingUntil)
    }

    /// Hands out a code with which one person begins a second factor.
    ///
    /// An admin who has a factor proves it, so that a stolen token of theirs makes nobody who could
    /// decide.
    mutating func permitStepUp(
        email: String, proven code: StepUpCode?, by admin: Member
    ) throws(CommandFailure) -> Answer {
        let wanted = Naming.lowercased(email)
        guard let member = try stored(try store.member(email: wanted, of: tenant)) else {
            throw .refusing(.notFound)
        }
        try requireRank(over: member)
        if let refusal = try proven(code, by: admin) { return .refused(refusal, current: nil) }
        guard let fresh = EnrolmentCode(random: journal.randomBytes(16)) else {
            throw .store(.stopped("there is no randomness"))
        }
        var factor = try stored(try store.secondFactor(of: member.id, in: tenant)) ?? .init()
        let until = factor.permit(fresh, at: now)
        try stored(try store.save(factor, of: member.id, in: tenant))
        let event = AuditEvent(
            .stepUpPermitted, by: actor, about: .init(.member, member.id.rawValue),
            facts: .facts(["until_ms": .fact(until)]))
        try journal.record(event, of: tenant)
        return .stepUpPermitted(fresh, until: until)
    }

    /// Why what an admin wants is refused; nil when they have no factor, or their code is right.
    ///
    /// A refusal is on record, so that it must be committed.
    mutating func proven(
        _ code: StepUpCode?, by admin: Member
    ) throws(CommandFailure) -> Refusal? {
        guard var factor = try stored(try store.secondFactor(of: admin.id, in: tenant)),
            factor.state(at: now) == .active
        else { return nil }
        guard let code else { throw .refusing(.stepUpRequired) }
        if let refusal = try checked(code, &factor, of: admin) { return refusal }
        try stored(try store.save(factor, of: admin.id, in: tenant))
        return nil
    }

    mutating func confirmStepUp(_ code: StepUpCode) throws(CommandFailure) -> Answer {
        let member = try person()
        guard var factor = try stored(try store.secondFactor(of: member.id, in: tenant)) else {
            throw .refusing(.stepUpNotEnrolled)
        }
        let isReplaced = factor.state(at: now) == .active
        switch factor.confirm(code, at: now) {
        case .right: break
        case .wrong(let left): throw .refusing(.stepUpWrongCode(attemptsLeft: left))
        case .used, .locked, .notEnrolled: throw .refusing(.stepUpNotEnrolled)
        }
        try stored(try store.save(factor, of: member.id, in: tenant))
        let event = AuditEvent(
            .stepUpEnrolled, by: actor, about: .init(.member, member.id.rawValue),
            outcome: isReplaced ? "replaced" : "first", facts: .facts(["kind": .fact("totp")]))
        try journal.record(event, of: tenant)
        var reader = reader
        return try reader.me()
    }

    /// Whoever holds a stolen token must not be able to take the factor away with it.
    mutating func resetStepUp(email: String, by admin: Member) throws(CommandFailure) -> Answer {
        let wanted = Naming.lowercased(email)
        guard let member = try stored(try store.member(email: wanted, of: tenant)) else {
            throw .refusing(.notFound)
        }
        try requireRank(over: member)
        guard member.id != admin.id else {
            throw .refusing(
                .conflict(
                    "nobody resets their own second factor", next: "Ask another admin to do it."))
        }
        guard try stored(try store.removeSecondFactor(of: member.id, in: tenant)) else {
            throw .refusing(.notFound)
        }
        try journal.record(
            AuditEvent(.stepUpReset, by: actor, about: .init(.member, member.id.rawValue)),
            of: tenant)
        return .removed
    }

    private func person() throws(CommandFailure) -> Member {
        guard case .member(let member, _) = principal else {
            throw .refusing(.forbidden(.roleMissing(needed: [.approver, .lead])))
        }
        return member
    }
}
