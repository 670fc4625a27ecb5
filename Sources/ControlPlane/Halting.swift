public import Approvals
import Audit
import JSONTree

/// A halt with the name of who called it.
public struct ShownHalt: Hashable, Sendable {
    public let halt: Halt
    public let email: String

    /// Puts it together.
    public init(_ halt: Halt, email: String) {
        self.halt = halt
        self.email = email
    }
}

// Somebody stops everything, and somebody else lets it go on.
extension Session {
    mutating func halt(isOn: Bool, reason: String) throws(CommandFailure) -> Answer {
        let member = try member(with: isOn ? [.approver, .lead, .admin] : [.lead, .admin])
        guard reason.utf8.count <= Limits.commentBytesMax else {
            throw .field("/reason", "must have at most \(Limits.commentBytesMax) bytes")
        }
        guard !reason.isBlank else { throw .field("/reason", "must say why") }
        let words = Words.masked(reason)
        var tenant = try tenantRecord()
        if let halt = tenant.halt {
            guard !isOn else {
                throw .refusing(
                    .conflict(
                        "releases are halted already",
                        next: "Nothing is left to do; `/v1/me` says since when."))
            }
            try requireSecond(member, after: halt)
            tenant.halt = nil
        } else {
            guard isOn else {
                throw .refusing(
                    .conflict("releases are not halted", next: "Nothing is left to do."))
            }
            tenant.halt = Halt(by: member.id, at: now, reason: words)
        }
        try stored(try store.replace(tenant))
        try journal.record(
            AuditEvent(
                isOn ? .releasesHalted : .releasesResumed, by: actor,
                about: .init(.tenant, tenant.name.rawValue),
                documents: [AuditEvent.Document("reason", text: words)]), of: tenant.name)
        var reader = reader
        return try reader.me()
    }

    /// Whoever called a halt does not lift it, under no record that they have or had.
    private func requireSecond(
        _ member: Member, after halt: Halt
    ) throws(CommandFailure) {
        let halter = try stored(try store.email(of: halt.by, in: tenant))
        let isSame =
            member.id == halt.by || halter.map { $0.hasSameBytes(as: member.email) } == true
        guard !isSame else {
            throw .refusing(
                .conflict(
                    "whoever called the halt does not lift it",
                    next: "Ask another lead or admin to lift it."))
        }
    }

    /// Refuses while releases are halted.
    func requireNoHalt() throws(CommandFailure) {
        if let halt = try tenantRecord().halt { throw .refusing(.halted(since: halt.at)) }
    }
}

extension Reader {
    /// Who is asking, and what stops everybody.
    mutating func me() throws(CommandFailure) -> Answer {
        let halt = try stored(try store.tenant(tenant))?.halt
        let shown = try halt.map { (halt) throws(CommandFailure) in
            ShownHalt(halt, email: try email(of: halt.by))
        }
        var duty: DutyReport?
        var quietUntil: Timestamp?
        var glass: GlassDebt?
        if case .member(let member, _) = principal {
            duty = try self.duty(of: member)
            quietUntil = try self.quietUntil(of: member, isOnDuty: duty?.isOn == true)
            glass = try glassDebt(of: member)
        }
        return .me(
            principal, try stepUpState(), at: now, halt: shown, duty: duty, quietUntil: quietUntil,
            glass: glass)
    }
}
