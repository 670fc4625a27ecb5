import Approvals
import Inbox
import InboxViews
import JSONTree
import Keymap
import SystemClock
import TextGrid
import WireAPI
import ZoneTime

/// Runs an inbox without a terminal, a network or a clock: a script of keys in, frames out.
final class Driver {
    /// How the line to the server is.
    enum Line {
        case good
        /// Nothing is sent.
        case down
        /// Requests arrive, answers do not.
        case deaf
    }

    var inbox: Inbox
    var server: FakeServer
    var line: Line = .good
    private(set) var now: Timestamp
    private var messages: [InboxMessage] = []
    /// Polls that wait for news.
    private var waiting: [(id: RequestID, request: HTTPRequest, since: Timestamp)] = []
    private(set) var wakeAt: Timestamp?
    /// Everything that was to be kept.
    private(set) var saved: [CacheChange] = []
    /// Everything else that was asked for, in order.
    private(set) var effects: [InboxEffect] = []
    private(set) var quitStatus: Int?
    /// Whose tokens are found when the token is read again, in their order.
    var nextPeople: [MeAnswer] = []

    init(
        _ server: FakeServer = FakeServer(), size: GridSize = GridSize(columns: 120, rows: 40),
        settings: InboxSettings = InboxSettings(), cached: CachedInbox = CachedInbox(),
        line: Line = .good, at now: Timestamp = noon, seed: UInt64 = 7
    ) {
        self.server = server
        self.line = line
        self.now = now
        inbox = Inbox(settings: settings, seed: seed)
        tell(.resized(size))
        tell(.started(cached))
        draw()
        rest()
    }

    /// A queue of these views, everything fetched and drawn.
    convenience init(
        _ views: [ApproverView], size: GridSize = GridSize(columns: 120, rows: 40),
        settings: InboxSettings = InboxSettings()
    ) {
        var server = FakeServer()
        for view in views { server.put(view) }
        self.init(server, size: size, settings: settings)
    }

    /// Takes a message in and carries out what follows.
    ///
    /// Answers come after all effects of the message that asked, as they do in life.
    func tell(_ message: InboxMessage) {
        messages.append(message)
        guard messages.count == 1 else { return }
        while let next = messages.first {
            carryOut(inbox.update(next, at: now))
            messages.removeFirst()
        }
    }

    /// Presses keys in the notation of key files; between them passes `pause` milliseconds, which
    /// is long enough for decision keys unless told otherwise. `"…"` types the text.
    func press(_ script: String, pause: Int64 = 400) {
        for word in Self.words(of: script) {
            if word.hasPrefix("\"") {
                for scalar in word.dropFirst().dropLast().unicodeScalars {
                    tell(.key(KeyStroke(scalar)))
                }
            } else if let stroke = KeyStroke(notation: word) {
                tell(.key(stroke))
            } else {
                preconditionFailure("\(word) is no key")
            }
            draw()
            advance(pause)
        }
    }

    /// Lets time pass, with everything that is due in it.
    func advance(_ milliseconds: Int64) {
        let end = now.adding(milliseconds: milliseconds)
        while let due = nextDue, due <= end {
            now = max(now, due)
            for poll in waiting
            where now.since(poll.since) >= Int64(poll.request.waitSeconds) * 1_000 {
                waiting.removeAll { $0.id == poll.id }
                let empty = InboxAnswer(
                    items: [], next: FakeServer.query(of: poll.request)["since"] ?? "0",
                    hasMore: false, serverTime: now)
                tell(.answered(poll.id, .success(FakeServer.ok(empty.wire))))
            }
            if let wakeAt, wakeAt <= now {
                self.wakeAt = nil
                tell(.woke)
            }
            draw()
        }
        now = end
    }

    /// Half a second in which everything settles.
    func rest() { advance(500) }

    /// The server has news: polls that wait for them are answered.
    func news() {
        let polls = waiting
        waiting = []
        for poll in polls { exchange(poll.id, poll.request) }
        draw()
        rest()
    }

