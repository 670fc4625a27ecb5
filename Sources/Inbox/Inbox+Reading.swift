import Approvals
package import JSONTree
import Keymap
import TextGrid
import WireAPI

extension Inbox {
    /// Carries out an action while somebody reads one approval; false for any other.
    mutating func performInDetail(_ action: Action) -> Bool {
        if movedInDetail(action) || searched(action) { return true }
        if action == .expand || action == .collapse {
            fold(action == .collapse)
        } else if action == .expandAll || action == .collapseAll {
            foldAll(action == .collapseAll)
        } else if action == .nextUnseen {
            showUnseen()
        } else if action == .reveal {
            beginReveal()
        } else if action.copies {
            copy(action)
        } else {
            return false
        }
        return true
    }

    private mutating func movedInDetail(_ action: Action) -> Bool {
        let layout = layout
        let rows = max(1, layout.detailText.rows)
        if action == .top {
            pane.move(to: 0, count: 1, rows: rows)
        } else if action == .bottom {
            let count = detailLines(layout, linesMax: .max).count
            pane.move(to: count - 1, count: count, rows: rows)
        } else if action == .nextSibling || action == .previousSibling {
            moveToSibling(action == .nextSibling ? 1 : -1)
        } else if let step = Self.scrollStep(action, rows: rows) {
            let wanted = pane.cursor + step
            let count = detailLines(layout, linesMax: max(0, wanted) + rows + 1).count
            pane.move(to: wanted, count: count, rows: rows)
        } else {
            return false
        }
        return true
    }

    /// How far an action moves where the keys of a search have their own meaning.
    static func scrollStep(_ action: Action, rows: Int) -> Int? {
        action == .nextMatch || action == .previousMatch ? nil : step(action, rows: rows)
    }

    /// The line of the detail under the cursor.
    package var detailLine: DetailLine? {
        let lines = detailLines(layout, linesMax: pane.cursor + 1)
        return lines.indices.contains(pane.cursor) ? lines[pane.cursor] : nil
    }

    /// From words the next place is the first of the arguments.
    private mutating func moveToSibling(_ step: Int) {
        guard let id = subject, let known = shelf[id] else { return }
        guard let pointer = detailLine?.pointer else {
            if let first = known.view.arguments.children?.first {
                moveDetail(to: JSONPointer(tokens: [first.token]))
            }
            return
        }
        guard let next = known.view.arguments.sibling(of: pointer, step: step) else {
            say(.info, "There is nothing \(step > 0 ? "after" : "before") it at this level.")
            return
        }
        moveDetail(to: next)
    }

    // MARK: Folding

    private mutating func fold(_ isFolded: Bool) {
        guard let pointer = detailLine?.pointer, let id = subject, let known = shelf[id] else {
            return
        }
        guard isFolded else {
            pane.folded.remove(pointer)
            openString(at: pointer, known)
            return
        }
        if pane.opened.remove(pointer) != nil {
            moveDetail(to: pointer)
            return
        }
        // A single value folds what is around it.
        var place: JSONPointer? = pointer
        while let wanted = place, !wanted.isRoot {
            if known.view.arguments[wanted]?.children != nil, known.handles[wanted] == nil,
                !pane.folded.contains(wanted)
            {
                pane.folded.insert(wanted)
                moveDetail(to: wanted)
                return
            }
            place = wanted.parent
        }
    }

    /// Shows the JSON that a string holds in its place.
    private mutating func openString(at pointer: JSONPointer, _ known: KnownView) {
        guard case .string(let text)? = known.view.arguments[pointer],
            !pane.opened.contains(pointer)
        else { return }
        guard known.view.arguments[pointer]?.inner != nil else {
            if JSONValue.looksLikeJSON(text) { say(.info, "This string is no JSON.") }
            return
        }
        pane.opened.insert(pointer)
    }

    /// True for a string under the cursor that holds JSON and is shown as text.
    package func canOpenString(at pointer: JSONPointer) -> Bool {
        guard let id = subject, !pane.opened.contains(pointer) else { return false }
        return shelf[id]?.view.arguments[pointer]?.inner != nil
    }

