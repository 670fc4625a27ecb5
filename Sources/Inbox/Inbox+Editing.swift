import TextGrid
import Approvals
import JSONTree
import Keymap
package import WireAPI

extension Inbox {
    /// Opens the editor, the diff or `$EDITOR` for the approval on the screen; false for any other
    /// action.
    mutating func beginEditing(_ action: Action) -> Bool {
        guard
            action == .edit || action == .openEditor || action == .diff
                || action == .editDocument
                || action == .discardEdits
        else { return false }
        guard let known = editable() else { return true }
        let id = known.view.id
        if action == .edit {
            openEditor(known)
        } else if action == .openEditor {
            openOutside(known)
        } else if action == .editDocument {
            openDocument(known)
        } else if editors[id].map({ $0.patch.isEmpty && $0.kept == nil }) ?? true {
            say(.info, "You changed nothing yet: press \(key(for: .edit)) to edit.")
        } else if action == .diff {
            overlays.append(.diff(DiffPane(id)))
        } else {
            overlays.append(.question(Question(.discardEdits(id))))
        }
        return true
    }

    /// Why the arguments on the screen cannot be edited; nil when they can.
    package var editObstacle: String? {
        guard let id = subject else { return "There is nothing to edit." }
        guard shelf[id] != nil, let row = screen == .queue ? queue.selectedRow : nil,
            row.isOpen(at: serverTime)
        else { return "Only pending approvals whose arguments are shown can be edited." }
        guard outbox.outgoing[id] == nil else { return "Your decision on this is on its way." }
        guard me?.canDecide ?? true else { return "Your role reads and does not decide." }
        return nil
    }

    /// The approval on the screen when its arguments may be edited; says why when they may not.
    private mutating func editable() -> KnownView? {
        if let obstacle = editObstacle {
            say(.info, obstacle)
            return nil
        }
        return subject.flatMap { shelf[$0] }
    }

    private mutating func openEditor(_ known: KnownView) {
        let id = known.view.id
        guard let digest = known.digest, known.trouble == nil else {
            say(.problem, known.trouble ?? "What is shown has no digest.")
            return
        }
        if editors[id] == nil { editors[id] = ArgumentEditor(known.view, digest: digest) }
        if let trouble = editors[id]?.checks.schemaTrouble { say(.warning, trouble) }
        let rows = editorRows(layout)
        editors[id]?.scroll(rows: rows)
        overlays.append(.editor(id))
        tellOthers(id)
    }

    private mutating func openOutside(_ known: KnownView) {
        let id = known.view.id
        guard let digest = known.digest, known.trouble == nil else { return }
        let editor = editors[id] ?? ArgumentEditor(known.view, digest: digest)
        editors[id] = editor
        if !overlays.contains(where: { $0.isEditor(of: id) }) { overlays.append(.editor(id)) }
        effects.append(.openEditor(text: editor.outsideText))
    }

    mutating func performInEditor(_ action: Action, _ id: ApprovalID) {
        guard var editor = editors[id] else {
            overlays.removeLast()
            return
        }
        let rows = editorRows(layout)
        if editor.document != nil {
            performInDocument(action, id)
            return
        }
        if editor.field != nil {
            let trouble = editor.performInField(action, rows: rows)
            editors[id] = editor
            keepEdit(id)
            if let trouble { say(.warning, trouble) }
            return
        }
        if action == .back {
            leaveEditor(id)
        } else if action == .diff {
            overlays.append(.diff(DiffPane(id)))
        } else if action == .openEditor {
            if let known = shelf[id] { openOutside(known) }
        } else if action == .editDocument {
            if let known = shelf[id] { openDocument(known) }
        } else if action == .discardEdits {
            overlays.append(.question(Question(.discardEdits(id))))
        } else if searched(action) {
            return
        } else if action.copies {
            if let line = editor.line { copy(action, at: line.pointer, of: editor.tree.value) }
        } else {
            let trouble = editor.perform(action, rows: rows)
            editors[id] = editor
            keepEdit(id)
            if let trouble { say(.info, trouble) }
        }
    }

