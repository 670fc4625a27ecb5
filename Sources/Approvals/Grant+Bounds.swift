public import JSONTree

// Which arguments a grant is for.
extension Grant {
    /// Whether arguments are what was granted; `hidden` are the places that are redacted in them.
    ///
    /// A value that a person may not see is covered when it equals the approved one, and never by
    /// a bound that lets it vary.
    public func fits(_ arguments: JSONValue, hiding hidden: [JSONPointer]) -> Bool {
        var aligned = arguments
        for bound in bounds {
            guard let value = arguments[bound.pointer], let approved = approved[bound.pointer],
                bound.limit.allows(value, insteadOf: approved),
                bound.isExact || !hidden.contains(where: bound.pointer.overlaps)
            else { return false }
            do {
                try aligned.apply(.replace(bound.pointer, approved))
            } catch {
                return false
            }
        }
        return aligned.isCanonicallyEqual(to: approved)
    }
}

extension GrantWish {
    /// What is wrong with it for the arguments that were approved, with the field; nil for nothing.
    ///
    /// `hidden` are the places whose values the approver does not see: nobody bounds those.
    public func problem(
        for approved: JSONValue, hiding hidden: [JSONPointer]
    ) -> FieldProblem? {
        guard (Limits.grantSecondsMin...Limits.grantSecondsMax).contains(seconds) else {
            return FieldProblem(
                "/grant/seconds",
                "must be from \(Limits.grantSecondsMin) to \(Limits.grantSecondsMax)")
        }
        if let uses, !(1...Limits.grantUsesMax).contains(uses) {
            return FieldProblem("/grant/uses", "must be from 1 to \(Limits.grantUsesMax)")
        }
        guard bounds.count <= Limits.grantBoundsMax else {
            return FieldProblem("/grant/bounds", "at most \(Limits.grantBoundsMax) bounds")
        }
        for (index, bound) in bounds.enumerated() {
            let others = bounds[..<index].map(\.pointer)
            if let sentence = bound.problem(for: approved, hiding: hidden, besides: others) {
                return FieldProblem("/grant/bounds/\(index)", sentence)
            }
        }
        return nil
    }
}

extension GrantBound {
    /// True when it names one value.
    var isExact: Bool {
        switch limit {
        case .max: false
        case .equals: true
        }
    }

    fileprivate func problem(
        for approved: JSONValue, hiding hidden: [JSONPointer], besides others: [JSONPointer]
    ) -> String? {
        guard !pointer.isRoot, let value = approved[pointer] else {
            return "points to no argument of this call"
        }
        guard !hidden.contains(where: pointer.overlaps) else {
            return "is about a value that is hidden; leave it out, and it must stay as it is"
        }
        guard !others.contains(where: pointer.overlaps) else {
            return "is about the same place as another bound"
        }
        switch limit {
        case .equals: return nil
        case .max:
            guard case .number = value else { return "is not about a number" }
            return nil
        }
    }
}

extension GrantBound.Limit {
    fileprivate func allows(_ value: JSONValue, insteadOf approved: JSONValue) -> Bool {
        switch self {
        case .equals(let wanted): return value.isCanonicallyEqual(to: wanted)
        case .max(let most):
            guard case .number(let number) = value, case .number(let known) = approved,
                number.compare(to: most) <= 0
            else { return false }
            // "At most 500" was said of money that leaves, not of money that comes.
            let zero = JSONNumber(0)
            return number.compare(to: zero) >= 0 || known.compare(to: zero) < 0
        }
    }
}

extension JSONPointer {
    /// True when one is the other or lies within it.
    fileprivate func overlaps(_ other: JSONPointer) -> Bool {
        isPrefix(of: other) || other.isPrefix(of: self)
    }
}

extension JSONValue {
    /// Whether both have one canonical form; what has none equals nothing.
    fileprivate func isCanonicallyEqual(to other: JSONValue) -> Bool {
        do {
            return try canonicalBytes() == other.canonicalBytes()
        } catch {
            return false
        }
    }
}