    /// News come that no frame shows yet.
    func arrive() {
        let polls = waiting
        waiting = []
        for poll in polls { exchange(poll.id, poll.request) }
    }

    /// Time passes and nothing is drawn.
    func wait(_ milliseconds: Int64) { now = now.adding(milliseconds: milliseconds) }

    /// The frame on the screen; whoever asks has seen it.
    @discardableResult
    func draw() -> Grid {
        let grid = inboxFrame(inbox, size: inbox.size)
        tell(.drawn)
        return grid
    }

    /// The frame of any inbox.
    static func frame(of inbox: Inbox) -> Grid { inboxFrame(inbox, size: inbox.size) }

    /// The rows on the screen.
    var text: [String] { draw().text }

    /// True when a row of the screen holds this text.
    func shows(_ text: String) -> Bool { self.text.contains { $0.contains(text) } }

    /// The sentence above the keys.
    var sentence: String { inbox.notice?.text ?? "" }

    /// The drafts that the local copy holds in the end.
    var keptDrafts: [ApprovalID: Draft] {
        var drafts: [ApprovalID: Draft] = [:]
        for change in saved {
            switch change {
            case .putDraft(let draft): drafts[draft.id] = draft
            case .removeDraft(let id): drafts[id] = nil
            case .removeEverything: drafts = [:]
            case .putRows, .removeRows, .removeAllRows, .putView, .putMe, .putFeed, .putLogPin:
                break
            }
        }
        return drafts
    }

    private var nextDue: Timestamp? {
        let polls = waiting.map { $0.since.adding(seconds: $0.request.waitSeconds) }
        return ([wakeAt].compactMap(\.self) + polls).min()
    }

    private func carryOut(_ effects: [InboxEffect]) {
        for effect in effects {
            switch effect {
            case .request(let id, let request): exchange(id, request)
            case .cancel(let id): waiting.removeAll { $0.id == id }
            case .wake(let at): wakeAt = at
            case .save(let changes): saved += changes
            case .quit(let status): quitStatus = status
            case .readToken(nil): readToken()
            case .readZone(let name): tell(.zoneRead(name, Self.zone(name)))
            case .load, .openEditor, .copy, .flushTypedAhead, .redraw, .bell, .notify,
                .suspend, .reloadSettings, .useTheme, .readToken, .wipeCopy, .farewell:
                self.effects.append(effect)
            }
        }
    }

    private static func zone(_ name: String) -> Zone? {
        do {
            return try SystemZones().zone(name)
        } catch {
            return nil
        }
    }

    /// The token is what it was, or the next one that waits; then what was under way is given up.
    func readToken() {
        if !nextPeople.isEmpty {
            server.me = nextPeople.removeFirst()
            tell(.tokenReplaced)
            let lost = waiting
            waiting = []
            let failure = TransportFailure(.interrupted, "given up", wasSent: true)
            for poll in lost { tell(.answered(poll.id, .failure(failure))) }
        }
        tell(.tokenRead(nil))
    }

    private func exchange(_ id: RequestID, _ request: HTTPRequest) {
        switch line {
        case .down:
            tell(
                .answered(
                    id, .failure(TransportFailure(.unreachable, "no route", wasSent: false))))
        case .deaf:
            _ = server.answer(request, at: now)
            tell(.answered(id, .failure(TransportFailure(.timeout, "no answer", wasSent: true))))
        case .good:
            guard let response = server.answer(request, at: now) else {
                waiting.append((id, request, now))
                return
            }
            tell(.answered(id, .success(response)))
        }
    }

    /// Words between spaces; a quoted text is one word.
    private static func words(of script: String) -> [String] {
        var words: [String] = []
        var word = ""
        var isQuoted = false
        for character in script {
            if character == "\"" { isQuoted.toggle() }
            if character == " ", !isQuoted {
                if !word.isEmpty { words.append(word) }
                word = ""
            } else {
                word.append(character)
            }
        }
        return word.isEmpty ? words : words + [word]
    }
}
