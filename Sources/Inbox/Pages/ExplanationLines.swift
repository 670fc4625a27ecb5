import JSONTree
import TextGrid
import WireAPI

/// Why an approval was asked for, as a tree that people read: what decided first, then the other
/// rules, and what shadows would have done last.
struct ExplanationLines {
    let answer: ExplanationAnswer

    init(_ answer: ExplanationAnswer) { self.answer = answer }

    var lines: [PageLine] { text.map { PageLine($0) } }

    private var text: [Line] {
        guard !answer.policies.isEmpty else {
            return [
                Line("No policy speaks about this tool: people are asked, as the tenant says.")
            ]
        }
        var lines: [Line] = []
        if !answer.replayable {
            lines.append(
                Line("What the rules saw was erased; what they said is here.", .warning))
        }
        let watching = answer.policies.filter { $0.mode.isSame(as: "shadow") }
        let deciding = answer.policies.filter { !$0.mode.isSame(as: "shadow") }
        if deciding.isEmpty {
            lines.append(
                Line("No policy in force speaks about it: people are asked, as the tenant says."))
        }
        for policy in deciding.filter(isDecisive) + deciding.filter({ !isDecisive($0) }) {
            lines += self.lines(of: policy)
        }
        for policy in watching { lines += self.lines(of: policy) }
        return lines
    }

    private func isDecisive(_ policy: ExplainedPolicy) -> Bool {
        answer.decisive?.isSame(as: name(of: policy)) ?? false
    }

    private func name(of policy: ExplainedPolicy) -> String {
        "\(policy.policy)@\(policy.version)#\(policy.rule ?? "")"
    }

    private func lines(of policy: ExplainedPolicy) -> [Line] {
        let isShadow = policy.mode.isSame(as: "shadow")
        let isBroken = policy.leaning?.isSame(as: "error") ?? true
        let silence = isBroken ? "could not say anything" : "nothing, this tool is left out"
        let effect = policy.effect.map(Self.words) ?? silence
        var head: Line = [
            Span("\(policy.policy)@\(policy.version)", .heading),
            Span(isShadow ? "  watches; it would have said: " : "  says: ", .dim),
            Span(effect, isDecisive(policy) ? .accent : .text),
        ]
        if let rule = policy.rule { head = head + [Span("  by \(rule)", .text)] }
        if let leaning = policy.leaning, !leaning.isSame(as: "same") {
            head = head + [Span("  \(leaning)", leaning.isLaxer ? .danger : .warning)]
        }
        let decider = policy.rules.filter { policy.rule?.isSame(as: $0.id) ?? false }
        let others = policy.rules.filter { !(policy.rule?.isSame(as: $0.id) ?? false) }
        return [head] + (decider + others).flatMap(lines) + [Line()]
    }

    private func lines(of rule: ExplainedRule) -> [Line] {
        let outcome: Span =
            switch rule.matches {
            case true?: Span("matches", .accent)
            case false?: Span("does not match", .dim)
            case nil: Span("has no answer", .warning)
            }
        var head: Line = [Span("  \(rule.id)  ", .text), outcome]
        if let summary = rule.summary { head = head + [Span("  \(summary)", .agentWords)] }
        var lines = [head]
        if let error = rule.error { lines.append([.spaces(6), Span(error, .warning)]) }
        let tree = PartTree.trees(rule.when ?? [])
        return lines + tree.flatMap { self.lines(of: $0, depth: 3) }
    }

    /// One comparison stands on one line; what joins several has them below it.
    private func lines(of tree: PartTree, depth: Int) -> [Line] {
        let indent = Span.spaces(2 * depth)
        let isFlat = tree.children.allSatisfy(\.children.isEmpty)
        guard !isFlat || tree.children.isEmpty else {
            return [[indent] + sentence(tree) + verdict(tree.part)]
        }
        if tree.children.isEmpty { return [[indent] + leaf(tree.part)] }
        let head: Line = [indent, Span(Self.joining(tree.part.part), .dim)]
        return [head + verdict(tree.part)]
            + tree.children.flatMap { lines(of: $0, depth: depth + 1) }
    }

    private func sentence(_ tree: PartTree) -> Line {
        let name = tree.part.part
        let parts = tree.children.map { leaf($0.part) }
        if name.isSame(as: "!"), let only = parts.first, parts.count == 1 {
            return [Span("not ", .accent)] + only
        }
        guard ConditionWords.infix.contains(name), let first = parts.first, parts.count > 1 else {
            let inner = parts.enumerated().reduce(Line()) { line, part in
                line + (part.offset == 0 ? Line() : Line(", ", .dim)) + part.element
            }
            return [Span("\(name)(", .dim)] + inner + Line(")", .dim)
        }
        return parts.dropFirst().reduce(first) { line, part in
            line + [Span(" \(ConditionWords.word(for: name)) ", .accent)] + part
        }
    }

    /// A path with what stood there, or a constant.
    private func leaf(_ part: ExplainedPart) -> Line {
        if part.hidden == true { return [Span(part.part), Span(" (hidden)", .redacted)] }
        if let error = part.error { return [Span(part.part), Span(" (\(error))", .warning)] }
        if part.needed == false { return [Span(part.part, .dim)] }
        guard let value = part.value else { return [Span(part.part.cut(to: 200), .jsonString)] }
        return [Span(part.part), Span(" (\(value.text(.compact).cut(to: 200)))", .jsonNumber)]
    }

    private func verdict(_ part: ExplainedPart) -> Line {
        if part.needed == false { return Line("  not needed", .dim) }
        if part.hidden == true { return Line("  hidden", .redacted) }
        if let error = part.error { return Line("  \(error)", .warning) }
        switch part.value {
        case .bool(true)?: return Line("  yes", .success)
        case .bool(false)?: return Line("  no", .dim)
        case let value?: return Line("  \(value.text(.compact).cut(to: 100))", .jsonNumber)
        case nil: return Line()
        }
    }

    private static func joining(_ name: String) -> String {
        switch name {
        case "and": "all of"
        case "or": "one of"
        case "!": "not"
        case let other: other
        }
    }

    private static func words(_ effect: String) -> String {
        switch effect {
        case "allow": "it runs by itself"
        case "deny": "it is refused"
        case "require_approval": "people are asked"
        case let other: other
        }
    }
}

/// A part of a condition with what stands in it.
private struct PartTree {
    let part: ExplainedPart
    var children: [PartTree] = []

    /// The trees of parts that come from the outside in.
    static func trees(_ parts: [ExplainedPart]) -> [PartTree] {
        var rest = parts[...]
        return trees(&rest, below: -1)
    }

    private static func trees(_ rest: inout ArraySlice<ExplainedPart>, below depth: Int)
        -> [PartTree]
    {
        var trees: [PartTree] = []
        while let part = rest.first, part.depth > depth {
            rest.removeFirst()
            trees.append(PartTree(part: part, children: Self.trees(&rest, below: part.depth)))
        }
        return trees
    }
}
