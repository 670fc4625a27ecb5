import Approvals
import Audit
import Duty
import JSONTree
import ZoneTime

// People swap hours among themselves; what is taken is a pair of overrides.
extension Session {
    mutating func offer(_ wish: SwapWish) throws(CommandFailure) -> PeopleAnswer {
        let giver = try member(with: [.approver, .lead])
        let plan = try livePlan(wish.schedule)
        guard now < wish.window.start else {
            throw .field("/start", "must be in the future; an override begins at once")
        }
        if let back = wish.inReturn, back.start <= now {
            throw .field("/return_start", "must be in the future")
        }
        let duty = try duty(of: plan)
        guard duty.has(giver.id, in: wish.window, zones) else {
            throw .field("/start", "you are not on shift in \(plan.name) at that time")
        }
        let asked = try asked(wish, giver, plan)
        let swap = PlannedSwap(
            id: SwapID(journal.uuid()), schedule: plan.name,
            terms: Swap(
                beneficiary: giver.id, window: wish.window, inReturn: wish.inReturn),
            asked: asked,
            reason: Words.masked(
                try Naming.label(wish.reason, "/reason", bytesMax: Limits.commentBytesMax)),
            createdAt: now)
        let standing = try stored(
            try store.swaps(on: plan.name, of: tenant, endingAfter: now))
        let open = standing.count {
            $0.terms.beneficiary == giver.id && $0.state(at: now) == .open
        }
        guard open < PlannedSwap.openMax else {
            throw .refusing(.limit("openMax is \(PlannedSwap.openMax) offers that nobody took"))
        }
        guard try stored(try store.insert(swap, of: tenant)) else {
            throw .store(.busy("the offer is there already"))
        }
        try record(.swapOffered, swap)
        var reader = reader
        return .swap(try reader.report(swap), warnings: [])
    }

    /// Somebody takes an offer: from then on both halves are overrides like any other.
    mutating func take(_ id: SwapID) throws(CommandFailure) -> PeopleAnswer {
        let taker = try member(with: [.approver, .lead])
        var swap = try swap(id)
        let plan = try livePlan(swap.schedule)
        try requireTakeable(swap, by: taker, plan)
        let before = try duty(of: plan)
        guard before.has(swap.terms.beneficiary, in: swap.terms.window, zones) else {
            throw .refusing(.conflict("who offered it is not on shift at that time any more"))
        }
        let ids = (OverrideID(journal.uuid()), OverrideID(journal.uuid()))
        let after: Schedule
        do {
            after = try swap.terms.taken(by: taker.id, ids: ids, in: before, now: now)
        } catch {
            throw error.failure
        }
        let inactive = try gone(of: after)
        var warnings: [OverrideWarning] = []
        for terms in after.overrides where terms.id == ids.0 || terms.id == ids.1 {
            let half = PlannedOverride(
                terms: terms, schedule: plan.name, reason: swap.reason, createdBy: taker.id,
                createdAt: now)
            guard try stored(try store.insert(half, of: tenant)) else {
                throw .refusing(.conflict("an override was made for these hours meanwhile"))
            }
            swap.halves.append(terms.id)
            try record(.overrideMade, half)
            warnings += after.warnings(about: terms.id, zones: zones, inactive: inactive)
        }
        swap.taker = taker.id
        try save(&swap, .swapTaken)
        var reader = reader
        return .swap(
            try reader.report(swap),
            warnings: try reader.sentences(warnings, zone: zones[plan.zone] ?? .utc))
    }

    /// Takes an offer back, or undoes one that was taken: both halves go.
    mutating func withdraw(_ id: SwapID) throws(CommandFailure) -> PeopleAnswer {
        let asker = try member(with: [.approver, .lead])
        var swap = try swap(id)
        let parties = [swap.terms.beneficiary, swap.taker]
        guard parties.contains(asker.id) || asker.roles.contains(.lead) else {
            throw .refusing(.forbidden(.roleMissing(needed: [.lead])))
        }
        let state = swap.state(at: now)
        guard state == .open || state == .taken, now < swap.end else {
            throw .refusing(
                .conflict("the offer is \(state == .taken ? "over" : state.rawValue) already"))
        }
        for half in swap.halves.reversed() {
            guard try stored(try store.override(half, of: tenant)) != nil else { continue }
            try end(half)
        }
        swap.isWithdrawn = true
        try save(&swap, .swapWithdrawn)
        return .done
    }

