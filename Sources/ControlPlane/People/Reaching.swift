import Approvals
import Audit
import Duty
import JSONTree
import Reach
import ZoneTime

// People say when they may be disturbed. It changes nothing about what they may decide.
extension Session {
    mutating func put(_ wish: ReachWish) throws(CommandFailure) -> PeopleAnswer {
        let (maker, owner) = try reader.reachOwner(wish.of, changes: true)
        guard zones[wish.zone] != nil else {
            throw .field("/zone", "is no time zone that this server knows, like Europe/Berlin")
        }
        let known = try stored(try store.reach(of: owner, in: tenant))
        try requireCurrent(wish.version, known)
        let reach = PlannedReach(
            owner: owner, version: wish.version + 1, zone: wish.zone,
            quiet: try Self.looked(at: wish.quiet), absences: try absences(of: wish),
            changedBy: maker.id, changedAt: now)
        guard try stored(try store.save(reach, in: tenant)) else {
            throw .store(.busy("somebody else changed it at the same time"))
        }
        let event = AuditEvent(
            .reachChanged, by: actor, about: owner.subject,
            documents: [AuditEvent.Document("reach", reach.record)],
            facts: .facts([
                "absences": .fact(reach.absences.count), "quiet": .fact(reach.quiet.count),
                "version": .fact(reach.version),
            ]))
        try journal.record(event, of: tenant)
        var reader = reader
        return .reach(try reader.report(owner, reach))
    }

    private func requireCurrent(
        _ version: Int, _ known: PlannedReach?
    ) throws(CommandFailure) {
        guard version != known?.version ?? 0 else { return }
        guard let known else {
            throw .refusing(
                .conflict("nothing was set yet", next: "Send version 0 to set it first."))
        }
        var reader = reader
        let who = try reader.email(of: known.changedBy)
        throw .refusing(
            .conflict(
                "\(who) changed it at \(known.changedAt.rfc3339): it is at version "
                    + "\(known.version) now, and nothing of yours was saved",
                next: "Look at it as it is now, and make your change to that."))
    }

    private static func looked(
        at quiet: [QuietHours]
    ) throws(CommandFailure) -> [QuietHours] {
        guard quiet.count <= PlannedReach.quietMax else {
            throw .field("/quiet", "must be at most \(PlannedReach.quietMax)")
        }
        for (index, hours) in quiet.enumerated() where hours.start == hours.end {
            throw .field(
                "/quiet/\(index)/to", "must not be when they begin; a whole day is an absence")
        }
        return quiet
    }

    /// Those that are not over.
    private func absences(of wish: ReachWish) throws(CommandFailure) -> [InstantRange] {
        guard wish.absences.count <= PlannedReach.absencesMax else {
            throw .field("/out_of_office", "must be at most \(PlannedReach.absencesMax)")
        }
        for (index, range) in wish.absences.enumerated()
        where range.milliseconds > Int64(PlannedReach.absenceMax) * 1_000 {
            throw .field("/out_of_office/\(index)/end", "must be at most 366 days after the start")
        }
        return wish.absences.filter { $0.end > now }.sorted { $0.start < $1.start }
    }
}

extension Reader {
    mutating func reach(_ subject: ReachSubject) throws(CommandFailure) -> ReachReport {
        let (_, owner) = try reachOwner(subject, changes: false)
        return try report(owner, try stored(try store.reach(of: owner, in: tenant)))
    }

