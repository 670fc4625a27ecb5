import Approvals
package import JSONTree
import Keymap
import WireAPI

/// Where a search looks.
enum SearchPlace: Hashable, Sendable {
    case detail
    case editor(ApprovalID)
    case diff(DiffPane)
}

/// The places that match, and the order in which a screen shows its places.
private struct Findings {
    let matches: [JSONPointer]
    let order: [JSONPointer: Int]

    /// The match after `pointer`, or before it, in a round.
    func index(from pointer: JSONPointer?, step: Int) -> Int {
        guard let here = pointer.flatMap({ order[$0] }) else {
            return step > 0 ? 0 : matches.count - 1
        }
        let places = matches.map { order[$0] ?? 0 }
        if step > 0 { return places.firstIndex { $0 > here } ?? 0 }
        return places.lastIndex { $0 < here } ?? matches.count - 1
    }
}

extension Inbox {
    /// Where `/`, `n` and `N` look for names and values; nil in lists.
    var searchPlace: SearchPlace? { searchPlace(below: 0) }

    private func searchPlace(below count: Int) -> SearchPlace? {
        switch overlays.dropLast(count).last {
        case .editor(let id): .editor(id)
        case .diff(let diff): .diff(diff)
        case nil: focus == .detail ? .detail : nil
        case .decision, .note, .question, .revealed, .help, .page, .commandLine, .filter, .views,
            .bulk:
            nil
        }
    }

    /// The place that the `/` line on top searches, or else the one that has the keys.
    private var searchPlaceInSight: SearchPlace? {
        if case .filter = overlays.last { searchPlace(below: 1) } else { searchPlace }
    }

    /// Carries out an action of searching; false for any other.
    mutating func searched(_ action: Action) -> Bool {
        if action == .filter {
            beginSearch()
        } else if action == .clearFilter {
            search = nil
        } else if action == .nextMatch || action == .previousMatch {
            goToMatch(action == .nextMatch ? 1 : -1)
        } else {
            return false
        }
        return true
    }

    /// Goes to the next match, or to the one before, and says which of how many it is.
    mutating func goToMatch(_ step: Int) {
        guard let search else {
            say(.info, "Press \(key(for: .filter)) to look for something.")
            return
        }
        let sought = "\"\(SafeWords.name(search.text))\""
        guard let place = searchPlace, let found = findings(in: place), !found.matches.isEmpty
        else {
            say(.info, "\(sought) is nowhere here; hidden values are not searched.")
            return
        }
        let index = found.index(from: cursorPointer(in: place), step: step)
        go(to: found.matches[index], in: place)
        say(.info, "Match \(index + 1) of \(found.matches.count) for \(sought).")
    }

    /// The places that match where the focus is, for the views.
    package var matchingPlaces: Set<JSONPointer> {
        guard search != nil, let place = searchPlaceInSight else { return [] }
        return Set(findings(in: place)?.matches ?? [])
    }

    /// How many places match what stands in the `/` line; nil where it chooses rows.
    package var matchCount: Int? {
        guard case .filter(let line) = overlays.last, line.target == .arguments,
            !line.text.isEmpty, let place = searchPlaceInSight
        else { return nil }
        return findings(in: place)?.matches.count
    }

    private func findings(in place: SearchPlace) -> Findings? {
        guard let search else { return nil }
        switch place {
        case .detail:
            return subject.flatMap { shelf[$0] }.map { Findings(search, $0.view.arguments) }
        case .editor(let id): return editors[id].map { Findings(search, $0.tree.value) }
        case .diff(let diff):
            guard let tree = editors[diff.id]?.tree else { return nil }
            let all = Set(search.matches(in: tree.original) + search.matches(in: tree.value))
            return Findings(all, in: diffPlaces(diff.id, layout))
        }
    }

    private func cursorPointer(in place: SearchPlace) -> JSONPointer? {
        switch place {
        case .detail: detailLine?.pointer
        case .editor(let id): editors[id]?.line?.pointer
        case .diff(let diff): diff.match
        }
    }

    private mutating func go(to pointer: JSONPointer, in place: SearchPlace) {
        switch place {
        case .detail:
            pane.uncover(pointer)
            moveDetail(to: pointer)
        case .editor(let id):
            editors[id]?.moveTo(pointer)
            let rows = editorRows(layout)
            editors[id]?.scroll(rows: rows)
        case .diff(var diff):
            let layout = layout
            let places = diffPlaces(diff.id, layout)
            diff.match = pointer
            if let line = places.firstIndex(where: { $0 == pointer }) {
                diff.scroll(to: line, count: places.count, rows: diffRows(layout))
            }
            overlays[overlays.count - 1] = .diff(diff)
        }
    }
}

extension Findings {
    fileprivate init(_ search: ArgumentSearch, _ value: JSONValue) {
        matches = search.matches(in: value)
        order = ReadingOrder(value).places
    }

    /// Matches in the order of the lines that show them.
    fileprivate init(_ all: Set<JSONPointer>, in lines: [JSONPointer?]) {
        var matches: [JSONPointer] = []
        var order: [JSONPointer: Int] = [:]
        for (index, pointer) in lines.enumerated() {
            guard let pointer, order[pointer] == nil else { continue }
            order[pointer] = index
            if all.contains(pointer) { matches.append(pointer) }
        }
        self.matches = matches
        self.order = order
    }
}
