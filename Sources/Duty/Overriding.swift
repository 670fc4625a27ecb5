public import Approvals
public import ZoneTime

/// Why an override was not taken.
public enum OverrideRefusal: Error, Hashable, Sendable {
    /// It names nobody.
    case nobody
    /// It puts a person in their own place.
    case samePerson
    /// It is over already.
    case past
    /// It shares a person and an instant with this one.
    case conflict(OverrideID)
    /// Its parent is not there, adds somebody else, or is not there for all of its window.
    case parent(OverrideID)
    /// It replaces a replacement of a replacement already.
    case tooDeep
    /// The schedule has as many as it may.
    case tooMany
}

/// What somebody who makes an override should know before it is saved.
public enum OverrideWarning: Hashable, Sendable {
    /// Fewer people than before are on duty in this stretch.
    case coverageFalls(from: Int, to: Int, InstantRange)
    /// Nobody is on duty in this stretch.
    case gap(InstantRange)
    /// The person to be replaced is not on duty in all of the window, so nothing happens there.
    case notOnDuty(MemberID, InstantRange)
}

extension Schedule {
    /// The schedule with a new override; its start is never before `now`, since what was, was.
    ///
    /// The store asks this again in the transaction that saves it.
    public func adding(
        _ new: Override, now: Timestamp
    ) throws(OverrideRefusal) -> Schedule {
        guard !new.people.isEmpty else { throw .nobody }
        guard new.remove != new.add else { throw .samePerson }
        guard let window = InstantRange(max(new.window.start, now), new.window.end) else {
            throw .past
        }
        guard overrides.count < Self.overridesMax else { throw .tooMany }
        var override = new
        override.window = window
        let ancestors = try ancestors(of: override)
        if let other = overrides.first(where: {
            !ancestors.contains($0.id) && $0.window.overlaps(window)
                && !$0.people.isDisjoint(with: override.people)
        }) {
            throw .conflict(other.id)
        }
        var changed = self
        changed.overrides.append(override)
        return changed
    }

    private func ancestors(of override: Override) throws(OverrideRefusal) -> Set<OverrideID> {
        var found: Set<OverrideID> = []
        var child = override
        while let id = child.parent {
            guard let parent = overrides.first(where: { $0.id == id }),
                let added = parent.add, added == child.remove, parent.window.covers(child.window)
            else { throw .parent(id) }
            found.insert(id)
            guard found.count < Override.depthMax else { throw .tooDeep }
            child = parent
        }
        return found
    }

    /// An override and all that hang on it: what goes when it is taken back.
    public func family(of id: OverrideID) -> [Override] {
        var found = overrides.filter { $0.id == id }
        var index = 0
        while index < found.count {
            let parent = found[index].id
            found += overrides.filter { $0.parent == parent }
            index += 1
        }
        return found
    }

    /// The schedule without an override and what hangs on it. What was before `now` stays.
    public func removing(_ id: OverrideID, now: Timestamp) -> Schedule {
        let gone = Set(family(of: id).map(\.id))
        var changed = self
        changed.overrides = overrides.compactMap { override in
            guard gone.contains(override.id) else { return override }
            var past = override
            guard let window = InstantRange(override.window.start, min(override.window.end, now))
            else { return nil }
            past.window = window
            return past
        }
        return changed
    }

    /// What an override that was just added changes for the worse.
    public func warnings(
        about id: OverrideID, zones: ZoneTable, inactive: Set<MemberID> = []
    ) -> [OverrideWarning] {
        guard let override = overrides.first(where: { $0.id == id }) else { return [] }
        var before = self
        before.overrides.removeAll { $0.id == id }
        let edges = Set(
            edges(in: override.window, zones: zones)
                + before.edges(in: override.window, zones: zones)
        ).sorted()
        var found: [OverrideWarning] = []
        for (start, end) in zip(edges, edges.dropFirst()) {
            guard let range = InstantRange(start, end) else { continue }
            let had = before.duty(at: start, zones: zones, inactive: inactive).people
            let has = duty(at: start, zones: zones, inactive: inactive).people
            if has.isEmpty, !had.isEmpty {
                found.append(.gap(range))
            } else if has.count < had.count {
                found.append(.coverageFalls(from: had.count, to: has.count, range))
            }
            if let remove = override.remove, !had.contains(remove) {
                found.append(.notOnDuty(remove, range))
            }
        }
        return found
    }

    /// The overrides that a temporary schedule would meet; they stay on top of it.
    public func overrides(meeting window: InstantRange) -> [Override] {
        overrides.filter { $0.window.overlaps(window) }
    }
}