    /// Leaves the editor; what was changed is kept, and what is wrong with it is said.
    private mutating func leaveEditor(_ id: ApprovalID) {
        overlays.removeLast()
        guard let editor = editors[id] else { return }
        keepEdit(id)
        guard editor.kept == nil else {
            say(
                .warning,
                "Your text is kept, not taken over: \(key(for: .editDocument)) opens it again.")
            return
        }
        guard !editor.patch.isEmpty else {
            editors[id] = nil
            return
        }
        if let problem = editor.problems.first {
            say(
                .warning,
                "Your edit cannot be sent yet: \(name(problem.pointer)) \(problem.sentence).")
            return
        }
        let count = editor.patch.operations.count
        say(
            .info,
            "\(count) \(count == 1 ? "change" : "changes") kept, not sent: "
                + "\(key(for: .approve)) approves with it, \(key(for: .diff)) shows it.")
    }

    /// How a sentence names a place in the arguments.
    func name(_ pointer: JSONPointer) -> String {
        pointer.isRoot ? "the arguments" : SafeWords.name("\(pointer)", columnsMax: 40)
    }

    /// Keeps a half-done edit in the local copy, or forgets it there when nothing is left of it.
    mutating func keepEdit(_ id: ApprovalID) {
        let known = outbox.drafts[id]
        guard known?.stage ?? .editing == .editing, outbox.outgoing[id] == nil else { return }
        let editor = editors[id]
        let loose = editor?.loose
        guard let editor, !editor.patch.isEmpty || loose != nil else {
            guard known != nil else { return }
            outbox.drafts[id] = nil
            save([.removeDraft(id)])
            return
        }
        let draft = Draft(
            id: id, revision: editor.revision, displayedDigest: editor.displayedDigest,
            deadline: editor.deadline, stage: .editing, verdict: .approve, edits: editor.patch,
            isFullyShown: false, madeAt: serverTime, key: known?.key ?? freshKey(),
            text: loose?.text, textBefore: loose?.base)
        let isSameText =
            known?.text.map { $0.isSame(as: draft.text ?? "") } ?? (draft.text == nil)
        guard known?.edits != draft.edits || known?.revision != draft.revision || !isSameText
        else { return }
        outbox.drafts[id] = draft
        save([.putDraft(draft)])
    }

    // MARK: Diff

    mutating func performInDiff(_ action: Action, _ diff: DiffPane) {
        var diff = diff
        let rows = diffRows(layout)
        let count = diffPlaces(diff.id, layout).count
        if searched(action) { return }
        if action == .back || action == .diff || action == .queue {
            overlays.removeLast()
        } else if action == .top {
            diff.scroll(to: 0, count: count, rows: rows)
            overlays[overlays.count - 1] = .diff(diff)
        } else if action == .bottom {
            diff.scroll(to: count, count: count, rows: rows)
            overlays[overlays.count - 1] = .diff(diff)
        } else if let step = Self.step(action, rows: rows) {
            diff.scroll(to: diff.top + step, count: count, rows: rows)
            overlays[overlays.count - 1] = .diff(diff)
        } else if action == .edit {
            overlays.removeLast()
            if !overlays.contains(where: { $0.isEditor(of: diff.id) }) { _ = beginEditing(action) }
        } else if beginDeciding(action) || beginEditing(action) {
            return
        } else if action == .refresh {
            refreshNow()
        }
    }
}

extension Overlay {
    func isEditor(of id: ApprovalID) -> Bool {
        switch self {
        case .editor(let other): other == id
        case .diff, .decision, .bulk, .note, .question, .revealed, .help, .page, .commandLine,
            .filter,
            .views:
            false
        }
    }
}

extension MeAnswer {
    /// True when some role of theirs decides.
    package var canDecide: Bool { roles.contains { $0 == .approver || $0 == .lead } }
}
