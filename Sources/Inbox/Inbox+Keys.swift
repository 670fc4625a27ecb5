import Approvals
import JSONTree
import Keymap

extension Inbox {
    /// A key was pressed.
    mutating func pressed(_ stroke: KeyStroke) {
        queue.isSettling = false
        if arming.swallows(stroke, at: now) { return }
        let presses = strokes + [stroke]
        strokes = []
        switch settings.keymap.resolve(presses, in: place) {
        case .action(let action): perform(action, by: stroke)
        case .pending: strokes = presses
        case .none: presses.count > 1 ? lost(presses) : typed(presses)
        }
    }

    /// A sequence that means nothing is given up; escape gives it up without a word.
    private mutating func lost(_ presses: [KeyStroke]) {
        guard let last = presses.last, last.key != .escape else { return }
        let typed = presses.map(\.description).joined(separator: " ")
        say(.info, "\(typed) means nothing here.")
    }

    /// Presses that mean nothing here are text where text is typed.
    private mutating func typed(_ presses: [KeyStroke]) {
        if case .revealed = overlays.last {
            overlays.removeLast()
            return
        }
        guard place.takesText, presses.count == 1, let stroke = presses.first else { return }
        if place == .document {
            typeInDocument(stroke.key == .tab ? "  " : stroke.typed.map { String($0) } ?? "")
            return
        }
        if stroke.key == .tab || stroke.key == .backTab {
            stepField(isBack: stroke.key == .backTab)
            return
        }
        guard let scalar = stroke.typed else { return }
        if case .help(let help) = overlays.last, help.text.isEmpty, scalar == "?" {
            overlays.removeLast()
            return
        }
        changeField { $0.insert(scalar) }
    }

    /// Text was pasted. It never decides, and it is refused where somebody must type by hand.
    mutating func pasted(_ text: String) {
        queue.isSettling = false
        if case .decision(let dialog) = overlays.last,
            dialog.focus == .confirmation || dialog.focus == .code
        {
            say(.warning, "Type it by hand: what is pasted confirms nothing.")
            return
        }
        if case .bulk = overlays.last, bulk?.focus == .code {
            say(.warning, "Type it by hand: what is pasted confirms nothing.")
            return
        }
        guard place.takesText else { return }
        if place == .document {
            typeInDocument(text)
            return
        }
        let isLong = takesLongText
        let clean =
            isLong ? text : String(text.unicodeScalars.map { $0 == "\n" ? " " : Character($0) })
        var didFit = true
        changeField { didFit = $0.insert(clean) }
        if !didFit { say(.warning, "That is too long to paste here.") }
    }

    /// True where a pasted text may have several lines.
    private var takesLongText: Bool {
        switch overlays.last {
        case .editor(let id): editors[id]?.field?.text.takesNewlines ?? false
        case .decision(let dialog): dialog.focus == .comment
        case .note(let note): note.isInField && note.fields[note.stop].text.takesNewlines
        case .bulk: bulk?.focus == .reason
        case .diff, .question, .revealed, .help, .page, .commandLine, .filter, .views, nil: false
        }
    }

    /// Carries out an action where the focus is.
    ///
    /// A decision is deaf for a moment after the selection, the row or the dialog changed.
    mutating func perform(_ action: Action, by stroke: KeyStroke? = nil) {
        if action.isDecision, !arming.isArmed(at: now) || triage.painted != subject { return }
        if notice?.mayLeave(at: now) == true { notice = nil }
        if let reason = whyNot(action) {
            // Where escape has nothing else to do, it hides the tour.
            if action == .clearFilter, stroke != nil, hideTour() { return }
            refuse(action, reason)
            return
        }
        if performAnywhere(action) { return }
        switch overlays.last {
        case .editor(let id): performInEditor(action, id)
        case .diff(let diff): performInDiff(action, diff)
        case .decision(let dialog): performInDialog(action, dialog, stroke)
        case .bulk: performInBulk(action, stroke)
        case .note(let note): performInNote(action, note, stroke)
        case .question(let question): performInQuestion(action, question)
        case .revealed: overlays.removeLast()
        case .help(let help): performInHelp(action, help)
        case .page(let page): performInPage(action, page)
        case .commandLine(let line): performInCommandLine(action, line)
        case .filter(let line): performInFilter(action, line)
        case .views(let picker): performInViews(action, picker)
        case nil: performInLists(action)
        }
    }