    /// Who asks, and whose it is: people set their own, leads set everybody's and the groups'.
    func reachOwner(
        _ subject: ReachSubject, changes: Bool
    ) throws(CommandFailure) -> (Member, ReachOwner) {
        switch subject {
        case .member(let email):
            let asker = try member(with: [.approver, .lead, .auditor, .admin])
            let wanted = Naming.lowercased(email)
            let isOwn = wanted.utf8.elementsEqual(asker.email.utf8)
            guard isOwn || !asker.roles.isDisjoint(with: changes ? [.lead] : Self.overseers)
            else { throw .refusing(.forbidden(.roleMissing(needed: [.lead]))) }
            guard let found = try stored(try store.member(email: wanted, of: tenant)) else {
                throw .refusing(.notFound)
            }
            return (asker, .member(found.id))
        case .group(let name):
            let roles: [Role] =
                changes ? [.lead, .admin] : [.approver, .lead, .auditor, .admin]
            let asker = try member(with: roles)
            guard try stored(try store.groups(of: tenant)).contains(where: { $0.name == name })
            else { throw .refusing(.notFound) }
            return (asker, .group(name))
        }
    }

    private static let overseers: Set<Role> = [.lead, .auditor, .admin]

    mutating func report(
        _ owner: ReachOwner, _ known: PlannedReach?
    ) throws(CommandFailure) -> ReachReport {
        var isQuiet = known?.person.isQuiet(at: now, zones: zones) ?? false
        if case .member(let id) = owner { isQuiet = try reachBook().isQuiet(id, self) }
        return ReachReport(
            zone: known?.zone ?? "UTC", quiet: known?.quiet ?? [],
            absences: known?.absences ?? [], version: known?.version ?? 0, isQuiet: isQuiet,
            changerEmail: try known.map { (known) throws(CommandFailure) in
                try email(of: known.changedBy)
            }, changedAt: known?.changedAt)
    }

    /// When everybody may be disturbed: who set something has that, everybody else has what all of
    /// their groups have.
    mutating func reachBook() throws(CommandFailure) -> ReachBook {
        let all = try stored(try store.reaches(of: tenant))
        guard !all.isEmpty else { return ReachBook(people: [:]) }
        return ReachBook(all, of: try people())
    }

    /// Until when the one who asks is not to be disturbed; nil when they may be now.
    mutating func quietUntil(of member: Member, isOnDuty: Bool) throws(CommandFailure) -> Timestamp?
    {
        guard let person = try reachBook().people[member.id],
            person.isQuiet(at: now, zones: zones, isOnDuty: isOnDuty)
        else { return nil }
        return person.awake(from: now, zones: zones, isOnDuty: isOnDuty)
            ?? now.adding(seconds: PersonReach.searchedDays * 86_400)
    }
}

extension ReachBook {
    /// What is set, for everybody whom it concerns.
    init(_ all: [PlannedReach], of members: [Member]) {
        var own: [MemberID: PersonReach] = [:]
        var groups: [GroupName: PersonReach] = [:]
        for reach in all {
            switch reach.owner {
            case .member(let id): own[id] = reach.person
            case .group(let name): groups[name] = reach.person
            }
        }
        self.init(people: own)
        for member in members where own[member.id] == nil {
            let theirs = member.groups.sorted().compactMap { groups[$0] }
            guard !theirs.isEmpty else { continue }
            people[member.id] = PersonReach(
                quiet: theirs.flatMap(\.quiet), absences: theirs.flatMap(\.absences))
        }
    }

    fileprivate func isQuiet(
        _ id: MemberID, _ reader: Reader
    ) throws(CommandFailure) -> Bool {
        guard let person = people[id] else { return false }
        return person.isQuiet(
            at: reader.now, zones: reader.zones, isOnDuty: try reader.isOnDuty(id))
    }
}

extension Reader {
    /// True while any schedule has a member on duty.
    func isOnDuty(_ id: MemberID) throws(CommandFailure) -> Bool {
        for plan in try stored(try store.schedules(of: tenant)) {
            let duty = plan.duty(
                with: try stored(
                    try store.overrides(on: plan.name, of: tenant, endingAfter: now)))
            if duty.duty(at: now, zones: zones).people.contains(id) { return true }
        }
        return false
    }
}

extension ReachOwner {
    /// How the log names them.
    fileprivate var subject: AuditEvent.Subject {
        switch self {
        case .member(let id): AuditEvent.Subject(.member, id.rawValue)
        case .group(let name): AuditEvent.Subject(.group, name.rawValue)
        }
    }
}
