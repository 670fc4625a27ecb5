import Approvals
import JSONTree
import Keymap
import WireAPI

extension Inbox {
    /// True while nothing of the inbox may be seen.
    package var isLocked: Bool { lock.isClosed }

    /// Locks when its time has come, before the message is taken; true when the message is used up
    /// by that: a key pressed after a long pause does nothing but to show that the inbox is locked.
    mutating func minded(_ message: InboxMessage) -> Bool {
        if case .started = message {
            lock.sessionSince = now
            lock.lastKeyAt = now
        }
        // Whoever comes back from their editor was there all the time.
        if case .editorReturned = message { lock.lastKeyAt = now }
        if message != .drawn, network.isStarted, let due = lock.dueAt(settings), now >= due.at {
            close(due.reason)
            return message.isOfKeyboard
        }
        if !isLocked, message.isOfKeyboard { lock.lastKeyAt = now }
        return false
    }

    /// Clears the screen; half-done work is kept, what was about to be decided is asked anew.
    mutating func close(_ reason: Lock.Reason) {
        guard !isLocked else { return }
        for id in editors.keys.sorted() { keepEdit(id) }
        for case .decision(let dialog) in overlays { outbox.reshown.remove(dialog.view.id) }
        overlays.removeAll {
            if case .revealed = $0 { true } else { $0.decides }
        }
        if bulk?.phase == .review { bulk = nil }
        keepHeld("the inbox was locked")
        strokes = []
        notice = nil
        lock.reason = reason
        lock.stage = .waiting
        lock.field = Lock.emptyField
        lock.problem = nil
        effects += [.flushTypedAhead, .redraw]
    }

    // MARK: Keys

    /// A key while it is locked: only what unlocks, leaves or stops the program does anything.
    mutating func pressedLocked(_ stroke: KeyStroke) {
        if stroke.ctrl {
            if stroke.key == .character("c") { leave() }
            if stroke.key == .character("z") { effects.append(.suspend) }
            if stroke.key == .character("l") { effects.append(.redraw) }
            if stroke.key == .character("u") { lock.field = Lock.emptyField }
            return
        }
        guard lock.stage == .waiting else { return }
        switch stroke.key {
        case .enter: tryToUnlock()
        case .backspace: _ = lock.field.perform(.deleteBackward)
        case .escape: lock.field = Lock.emptyField
        case _:
            if settings.unlocking == .passphrase, let scalar = stroke.typed {
                lock.field.insert(scalar)
            }
        }
    }

    /// A passphrase may come from a store.
    mutating func pastedLocked(_ text: String) {
        guard settings.unlocking == .passphrase, lock.stage == .waiting else { return }
        let line = text.unicodeScalars.filter { $0 != "\n" && $0 != "\r" }
        lock.field.insert(String(String.UnicodeScalarView(line)))
    }

    private mutating func tryToUnlock() {
        let typed = lock.field.text
        lock.field = Lock.emptyField
        if settings.unlocking == .passphrase, typed.isEmpty { return }
        lock.stage = .checking
        lock.problem = nil
        effects.append(.readToken(passphrase: typed))
    }

    // MARK: Answers

    /// The token was read again, or not.
    mutating func tokenRead(_ refusal: TokenRefusal?) {
        guard isLocked else {
            if let refusal { say(.warning, refusal.sentence) } else { refreshNow() }
            return
        }
        guard let refusal else {
            send(Requests.me(), for: .unlock)
            return
        }
        refusal.isWrong ? failed(refusal.sentence) : hindered(refusal.sentence)
    }

    /// The server said whether it takes the token.
    mutating func answeredUnlock(_ result: Result<HTTPResponse, TransportFailure>) {
        guard isLocked else { return }
        switch result {
        case .failure(let failure):
            hindered(
                "The server cannot be reached, and only it can say that you may go on. "
                    + failure.sentence)
        case .success(let response) where response.status == 200:
            answeredMe(result)
            open()
        case .success(let response):
            let problem = Answers.problem(in: response)
            response.isRefusalOfToken ? failed(problem.detail) : hindered(problem.detail)
        }
    }

    private mutating func open() {
        lock.reason = nil
        lock.stage = .waiting
        lock.failures = 0
        lock.problem = nil
        lock.lastKeyAt = now
        lock.sessionSince = now
        arming.disarm(at: now, for: Arming.changedMilliseconds)
        effects += [.flushTypedAhead, .redraw]
        if poller.isOnline { cameOnline() }
        refreshNow()
    }

    /// Something else than a wrong answer is in the way: it may be tried again.
    private mutating func hindered(_ sentence: String) {
        lock.stage = .waiting
        lock.problem = sentence
    }

    private mutating func failed(_ sentence: String) {
        lock.stage = .waiting
        lock.failures += 1
        let left = Lock.failuresMax - lock.failures
        guard left <= 0 else {
            lock.problem =
                "\(sentence) \(left) more \(left == 1 ? "attempt" : "attempts"), then what is kept "
                + "here is removed."
            return
        }
        removeEverything()
        effects += [
            .farewell(
                "Three attempts to unlock failed: what was kept on this machine was removed."),
            .quit(status: Self.statusNotAllowed),
        ]
    }

    /// The exit status for somebody who has no authority here.
    static let statusNotAllowed = 77

    /// Nothing that was kept, here or on disk, is for whoever sits here now.
    mutating func removeEverything() {
        forgetWhatIsInMemory()
        copy = LocalCopy(isUseless: true)
        effects.append(.wipeCopy)
    }

    /// Everything that came from the server or was done to it.
    mutating func forgetWhatIsInMemory() {
        queue.removeAll()
        shelf.removeAll()
        history = HistoryList()
        pages = Pages()
        viewTroubles = [:]
        editors = [:]
        search = nil
        earlier = EarlierDecisions()
        outbox = Outbox()
        logWatch = LogWatch()
        lastSearch = ""
        marks.removeAll()
        bulk = nil
        overlays = []
        network.reviewPagesLeft = nil
        poller.forget()
    }
}

extension InboxMessage {
    /// True for what only somebody at the keyboard can send.
    var isOfKeyboard: Bool {
        if case .key = self { return true }
        if case .paste = self { return true }
        if case .mouse = self { return true }
        if case .pointed = self { return true }
        return false
    }
}

extension HTTPResponse {
    /// True when the control plane itself says that it does not know the token; a proxy that wants
    /// to be logged in to does not say it so.
    var isRefusalOfToken: Bool {
        status == 401 && Answers.problem(in: self).name.utf8.elementsEqual("unauthenticated".utf8)
    }
}
