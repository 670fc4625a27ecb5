import Keymap
import TextGrid
import WireAPI

// Something is looked for in the audit log.
extension Inbox {
    /// Asks what to look for, beginning with what was looked for last.
    mutating func askForWords(_ subject: PageSubject) {
        let isAudit =
            switch subject {
            case .audit, .found: true
            case _: false
            }
        guard isAudit else {
            return say(.info, "Only the audit log is searched here: T opens it.")
        }
        guard Route.auditSearch.roles.contains(where: { me?.roles.contains($0) ?? false }) else {
            return say(.warning, "Leads, auditors and admins look for its events.")
        }
        overlays.append(.note(NoteDialog(.search(last: lastSearch))))
    }

    /// Shows what fits; a word that cannot be looked for is said in the form.
    mutating func look(for note: NoteDialog) {
        var note = note
        let text = note.fields[0].text.text
        do {
            let words = try AuditWords(typed: text, in: settings.zone, now: serverTime)
            lastSearch = text
            overlays.removeAll { if case .note = $0 { true } else { $0.isFound } }
            showPage(.found(words))
        } catch {
            note.problem = error.sentence
            note.stop = 0
            overlays[overlays.count - 1] = .note(note)
        }
    }
}

extension NoteDialog {
    /// True when a key says that all is typed: nothing is asked again where nothing is changed.
    func isAnswered(by action: Action) -> Bool {
        missing == nil && (action == .accept || action == .confirm || action == .press && isOnVerb)
    }
}

extension Overlay {
    /// True for a page of what was found before.
    fileprivate var isFound: Bool {
        guard case .page(let page) = self, case .found = page.subject else { return false }
        return true
    }
}
