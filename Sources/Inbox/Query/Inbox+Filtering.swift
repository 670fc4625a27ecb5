import Approvals
import JSONTree
import Keymap
import WireAPI

extension Inbox {
    /// Opens the `/` line over what is on the screen.
    mutating func beginFilter() {
        let target: FilterLine.Target = screen == .queue ? .queue : .history
        let text = target == .queue ? queue.filter?.text : history.query?.text
        var line = FilterLine(target, showing: text ?? "")
        complete(&line)
        overlays.append(.filter(line))
    }

    mutating func performInFilter(_ action: Action, _ line: FilterLine) {
        if action == .accept {
            acceptFilter(line)
        } else if action == .cancel {
            overlays.removeLast()
            _ = show(matchesOf: line.before, in: line.target)
        } else if action == .complete || action == .earlierEntry || action == .laterEntry {
            change(line) { line, inbox in
                if action == .complete {
                    line.completeNext()
                } else {
                    line.recall(
                        inbox.triage.typedQueries, step: action == .earlierEntry ? 1 : -1)
                }
            }
        } else {
            _ = performTyping(action)
        }
    }

    /// Opens the `/` line to look for a text in arguments.
    mutating func beginSearch() {
        var line = FilterLine(.arguments, showing: search?.text ?? "")
        line.text.replace(with: "")
        overlays.append(.filter(line))
    }

    /// Goes through what could be written; shift goes back.
    mutating func completeFilter(_ line: FilterLine, isBack: Bool) {
        change(line) { line, _ in line.completeNext(isBack: isBack) }
    }

    private mutating func change(
        _ line: FilterLine, _ change: (inout FilterLine, Inbox) -> Void
    ) {
        var line = line
        let completion = line.completion
        change(&line, self)
        line.problem = show(matchesOf: line.text.text, in: line.target)
        if line.completion == completion { complete(&line) }
        overlays[overlays.count - 1] = .filter(line)
    }

    /// The line after its text was typed at.
    mutating func typed(into line: FilterLine) -> FilterLine {
        var line = line
        line.problem = show(matchesOf: line.text.text, in: line.target)
        complete(&line)
        return line
    }

    /// Takes the line; one that is not understood stays open, with the cursor where it is wrong.
    private mutating func acceptFilter(_ line: FilterLine) {
        var line = line
        if let problem = show(matchesOf: line.text.text, in: line.target) {
            line.text.moveCursor(to: problem.column)
            line.problem = problem
            overlays[overlays.count - 1] = .filter(line)
            return
        }
        overlays.removeLast()
        accepted(line)
    }

    private mutating func accepted(_ line: FilterLine) {
        guard line.target != .arguments else {
            if !line.text.isEmpty { goToMatch(1) }
            return
        }
        triage.remember(line.text.text)
        switch line.target {
        case .queue:
            triage.view = nil
            if let query = queue.filter?.query { arrange(as: query) }
            queue.scroll(rows: layout.listRows)
        case .history: searchHistory()
        case .arguments: break
        }
    }

    /// Shows what a text finds; what is wrong with it, in which case nothing changes.
    private mutating func show(
        matchesOf text: String, in target: FilterLine.Target
    ) -> QueryProblem? {
        guard target != .arguments else {
            search = ArgumentSearch(text)
            return nil
        }
        do throws(QueryProblem) {
            show(try Query(parsing: text), in: target)
            return nil
        } catch {
            showWhatIsUnderstood(of: text, error, in: target)
            return error
        }
    }

    /// Of a text that is not understood shows what its beginning finds, so that nothing is hidden
    /// by a word that was meant as something else.
    private mutating func showWhatIsUnderstood(
        of text: String, _ problem: QueryProblem, in target: FilterLine.Target
    ) {
        let before = text.unicodeScalars.prefix(problem.column)
        let end = before.lastIndex(of: " ") ?? before.startIndex
        do throws(QueryProblem) {
            show(try Query(parsing: String(before[..<end])), in: target)
        } catch {
            // Then what was found last stays on the screen.
        }
    }

    private mutating func show(_ query: Query, in target: FilterLine.Target) {
        switch target {
        case .queue: show(query)
        case .history: history.show(query.node == .all([]) ? nil : query, queryFacts)
        case .arguments: break
        }
    }