    /// What is the same wherever the focus is; false for everything else.
    private mutating func performAnywhere(_ action: Action) -> Bool {
        if action == .redraw {
            effects.append(.redraw)
        } else if action == .reload {
            effects.append(.reloadSettings)
        } else if action == .theme {
            effects.append(.useTheme(nil))
        } else if action == .lock {
            close(.asked)
        } else if action == .suspend {
            keepHeld("the program was stopped")
            effects.append(.suspend)
        } else if action == .quit {
            askToLeave()
        } else if action == .takeBack {
            takeBack()
        } else if action == .help {
            if case .help = overlays.last {
                overlays.removeLast()
            } else {
                overlays.append(.help(HelpPane(for: place)))
            }
        } else if action == .commandLine {
            openPalette()
        } else if action == .tour {
            performTour()
        } else {
            return false
        }
        return true
    }

    /// Changes the text field that has the focus.
    private mutating func changeField(_ change: (inout TextField) -> Void) {
        guard let top = overlays.popLast() else { return }
        overlays.append(changed(top, change))
    }

    private mutating func changed(
        _ overlay: Overlay, _ change: (inout TextField) -> Void
    ) -> Overlay {
        switch overlay {
        case .editor(let id):
            editors[id]?.changeField(change)
            return overlay
        case .decision(var dialog):
            dialog.changeField(change)
            return .decision(dialog)
        case .note(var note):
            if note.isInField { change(&note.fields[note.stop].text) }
            note.problem = nil
            return .note(note)
        case .commandLine(var line):
            let before = line.text.scalars
            change(&line.text)
            if line.text.scalars != before { line.offer(paletteRows(line)) }
            return .commandLine(line)
        case .help(var help):
            let before = help.text.scalars
            change(&help.text)
            if help.text.scalars != before { help.restart() }
            return .help(help)
        case .filter(var line):
            change(&line.text)
            return .filter(typed(into: line))
        case .views(var picker):
            change(&picker.text)
            picker.choice = 0
            return .views(picker)
        case .bulk:
            changeBulkField(change)
            return overlay
        case .diff, .question, .revealed, .page: return overlay
        }
    }

    /// The tab key in a field goes to the next one.
    private mutating func stepField(isBack: Bool) {
        if case .decision(var dialog) = overlays.last {
            if isBack { dialog.previous() } else { dialog.next() }
            overlays[overlays.count - 1] = .decision(dialog)
        } else if case .bulk = overlays.last {
            stepInBulk(isBack ? -1 : 1)
        } else if case .editor(let id) = overlays.last {
            editors[id]?.pick(isBack ? -1 : 1)
        } else if case .note(var note) = overlays.last {
            if isBack { note.previous() } else { note.next() }
            overlays[overlays.count - 1] = .note(note)
        } else if case .filter(let line) = overlays.last {
            completeFilter(line, isBack: isBack)
        }
    }

    /// Carries out an action of typing in the field that has the focus; false for any other.
    mutating func performTyping(_ action: Action) -> Bool {
        var isTyping = false
        changeField { isTyping = $0.perform(action) }
        return isTyping
    }

    // MARK: Leaving

    /// Leaves, after a question when decisions are not acknowledged.
    private mutating func askToLeave() {
        if case .question = overlays.last { overlays.removeLast() }
        guard let subject = whatLeavingNeeds else {
            leave()
            return
        }
        overlays.append(.question(Question(subject)))
        effects.append(.flushTypedAhead)
    }

    /// What must be asked before leaving; nil when nothing is at stake.
    private var whatLeavingNeeds: Question.Subject? {
        let isKept = settings.keepsCopy && !copy.isUseless
        if outbox.waiting > 0 {
            let areKept = isKept && outbox.abandoned.isEmpty
            return .quit(waiting: outbox.waiting, areKept: areKept)
        }
        let edits = editors.values.count { !$0.patch.isEmpty || $0.loose != nil }
        return isKept || edits == 0 ? nil : .quitEditing(edits)
    }

    /// Leaves; what is half done stays in the local copy.
    mutating func leave() {
        for id in editors.keys.sorted() { keepEdit(id) }
        if let sentence = abandonedSentence(outbox.abandoned) {
            effects.append(.farewell(sentence))
        }
        effects.append(.quit(status: 0))
    }
}
