import Approvals
import JSONTree
import Keymap
import WireAPI

extension Inbox {
    /// Opens the arguments as one text, in the place of the tree.
    mutating func openDocument(_ known: KnownView) {
        let id = known.view.id
        guard let digest = known.digest, known.trouble == nil else {
            say(.problem, known.trouble ?? "What is shown has no digest.")
            return
        }
        if editors[id] == nil { editors[id] = ArgumentEditor(known.view, digest: digest) }
        if !overlays.contains(where: { $0.isEditor(of: id) }) {
            overlays.append(.editor(id))
            tellOthers(id)
        }
        if case .diff = overlays.last { overlays.removeLast() }
        let isStale = editors[id]?.isKeptStale ?? false
        let isKept = editors[id]?.kept != nil
        editors[id]?.openDocument()
        if isStale {
            say(
                .warning,
                "This is the text that you left; what was changed since then is not in it.")
        } else if isKept {
            say(.info, "This is the text that you left.")
        }
    }

    mutating func performInDocument(_ action: Action, _ id: ApprovalID) {
        let rows = documentRows(layout)
        if action == .cancel {
            leaveDocument(id)
        } else if action == .takeDocument {
            takeDocument(id, rows: rows)
        } else if action == .undo, editors[id]?.document?.canUndo == false {
            say(.info, "There is nothing to take back.")
        } else if action == .redo, editors[id]?.document?.canRedo == false {
            say(.info, "Nothing was taken back.")
        } else {
            let before = editors[id]?.document?.lines
            _ = editors[id]?.document?.perform(action, rows: rows)
            if editors[id]?.document?.lines != before { documentChanged(id) }
        }
    }

    /// Text was typed or pasted where the document has the keys.
    mutating func typeInDocument(_ text: String) {
        guard case .editor(let id) = overlays.last, !text.isEmpty else { return }
        let rows = documentRows(layout)
        guard editors[id]?.document?.insert(text) == true else {
            say(.warning, "That is too long to put here.")
            return
        }
        editors[id]?.document?.scroll(rows: rows)
        documentChanged(id)
    }

    private mutating func documentChanged(_ id: ApprovalID) {
        editors[id]?.judgeDocument()
        if network.textDueAt == nil { network.textDueAt = now.adding(milliseconds: 2_000) }
    }

    /// Keeps what is typed in the local copy every two seconds, so that a crash costs no more.
    mutating func keepTextIfDue() {
        guard let due = network.textDueAt, now >= due else { return }
        network.textDueAt = nil
        for id in editors.keys.sorted() where editors[id]?.document != nil { keepEdit(id) }
    }

    private mutating func leaveDocument(_ id: ApprovalID) {
        editors[id]?.leaveDocument()
        keepEdit(id)
        guard editors[id]?.kept != nil else { return }
        say(
            .info,
            "Nothing was taken over. Your text is kept: \(key(for: .editDocument)) opens it again.")
    }

    private mutating func takeDocument(_ id: ApprovalID, rows: Int) {
        guard let text = editors[id]?.document?.text else { return }
        guard let trouble = editors[id]?.take(text: text) else {
            keepEdit(id)
            sayTaken(id)
            return
        }
        if case .broken(let line, let column, _) = trouble {
            editors[id]?.document?.move(toLine: line, column: column, rows: rows)
        }
        say(.problem, "Nothing was taken over: \(sentence(trouble)).")
    }

    /// Says what a whole document changed, and what is still wrong with it.
    func sentenceOnChanges(_ editor: ArgumentEditor) -> (Notice.Kind, String) {
        if let problem = editor.problems.first {
            return (
                .warning,
                "Taken over, but not to be sent: \(name(problem.pointer)) "
                    + "\(problem.sentence)."
            )
        }
        let count = editor.patch.operations.count
        if count == 0 { return (.info, "Nothing differs from what the agent sent.") }
        return (.info, "Taken over: \(count) \(count == 1 ? "change" : "changes"), not sent.")
    }

    mutating func sayTaken(_ id: ApprovalID) {
        guard let editor = editors[id] else { return }
        let (kind, sentence) = sentenceOnChanges(editor)
        say(kind, sentence)
    }

    /// What keeps a document from being taken over, as the end of a sentence.
    func sentence(_ verdict: DocumentVerdict) -> String {
        switch verdict {
        case .broken(let line, let column, let reason): "line \(line), column \(column): \(reason)"
        case .refused(let misfit): "\(name(misfit.pointer)): \(misfit.reason)"
        case .wrong(let problem): "\(name(problem.pointer)) \(problem.sentence)"
        case .fits(let changes): "\(changes) changes"
        }
    }

    /// The text editor ended.
    mutating func editorReturned(_ result: Result<String, EditorFailure>) {
        effects.append(.redraw)
        outbox.beginAnew(at: now, seconds: settings.undoSeconds)
        guard case .editor(let id) = overlays.last, editors[id] != nil else { return }
        switch result {
        case .failure(let failure): say(.warning, failure.sentence)
        case .success(let text):
            guard let trouble = editors[id]?.take(text: text) else {
                keepEdit(id)
                sayTaken(id)
                return
            }
            let rows = documentRows(layout)
            editors[id]?.keep(text: text, rows: rows)
            editors[id]?.openDocument()
            keepEdit(id)
            say(
                .problem,
                "Nothing was taken over: \(sentence(trouble)). Mend it here, or leave it with "
                    + "\(documentKey(.cancel)) and open it again.")
        }
    }

    private func documentKey(_ action: Action) -> String {
        settings.keymap.key(for: action, in: .document) ?? action.rawValue
    }

    /// The lines of a document on the screen: its area without title and foot.
    func documentRows(_ layout: InboxLayout) -> Int { editorRows(layout) }
}
