import SystemClock
import Approvals
import CurlTransport
import Glibc
import Inbox
import InboxCache
import InboxViews
import Keymap
import SettingsFile
import Terminal
import TextGrid
import Theming
import WireAPI

/// The one loop of the inbox: it sleeps until a key, an answer, a report or the time wakes it.
///
/// All that came is taken in, then one frame is drawn. Nothing here waits for a network or a disk.
final class InboxLoop {
    /// Rows that the first frame gets; more than any screen shows.
    static let firstRows = 128
    /// Views that the first frame gets.
    static let firstViews = 2
    /// How often the news that a frame was drawn may change the frame.
    static let redrawsMax = 3

    let terminal: Terminal
    var setup: InboxSetup
    var worker: CacheWorker?
    var inbox: Inbox
    var underWay: Set<RequestID> = []
    var wakeAt: Timestamp?
    var end: InboxShell.End?
    var signal: Int32?
    /// A sentence for the time after the screen was given back.
    var farewell: String?
    /// Presses that were read but not taken in yet.
    var typed: [TerminalEvent] = []
    /// Programs that were given a text to copy, by their names.
    var copying: [(name: String, child: ChildProcess)] = []
    var needsFrame = true
    /// Effects that wait for the first frame.
    private var held: [InboxEffect]? = []
    private var shown: Grid?
    /// Tells when a file that the settings came from was written.
    var watch: FileWatch?
    /// What is on the screen.
    var theme: Theme
    var options: TerminalOptions
    var clipboard: Clipboard
    private let time = LocalTime()
    var pace: KeyPace

    init(_ setup: InboxSetup, on terminal: Terminal) {
        self.setup = setup
        self.terminal = terminal
        var settings = setup.settings
        settings.repertoire = terminal.repertoire
        inbox = Inbox(settings: settings, seed: setup.seed)
        pace = KeyPace(settings.keymap)
        theme = setup.theme
        options = setup.options
        clipboard = setup.clipboard
        worker = setup.cache.flatMap { CacheWorker(in: $0, at: time.now) }
    }

    /// Runs to the end; what is to be kept is on disk when it returns.
    func run() -> InboxShell.End {
        begin()
        while true {
            if let end {
                setup.transport.stop()
                worker?.finish()
                return InboxShell.End(status: end.status, signal: signal, farewell: farewell)
            }
            sleep()
            takeAnswers()
            takeReports()
            takeEndsOfCopying()
            takeTime()
            takeSettings()
            takeEvents()
            draw()
        }
    }

    /// The first frame is of the local copy, before anything is sent.
    private func begin() {
        do throws(CacheFailure) {
            let cache = try setup.cache.map { folder throws(CacheFailure) in
                try InboxCache(in: folder).start(rows: Self.firstRows, views: Self.firstViews)
            }
            tell(.started(cache ?? CachedInbox()))
        } catch {
            worker = nil
            tell(.started(CachedInbox()))
            tell(.cacheFailed(error.sentence))
        }
        tell(.resized(terminal.size))
        draw()
        let effects = held ?? []
        held = nil
        carryOut(effects)
        draw()
        setup.editor.removeStale()
        watchFiles(setup.settingsSource?.files ?? [])
    }

    /// Takes a message in and carries out what follows.
    func tell(_ message: InboxMessage) {
        guard end == nil else { return }
        let effects = inbox.update(message, at: time.now)
        needsFrame = true
        if held == nil { carryOut(effects) } else { held? += effects }
    }

    private func carryOut(_ effects: [InboxEffect]) {
        for effect in effects where end == nil { carryOut(effect) }
    }

    /// Draws the present state and says so, until nothing changes by that.
    func draw() {
        guard needsFrame, end == nil else { return }
        for _ in 0..<Self.redrawsMax {
            needsFrame = false
            let painting = InboxPainting(
                inbox, size: terminal.size, over: shown, at: time.now)
            guard painting.frame != shown else { return }
            terminal.show(painting.frame)
            shown = painting.frame
            inbox = painting.inbox
            if held == nil { carryOut(painting.effects) } else { held? += painting.effects }
            terminal.showTitle("inbox (\(inbox.pendingCount))")
            if !isSettled { needsFrame = true }
            guard needsFrame, end == nil else { return }
        }
    }

    /// True when the news that the present state was drawn would change nothing more, so that the
    /// frame need not be put together again to find that out.
    private var isSettled: Bool {
        var again = inbox
        _ = again.update(.drawn, at: time.now)
        return again.hasSeen(asMuchAs: inbox)
    }

    /// Draws every cell anew.
    func redraw() {
        shown = nil
        needsFrame = true
        terminal.redraw()
    }

    private func sleep() {
        let descriptors =
            terminal.descriptors + [setup.transport.descriptor]
            + [worker?.descriptor, watch?.descriptor].compactMap(\.self)
        var waiting = descriptors.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        let left = wakeAt.map { max(0, $0.since(time.now)) } ?? -1
        _ = poll(&waiting, nfds_t(waiting.count), Int32(clamping: left))
    }

    private func takeTime() {
        guard let wakeAt, time.now >= wakeAt else { return }
        self.wakeAt = nil
        tell(.woke)
    }

    private func takeAnswers() {
        for answer in setup.transport.drain() {
            let id = RequestID(answer.id.rawValue)
            guard underWay.remove(id) != nil else { continue }
            tell(.answered(id, answer.outcome))
        }
    }

    private func takeReports() {
        for report in worker?.drain() ?? [] {
            switch report {
            case .rows(let rows): tell(.rowsLoaded(rows))
            case .view(let id, let view): tell(.viewLoaded(id, view))
            case .saved(let totals): tell(.saved(totals))
            case .damaged: tell(.cacheDamaged)
            case .failed(let sentence): tell(.cacheFailed(sentence))
            }
        }
    }

    private func takeEvents() {
        typed += terminal.readEvents()
        while !typed.isEmpty, end == nil { take(typed.removeFirst()) }
    }

    private func take(_ event: TerminalEvent) {
        switch event {
        case .key(let stroke):
            // What is pressed acts on what is seen, so what was pressed before is drawn first.
            if !pace.isNavigation(stroke) { draw() }
            guard end == nil else { return }
            tell(.key(stroke))
        case .paste(let text):
            draw()
            tell(.paste(text))
        case .pasteRefused: terminal.bell()
        case .mouse(let event):
            // A click means what was seen; turns of the wheel are drawn together.
            if event.kind == .press { draw() }
            if let target = dialogTarget(of: inbox, size: terminal.size, at: event) {
                tell(.pointed(target))
            } else {
                tell(.mouse(event))
            }
        case .lineMeasured(let milliseconds): tell(.lineMeasured(milliseconds: milliseconds))
        case .resized(let size): tell(.resized(size))
        case .suspendRequested: suspend()
        case .hangup: stop(by: SIGHUP)
        case .terminated(let signal): stop(by: signal)
        }
    }

    private func stop(by signal: Int32) {
        self.signal = signal
        tell(.stopRequested)
        // Whoever asked is not kept waiting, whatever the inbox thinks of it.
        if end == nil { end = InboxShell.End(status: 0, signal: signal) }
    }
}
