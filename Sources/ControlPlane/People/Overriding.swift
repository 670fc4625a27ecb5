import Approvals
import Audit
import Duty
import JSONTree
import ZoneTime

// Leads and admins say who goes and who comes for a while.
extension Session {
    mutating func add(_ wish: OverrideWish) throws(CommandFailure) -> PeopleAnswer {
        let maker = try member(with: [.lead, .admin])
        guard let plan = try latestSchedule(wish.schedule), !plan.isRemoved else {
            throw .refusing(.notFound)
        }
        guard let window = InstantRange(wish.start, wish.end) else {
            throw .field("/end", "must be after the start")
        }
        var terms = Override(
            id: OverrideID(journal.uuid()), window: window, parent: wish.parent)
        if let email = wish.removeEmail { terms.remove = try dutiful(email, "/remove") }
        if let email = wish.addEmail { terms.add = try dutiful(email, "/add") }
        let standing = try stored(
            try store.overrides(on: wish.schedule, of: tenant, endingAfter: now))
        let changed = try changed(plan.duty(with: standing), by: terms)
        guard let saved = changed.overrides.last else { throw .refusing(.notFound) }
        let override = PlannedOverride(
            terms: saved, schedule: wish.schedule,
            reason: Words.masked(
                try Naming.label(wish.reason, "/reason", bytesMax: Limits.commentBytesMax)),
            createdBy: maker.id, createdAt: now)
        if !wish.isPreview { try keep(override) }
        var reader = reader
        let inactive = try reader.gone(of: changed)
        let warnings = changed.warnings(about: saved.id, zones: zones, inactive: inactive)
        return .override(
            try reader.report(override),
            warnings: try reader.sentences(warnings, zone: zones[plan.zone] ?? .utc),
            isNew: !wish.isPreview)
    }

    private mutating func keep(_ override: PlannedOverride) throws(CommandFailure) {
        guard try stored(try store.insert(override, of: tenant)) else {
            throw .refusing(
                .conflict("an override that shares a person and an hour with it was made before"))
        }
        try record(.overrideMade, override)
    }

    mutating func removeOverride(_ id: OverrideID) throws(CommandFailure) -> PeopleAnswer {
        _ = try member(with: [.lead, .admin])
        try end(id)
        return .done
    }

    /// Ends an override and what hangs on it.
    mutating func end(_ id: OverrideID) throws(CommandFailure) {
        guard let wanted = try stored(try store.override(id, of: tenant)) else {
            throw .refusing(.notFound)
        }
        let standing = try stored(
            try store.overrides(on: wanted.schedule, of: tenant, endingAfter: now))
        let family = Schedule(
            name: wanted.schedule, zone: "UTC", overrides: standing.map(\.terms)
        ).family(of: id).map(\.id)
        // Those that hang on another go before it, so that none is ever without its parent.
        for override in standing.reversed() where family.contains(override.terms.id) {
            try stored(try store.end(override.terms.id, at: now, of: tenant))
            try record(.overrideRemoved, override)
        }
    }

    func changed(
        _ schedule: Schedule, by terms: Override
    ) throws(CommandFailure) -> Schedule {
        do {
            return try schedule.adding(terms, now: now)
        } catch {
            throw error.failure
        }
    }

    mutating func record(
        _ type: EventType, _ override: PlannedOverride
    ) throws(CommandFailure) {
        let terms = override.terms
        let event = AuditEvent(
            type, by: actor, about: .init(.override, terms.id.rawValue),
            documents: [AuditEvent.Document("reason", text: override.reason)],
            facts: .facts([
                "add": terms.add.map { .fact($0.rawValue) },
                "end_ms": .fact(terms.window.end),
                "parent": terms.parent.map { .fact($0.rawValue) },
                "remove": terms.remove.map { .fact($0.rawValue) },
                "schedule": .fact(override.schedule.rawValue),
                "start_ms": .fact(terms.window.start),
            ]))
        try journal.record(event, of: tenant)
    }
}

extension OverrideRefusal {
    var failure: CommandFailure {
        switch self {
        case .nobody: .field("/remove", "or /add must say who goes or who comes")
        case .samePerson: .field("/add", "must be another person than the one who goes")
        case .past: .field("/end", "must be in the future")
        case .conflict(let id):
            .refusing(
                .conflict(
                    "the override \(id) shares a person and an hour with it",
                    next: "Remove that one first, choose another time, or name it as the parent "
                        + "to replace the person whom it adds."))
        case .parent(let id):
            .field(
                "/parent",
                "the override \(id) must add the person who goes, and last as long as this one")
        case .tooDeep:
            .field("/parent", "replaces a replacement already; at most \(Override.depthMax) deep")
        case .tooMany:
            .refusing(.limit("overridesMax is \(Schedule.overridesMax) overrides of a schedule"))
        }
    }
}
