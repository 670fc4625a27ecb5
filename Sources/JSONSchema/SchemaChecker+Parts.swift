import JSONTree

/// Rules about the members of objects.
extension SchemaChecker {
    mutating func checkMembers(
        _ rule: SchemaRule, _ object: JSONObject, depth: Int, _ outcome: inout SchemaOutcome
    ) {
        stepsLeft -= rule.namesCount * 2
        if case .members(let rule) = rule {
            for (place, member) in object.members.enumerated() where !isExhausted {
                stepsLeft -= Self.stepsOfRule
                check(rule, member, at: place, depth: depth, &outcome)
            }
        } else if case .memberCount(let bound) = rule, !bound.allows(object.count) {
            outcome.refuse(bound, "members")
        } else if case .memberNames(let node) = rule {
            for name in object.names where !check(node, .string(name), depth: depth).fits {
                outcome.refuse("propertyNames", "has a member with a name that is not allowed")
                return
            }
        } else if case .required(let names) = rule {
            for name in names where object[name] == nil {
                outcome.refuse("required", "must have the member \"\(name.shown)\"")
            }
        } else if case .dependentRequired(let dependents) = rule {
            for dependent in dependents where object[dependent.name] != nil {
                for name in dependent.required where object[name] == nil {
                    outcome.refuse(
                        "dependentRequired",
                        "must have the member \"\(name.shown)\" beside \"\(dependent.name.shown)\"")
                }
            }
        } else if case .unevaluatedMembers(let node) = rule, !outcome.evaluatedAll {
            for (place, member) in object.members.enumerated()
            where !isExhausted && !outcome.evaluated.contains(place) {
                outcome.merge(check(node, member.value, depth: depth), inside: member.name)
            }
            outcome.evaluatedAll = true
        }
    }

    private mutating func check(
        _ rule: MembersRule, _ member: JSONObject.Member, at place: Int, depth: Int,
        _ outcome: inout SchemaOutcome
    ) {
        var schemas: [Int] = []
        if let node = rule.named[ByteText(member.name)] { schemas.append(node) }
        for (pattern, node) in rule.matching
        where pattern.matches(member.name, stepsLeft: &stepsLeft) {
            schemas.append(node)
        }
        if schemas.isEmpty, let others = rule.others { schemas.append(others) }
        guard !schemas.isEmpty else { return }
        if tracksEvaluation { outcome.evaluated.insert(place) }
        for node in schemas {
            outcome.merge(check(node, member.value, depth: depth), inside: member.name)
        }
    }
}

extension String {
    /// A name in a sentence: the beginning of a very long one.
    fileprivate var shown: String {
        utf8.count <= 200 ? self : String(prefix(50)) + "…"
    }
}

extension SchemaRule {
    /// How many names the rule looks up in an object.
    fileprivate var namesCount: Int {
        if case .required(let names) = self { return names.count }
        guard case .dependentRequired(let dependents) = self else { return 0 }
        return dependents.reduce(0) { $0 + $1.required.count + 1 }
    }
}

/// Rules about the elements of arrays.
extension SchemaChecker {
    mutating func checkItems(
        _ rule: SchemaRule, _ elements: [JSONValue], depth: Int, _ outcome: inout SchemaOutcome
    ) {
        if case .items(let rule) = rule {
            check(rule, elements, depth: depth, &outcome)
        } else if case .itemCount(let bound) = rule, !bound.allows(elements.count) {
            outcome.refuse(bound, "elements")
        } else if case .uniqueItems = rule {
            stepsLeft -= JSONValue.array(elements).steps
            if Set(elements.map(ExactValue.init)).count < elements.count {
                outcome.refuse("uniqueItems", "must not have an element twice")
            }
        } else if case .contains(let rule) = rule {
            check(rule, elements, depth: depth, &outcome)
        } else if case .unevaluatedItems(let node) = rule, !outcome.evaluatedAll {
            for (place, element) in elements.enumerated()
            where !isExhausted && !outcome.evaluated.contains(place) {
                outcome.merge(check(node, element, depth: depth), inside: String(place))
            }
            outcome.evaluatedAll = true
        }
    }

    private mutating func check(
        _ rule: ItemsRule, _ elements: [JSONValue], depth: Int, _ outcome: inout SchemaOutcome
    ) {
        for (place, element) in elements.enumerated() where !isExhausted {
            let node = place < rule.first.count ? rule.first[place] : rule.others
            guard let node else { return }
            if tracksEvaluation { outcome.evaluated.insert(place) }
            outcome.merge(check(node, element, depth: depth), inside: String(place))
        }
    }

    private mutating func check(
        _ rule: ContainsRule, _ elements: [JSONValue], depth: Int, _ outcome: inout SchemaOutcome
    ) {
        var found = 0
        for (place, element) in elements.enumerated()
        where !isExhausted && check(rule.node, element, depth: depth).fits {
            found += 1
            if tracksEvaluation { outcome.evaluated.insert(place) }
        }
        if found < rule.minimum {
            let keyword = rule.minimum == 1 ? "contains" : "minContains"
            outcome.refuse(keyword, "must have at least \(rule.minimum) elements of the kind asked")
        } else if let maximum = rule.maximum, found > maximum {
            outcome.refuse("maxContains", "must have at most \(maximum) elements of the kind asked")
        }
    }
}
