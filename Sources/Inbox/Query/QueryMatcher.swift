import Approvals

/// Asks a query of many rows; what it learns about a name it keeps.
struct QueryMatcher {
    private indirect enum Step {
        case all([Step])
        case any([Step])
        case not(Step)
        case text([UInt8], Words)
        case name(NameField, NamePattern, Int)
        case test(QueryTest)
    }

    /// Which short words of a row hold a text, and where the answers for names are kept.
    private struct Words {
        let risks: [Bool]
        let states: Set<ApprovalState>
        let memory: Int
    }

    private let facts: QueryFacts
    private var memories: [[Bool?]] = []
    private var root: Step = .all([])

    init(_ node: QueryNode, _ facts: QueryFacts) {
        self.facts = facts
        root = compile(node)
    }

    /// The rows among `slots` that are meant, in their order.
    mutating func filter(_ slots: [Int32], in store: RowStore) -> [Int32] {
        if case .all(let parts) = root, parts.isEmpty { return slots }
        let root = root
        var found: [Int32] = []
        for slot in slots where holds(root, slot, store) { found.append(slot) }
        return found
    }

    /// Whether one row is meant.
    mutating func matches(_ slot: Int32, in store: RowStore) -> Bool {
        holds(root, slot, store)
    }

    // MARK: Compiling

    private mutating func compile(_ node: QueryNode) -> Step {
        switch node {
        case .all(let parts): return .all(sorted(parts).map { compile($0) })
        case .any(let parts): return .any(sorted(parts).map { compile($0) })
        case .not(let part): return .not(compile(part))
        case .test(.text(let word)):
            let words = Words(
                risks: Risk.allCases.sorted { $0.sortRank < $1.sortRank }.map {
                    Array($0.rawValue.utf8)[...].containsIgnoringCase(word)
                },
                states: Set(
                    ApprovalState.allCases.filter {
                        Array($0.rawValue.utf8)[...].containsIgnoringCase(word)
                    }), memory: newMemory())
            return .text(word, words)
        case .test(.name(let field, let pattern)): return .name(field, pattern, newMemory())
        case .test(let test): return .test(test)
        }
    }

    private mutating func newMemory() -> Int {
        memories.append([])
        return memories.count - 1
    }

    /// What is cheap to ask comes first.
    private func sorted(_ parts: [QueryNode]) -> [QueryNode] {
        parts.filter { $0.cost == 0 } + parts.filter { $0.cost == 1 }
            + parts.filter { $0.cost > 1 }
    }

    // MARK: Asking

    private mutating func holds(_ step: Step, _ slot: Int32, _ store: RowStore) -> Bool {
        switch step {
        case .all(let parts):
            for part in parts where !holds(part, slot, store) { return false }
            return true
        case .any(let parts):
            for part in parts where holds(part, slot, store) { return true }
            return false
        case .not(let part): return !holds(part, slot, store)
        case .text(let word, let words): return text(word, words, slot, store)
        case .name(let field, let pattern, let memory):
            return name(field, pattern, memory, slot, store)
        case .test(let question): return test(question, slot, store)
        }
    }

    private mutating func text(
        _ word: [UInt8], _ words: Words, _ slot: Int32, _ store: RowStore
    ) -> Bool {
        let row = store.packed(slot)
        let pattern = NamePattern.contains(word)
        return recall(row.tool, pattern, words.memory, store)
            || recall(row.agent, pattern, words.memory, store)
            || words.risks[row.flags.risk.sortRank] || words.states.contains(row.flags.state)
            || store.summaryHolds(word, slot)
    }

    private mutating func name(
        _ field: NameField, _ pattern: NamePattern, _ memory: Int, _ slot: Int32,
        _ store: RowStore
    ) -> Bool {
        let row = store.packed(slot)
        return switch field {
        case .tool: recall(row.tool, pattern, memory, store)
        case .agent: recall(row.agent, pattern, memory, store)
        case .group: recall(row.group, pattern, memory, store)
        case .run: row.runCount > 0 && pattern.matches(Array(store.runBytes(slot)))
        }
    }

    /// Whether a name is meant; many rows share a name, so each is asked once.
    private mutating func recall(
        _ name: UInt32, _ pattern: NamePattern, _ memory: Int, _ store: RowStore
    ) -> Bool {
        let place = Int(name)
        if place < memories[memory].count, let known = memories[memory][place] { return known }
        let answer = pattern.matches(Array(store.names[name].utf8))
        if place >= memories[memory].count {
            let missing = store.names.names.count - memories[memory].count
            memories[memory] += Array(repeating: nil, count: missing)
        }
        memories[memory][place] = answer
        return answer
    }

    private func test(_ test: QueryTest, _ slot: Int32, _ store: RowStore) -> Bool {
        let row = store.packed(slot)
        switch test {
        case .risk(let comparison, let risk):
            return comparison.holds(row.flags.risk.sortRank, risk.sortRank)
        case .state(let state): return row.flags.state == state
        case .left(let comparison, let span):
            return row.flags.state == .pending && comparison.holds(left(row), span)
        case .age(let comparison, let span):
            return comparison.holds(facts.serverTime.milliseconds - row.createdAt, span)
        case .flag(let flag): return holds(flag, slot, row, store)
        case .text, .name: return false
        }
    }

    private func left(_ row: RowStore.Packed) -> Int64 {
        row.deadline - facts.serverTime.milliseconds
    }

    private func isOpen(_ row: RowStore.Packed) -> Bool {
        row.flags.state == .pending && !row.flags.isGone && left(row) > 0
    }

    private func holds(
        _ flag: QueryFlag, _ slot: Int32, _ row: RowStore.Packed, _ store: RowStore
    ) -> Bool {
        switch flag {
        case .mine: isOpen(row) && store.isMine(slot, groups: facts.groups)
        case .marked: facts.marked.contains(row.id)
        case .urgent: isOpen(row) && Countdown.isUrgent(left(row))
        case .draft: facts.drafts.contains(row.id)
        case .edited: facts.edited.contains(row.id)
        case .reviewed: store.reviewers(slot).contains { $0 != facts.name }
        case .open: isOpen(row)
        case .expired:
            row.flags.state == .expired || row.flags.state == .pending && left(row) <= 0
        case .failopen: row.flags.posture == .failOpen
        case .unreviewed: row.flags.needsReview
        }
    }
}

extension QueryNode {
    /// How much it costs to ask, from 0 on.
    fileprivate var cost: Int {
        switch self {
        case .all(let parts), .any(let parts): parts.map(\.cost).max() ?? 0
        case .not(let part): part.cost
        case .test(.text): 2
        case .test(.name(.run, _)): 2
        case .test(.name): 1
        case .test: 0
        }
    }
}