    /// Shows what a query finds in the queue.
    mutating func show(_ query: Query) {
        if query.node != .all([]) { loadAll() }
        queue.show(query, queryFacts)
        triage.recheckAt = now.adding(milliseconds: Self.recheckMilliseconds)
        queue.scroll(rows: layout.listRows)
    }

    /// Finds what was given with the action's name; what is not understood is said.
    mutating func find(_ text: String) {
        let line = FilterLine(screen == .queue ? .queue : .history, showing: text)
        if let problem = show(matchesOf: text, in: line.target) {
            say(.warning, problem.text)
            return
        }
        accepted(line)
    }

    /// Sorts and groups as a query asks for.
    mutating func arrange(as query: Query) {
        if let order = query.order, order != queue.order { sort(by: order) }
        if let grouping = query.grouping { group(by: grouping) }
    }

    /// What queries may ask that stands in no row.
    var queryFacts: QueryFacts {
        var facts = QueryFacts()
        facts.serverTime = serverTime
        facts.name = me?.name
        if let me, me.canDecide { facts.groups = Set(me.groups.map(\.rawValue)) }
        facts.marked = Set(marks.all.map { PackedID($0.id) })
        let drafts = outbox.drafts.values
        facts.drafts = Set(drafts.filter { $0.stage != .editing }.map { PackedID($0.id) })
        facts.drafts.formUnion(outbox.outgoing.keys.map { PackedID($0) })
        facts.edited = Set(drafts.filter { $0.stage == .editing }.map { PackedID($0.id) })
        facts.edited.formUnion(
            editors.filter { !$0.value.patch.isEmpty }.keys.map { PackedID($0) })
        return facts
    }

    /// Looks now and then for rows that the query finds only because time passed.
    mutating func recheckFilter() {
        guard let due = recheckDueAt, now >= due else { return }
        triage.recheckAt = now.adding(milliseconds: Self.recheckMilliseconds)
        queue.findMore(queryFacts)
    }

    /// When that is due; nil while the query depends on nothing but the rows.
    var recheckDueAt: Timestamp? {
        queue.filter?.query.isDynamic == true ? triage.recheckAt : nil
    }

    private static let recheckMilliseconds: Int64 = 10_000

    // MARK: Completion

    private func complete(_ line: inout FilterLine) {
        guard line.target != .arguments else { return }
        line.completion = QueryCompletion(line.text) { names(of: $0, in: line.target) }
    }

    /// The names of the rows, the most frequent first.
    private func names(
        of field: NameField, in target: FilterLine.Target
    ) -> [(name: String, count: Int)] {
        target == .history
            ? history.names(of: field) : queue.store.names(of: field, in: queue.listed)
    }
}

extension FilterLine {
    /// Writes the next candidate.
    mutating func completeNext(isBack: Bool = false) {
        guard let written = completion?.next(isBack: isBack) else { return }
        text.replace(with: written.text)
        text.moveCursor(to: written.cursor)
    }
}

extension RowStore {
    /// The names that rows have in a field, the most frequent first.
    func names(of field: NameField, in slots: [Int32]) -> [(name: String, count: Int)] {
        var counts = Array(repeating: 0, count: names.names.count)
        var runs: [[UInt8]: Int] = [:]
        for slot in slots {
            let row = packed(slot)
            switch field {
            case .tool: counts[Int(row.tool)] += 1
            case .agent: counts[Int(row.agent)] += 1
            case .group: counts[Int(row.group)] += 1
            case .run where runs.count < Self.runsMax: runs[Array(runBytes(slot)), default: 0] += 1
            case .run: break
            }
        }
        runs[[]] = nil
        let found =
            names.names.indices.filter { counts[$0] > 0 }.map { (names.names[$0], counts[$0]) }
            + runs.map { (String(decoding: $0.key, as: UTF8.self), $0.value) }
        return found.sorted { $0.1 != $1.1 ? $0.1 > $1.1 : $0.0 < $1.0 }
    }

    /// So many runs are counted; nobody reads through more.
    private static let runsMax = 1_000
}