    private func swap(_ id: SwapID) throws(CommandFailure) -> PlannedSwap {
        guard let swap = try stored(try store.swap(id, of: tenant)) else {
            throw .refusing(.notFound)
        }
        return swap
    }

    private func livePlan(_ name: GroupName) throws(CommandFailure) -> PlannedSchedule {
        guard let plan = try latestSchedule(name), !plan.isRemoved else {
            throw .refusing(.notFound)
        }
        return plan
    }

    private func duty(of plan: PlannedSchedule) throws(CommandFailure) -> Schedule {
        plan.duty(
            with: try stored(try store.overrides(on: plan.name, of: tenant, endingAfter: now)))
    }

    private func gone(of schedule: Schedule) throws(CommandFailure) -> Set<MemberID> {
        var reader = reader
        return try reader.gone(of: schedule)
    }

    private func asked(
        _ wish: SwapWish, _ giver: Member, _ plan: PlannedSchedule
    ) throws(CommandFailure) -> MemberID? {
        guard let email = wish.takerEmail else { return nil }
        let asked = try dutiful(email, "/take")
        guard asked != giver.id else { throw .field("/take", "must be another person than you") }
        let member = try stored(try store.member(asked, of: tenant))
        guard member?.groups.contains(plan.group) == true else {
            throw .field("/take", "must be somebody of the group \(plan.group)")
        }
        return asked
    }

    private func requireTakeable(
        _ swap: PlannedSwap, by taker: Member, _ plan: PlannedSchedule
    ) throws(CommandFailure) {
        let state = swap.state(at: now)
        guard state == .open else {
            throw .refusing(
                .conflict(
                    "the offer is \(state.rawValue)",
                    next: "See who is on duty: countersign shift list \(swap.schedule)"))
        }
        guard swap.asked == nil || swap.asked == taker.id else {
            throw .refusing(.conflict("somebody else is asked"))
        }
        guard taker.groups.contains(plan.group) else {
            throw .refusing(.forbidden(.notInGroup(plan.group, couldDecide: [])))
        }
    }

    private mutating func save(
        _ swap: inout PlannedSwap, _ type: EventType
    ) throws(CommandFailure) {
        swap.version += 1
        guard try stored(try store.replace(swap, of: tenant)) else {
            throw .store(.busy("somebody else changed the offer at the same time"))
        }
        try record(type, swap)
    }

    private mutating func record(
        _ type: EventType, _ swap: PlannedSwap
    ) throws(CommandFailure) {
        let event = AuditEvent(
            type, by: actor, about: .init(.swap, swap.id.rawValue),
            documents: [AuditEvent.Document("swap", swap.record)],
            facts: .facts([
                "give": .fact(swap.terms.beneficiary.rawValue),
                "halves": .fact(swap.halves.count),
                "schedule": .fact(swap.schedule.rawValue),
                "take": (swap.taker ?? swap.asked).map { .fact($0.rawValue) },
            ]))
        try journal.record(event, of: tenant)
    }
}

extension Reader {
    mutating func swaps(_ name: GroupName) throws(CommandFailure) -> [SwapReport] {
        _ = try member(with: [.approver, .lead, .auditor, .admin])
        let latest = try stored(try store.scheduleVersions(name, of: tenant)).last
        guard latest?.isRemoved == false else { throw .refusing(.notFound) }
        var reports: [SwapReport] = []
        for swap in try stored(try store.swaps(on: name, of: tenant, endingAfter: now)) {
            reports.append(try report(swap))
        }
        return reports
    }

    mutating func report(_ swap: PlannedSwap) throws(CommandFailure) -> SwapReport {
        var report = SwapReport(
            swap: swap, state: swap.state(at: now),
            giverEmail: try email(of: swap.terms.beneficiary))
        if let asked = swap.asked { report.askedEmail = try email(of: asked) }
        if let taker = swap.taker { report.takerEmail = try email(of: taker) }
        return report
    }
}

extension Schedule {
    /// True when somebody is on duty at any instant of a stretch.
    fileprivate func has(_ id: MemberID, in range: InstantRange, _ zones: ZoneTable) -> Bool {
        timeline(in: range, zones: zones).contains { $0.people.contains(id) }
    }
}

extension Swap.Refusal {
    fileprivate var failure: CommandFailure {
        switch self {
        case .ownOffer:
            .refusing(.conflict("it is your own offer", next: "Take it back, or wait."))
        case .lapsed: .refusing(.conflict("its hours began"))
        case .override(let refusal): refusal.failure
        }
    }
}