    private mutating func foldAll(_ isFolded: Bool) {
        guard let id = subject, let known = shelf[id] else { return }
        let pointer = detailLine?.pointer
        let wanted = isFolded ? known.view.arguments.containers : []
        guard pane.folded != wanted else {
            say(.info, "Everything is \(isFolded ? "closed" : "open") already.")
            return
        }
        pane.folded = wanted
        if isFolded { pane.opened = [] }
        // What is folded away leaves the cursor on what holds it.
        if let token = pointer?.tokens.first {
            moveDetail(to: isFolded ? JSONPointer(tokens: [token]) : pointer ?? .root)
        }
    }

    mutating func moveDetail(to pointer: JSONPointer, piece: Int = 0) {
        let layout = layout
        let lines = detailLines(layout, linesMax: .max)
        guard let first = lines.firstIndex(where: { $0.pointer == pointer }) else { return }
        let line =
            lines[first...].firstIndex {
                if case .value(pointer, piece, _) = $0.part { true } else { false }
            } ?? first
        pane.jump(to: piece == 0 ? first : line, count: lines.count, rows: layout.detailText.rows)
    }

    /// Goes to the next value that was not on the screen to its end, opening what hides it.
    private mutating func showUnseen() {
        guard let id = subject, let known = shelf[id] else { return }
        guard let (pointer, piece) = seen.unseen(of: known, after: detailLine?.pointer) else {
            say(.info, "Every value was on the screen.")
            return
        }
        pane.uncover(pointer)
        // The raw text is what must be seen, not what somebody makes of it.
        pane.opened.remove(pointer)
        moveDetail(to: pointer, piece: piece)
    }

    // MARK: Copying

    /// Copies the id of the approval under the cursor of a list.
    mutating func copyID() {
        if let id = subject { copyText(id.rawValue, "the id") }
    }

    /// Copies what is under the cursor, written so that pasting it into a terminal is harmless.
    private mutating func copy(_ action: Action) {
        guard let id = subject, let known = shelf[id] else { return }
        guard let line = detailLine, let pointer = line.pointer else {
            copyID()
            return
        }
        copy(action, at: pointer, of: known.view.arguments, inside: line.inner)
    }

    /// Copies a value, its name or its place; `inner` is a place in the JSON of a string.
    mutating func copy(
        _ action: Action, at pointer: JSONPointer, of arguments: JSONValue,
        inside inner: JSONPointer? = nil
    ) {
        let whole = inner == nil ? arguments : arguments[pointer]?.inner
        guard let whole, let value = whole[inner ?? pointer] else {
            say(.info, "There is nothing to copy here.")
            return
        }
        let name = (inner ?? pointer).tokens.last ?? ""
        switch action {
        case .copyKey: copyText(ValueName.safe(name).text, "the key")
        case .copyPointer: copyText(safe("\(pointer)\(inner.map { "\($0)" } ?? "")"), "the place")
        case .copyPath:
            let path = pointer.jqPath(in: arguments)
            let rest = inner.map { " | fromjson | " + $0.jqPath(in: whole) } ?? ""
            copyText(SafeText.json(path + rest).text, "the jq path")
        case _:
            guard !Redaction.containsMarker(value) else {
                say(.info, "A hidden value cannot be copied.")
                return
            }
            copyText(SafeText.json(value.text(.compact)).text, "the value of \(pointer)")
        }
    }

    private func safe(_ text: String) -> String { SafeText(escaping: text).text }

    mutating func copyText(_ text: String, _ what: String) {
        guard text.utf8.count <= Self.copyBytesMax else {
            say(.info, "That is too long for the clipboard of a terminal.")
            return
        }
        copying = what
        effects.append(.copy(text: text))
    }

    /// Says where the text went.
    mutating func copied(_ outcome: CopyOutcome) {
        switch outcome {
        case .sentToTerminal:
            say(.info, "Sent \(copying) to the terminal's clipboard (cannot confirm).")
        case .given(let program): say(.info, "Gave \(copying) to \(program).")
        case .failed(let sentence): say(.warning, "Nothing was copied. \(sentence)")
        }
    }

    static let copyBytesMax = 8_192
}

extension Action {
    /// True for what copies something of the arguments.
    var copies: Bool {
        self == .yank || self == .copyValue || self == .copyKey || self == .copyPointer
            || self == .copyPath
    }
}
