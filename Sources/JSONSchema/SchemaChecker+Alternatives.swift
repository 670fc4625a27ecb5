import JSONTree

/// Rules that hold other schemas against the same value.
extension SchemaChecker {
    mutating func checkAlternatives(
        _ rule: SchemaRule, _ value: JSONValue, depth: Int, _ outcome: inout SchemaOutcome
    ) {
        if case .reference(let node) = rule {
            outcome.merge(check(node, value, depth: depth))
        } else if case .allOf(let nodes) = rule {
            for node in nodes where !isExhausted {
                outcome.merge(check(node, value, depth: depth))
            }
        } else if case .anyOf(let nodes) = rule {
            checkAny(nodes, value, depth: depth, &outcome)
        } else if case .oneOf(let nodes) = rule {
            checkOne(nodes, value, depth: depth, &outcome)
        } else if case .not(let node) = rule, check(node, value, depth: depth).fits {
            outcome.refuse("not", "must not be of the kind that is excluded")
        } else if case .condition(let rule) = rule {
            let test = check(rule.test, value, depth: depth)
            outcome.mergeEvaluation(test)
            guard let next = test.fits ? rule.then : rule.otherwise else { return }
            outcome.merge(check(next, value, depth: depth))
        }
    }

    private mutating func checkAny(
        _ nodes: [Int], _ value: JSONValue, depth: Int, _ outcome: inout SchemaOutcome
    ) {
        var failed: [SchemaOutcome] = []
        for node in nodes where !isExhausted {
            let one = check(node, value, depth: depth)
            guard one.fits else {
                failed.append(one)
                continue
            }
            outcome.mergeEvaluation(one)
            if !tracksEvaluation { return }
        }
        if failed.count == nodes.count { refuseAll(failed, "anyOf", &outcome) }
    }

    private mutating func checkOne(
        _ nodes: [Int], _ value: JSONValue, depth: Int, _ outcome: inout SchemaOutcome
    ) {
        var outcomes: [SchemaOutcome] = []
        for node in nodes where !isExhausted {
            outcomes.append(check(node, value, depth: depth))
        }
        let fitting = outcomes.filter(\.fits)
        if let one = fitting.first, fitting.count == 1 {
            outcome.mergeEvaluation(one)
        } else if fitting.isEmpty {
            refuseAll(outcomes, "oneOf", &outcome)
        } else {
            outcome.refuse("oneOf", "must fit only one alternative, and fits \(fitting.count)")
        }
    }

    /// Says why no alternative fits: in the words of one of them, when all others are of another
    /// type.
    private func refuseAll(
        _ failed: [SchemaOutcome], _ keyword: String, _ outcome: inout SchemaOutcome
    ) {
        let near = failed.filter { one in
            !one.findings.contains { $0.path.isEmpty && ["type", "false"].contains($0.keyword) }
        }
        if let nearest = near.first, near.count == 1 {
            outcome.findings += nearest.findings
        } else {
            outcome.refuse(keyword, "must fit one of \(failed.count) alternatives, and fits none")
        }
    }
}
