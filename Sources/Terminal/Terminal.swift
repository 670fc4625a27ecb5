import CTerminalGuard
import Glibc
import Keymap
public import TextGrid
public import Theming

/// The screen and the keyboard of one process.
///
/// It is used on one thread. Whatever ends the process, the terminal is given back first. It never
/// sleeps but for the 25 ms in which the rest of an escape sequence may still arrive: wait for
/// `descriptors` in `poll(2)` and then call `readEvents()`.
public final class Terminal {
    /// The screen's size when it was last asked.
    public private(set) var size: GridSize
    /// What the screen can show; grids for it must have the same.
    public let repertoire: Repertoire
    /// How many colours are in use.
    public private(set) var depth: ColorDepth

    private(set) var options: TerminalOptions
    let dialect: Dialect
    /// The title that the window should have.
    var title: String?
    private var encoder: FrameEncoder
    private var input: TerminalInput
    private var probe: LineProbe
    private(set) var isOpen = true
    private var modes: TerminalModes

    /// Takes the terminal over: alternate screen, no echo, every key at once.
    ///
    /// Nothing is written when it throws.
    public static func open(
        theme: Theme, options: TerminalOptions = TerminalOptions()
    ) throws(TerminalFailure) -> Terminal {
        guard isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1 else { throw .notATerminal }
        try Capabilities.load()
        guard Signals.descriptor >= 0 else { throw .system("signals cannot be read") }
        let terminal = Terminal(theme: theme, options: options)
        guard terminal.takeOver() else {
            terminal.isOpen = false
            throw .system("its modes cannot be set")
        }
        return terminal
    }

    private init(theme: Theme, options: TerminalOptions) {
        self.options = options
        dialect = Capabilities.dialect()
        repertoire = Capabilities.repertoire()
        modes = Capabilities.modes(dialect, options)
        depth = Capabilities.depth(options.color)
        input = TerminalInput(takesMouse: options.usesMouse)
        probe = LineProbe(asksForModes: dialect != .plain)
        size = Capabilities.screenSize()
        encoder = FrameEncoder(theme: theme, depth: depth, traits: Capabilities.traits())
    }

    deinit { close() }

    /// What to wait for in `poll(2)`, each for reading: the keyboard and the signals.
    public var descriptors: [Int32] { [STDIN_FILENO, Signals.descriptor] }

    /// Blocks the signals that arrive as events; call it first, before any thread is started.
    ///
    /// A child process inherits the blocking: start it with `run(_:)`, or give it an empty mask.
    public static func blockSignals() { _ = Signals.descriptor }

    /// Ends the process by this signal's default action, so that the parent sees the true cause.
    ///
    /// Close the terminal and save everything first.
    public static func end(by signal: Int32) -> Never {
        cs_guard_end_by(signal)
        exit(128 + signal)
    }

    /// Draws what differs from the grid shown before, in one write, and puts the cursor in place.
    ///
    /// A grid of another size than the screen's is not drawn: a resize is on its way.
    public func show(_ grid: Grid) {
        guard isOpen, grid.size == size else { return }
        Self.write(encoder.frame(of: grid))
        // Behind the first frame, which waits for no answer.
        if !probe.wasAsked { measureLine() }
    }

    /// Draws the last grid again on a cleared screen.
    public func redraw() {
        guard let grid = encoder.grid else { return }
        encoder.forget()
        show(grid)
    }

    /// Draws with another theme from the next frame on, which draws every cell anew.
    public func adopt(theme: Theme, options wanted: TerminalOptions) {
        if wanted.usesMouse != options.usesMouse || wanted.setsTitle != options.setsTitle {
            // The way out belongs to the way in, so the terminal is entered again.
            whileReleased {
                options = wanted
                modes = Capabilities.modes(dialect, wanted)
            }
        }
        options = wanted
        depth = Capabilities.depth(wanted.color)
        let sendsWholeFrames = encoder.sendsWholeFrames
        encoder = FrameEncoder(theme: theme, depth: depth, traits: Capabilities.traits())
        encoder.sendsWholeFrames = sendsWholeFrames
    }

    /// What happened since the last call; empty when nothing did.
    public func readEvents() -> [TerminalEvent] {
        guard isOpen else { return [] }
        let signals = Signals.read().compactMap(event(of:))
        let news = input.read()
        let answers = news.reports.compactMap { event(of: $0.report, at: $0.at) }
        measureIfDue(news.events)
        return signals + news.events + answers
    }

    /// Gives the terminal back for good; a second call does nothing.
    public func close() {
        guard isOpen else { return }
        awaitAnswer()
        cs_guard_give_back()
        isOpen = false
    }

    /// Stops the job as Ctrl-Z does in a shell, and comes back when it is continued.
    ///
    /// Draw everything again afterwards; `size` may have changed.
    public func suspend() {
        whileReleased { cs_guard_stop_job() }
    }

    /// Gives the terminal back, runs `body`, and takes it over again.
    ///
    /// Keys typed and signals sent from the keyboard meanwhile are not ours and are dropped. Draw
    /// everything again afterwards; `size` may have changed.
    public func whileReleased<Value>(_ body: () -> Value) -> Value {
        guard isOpen else { return body() }
        awaitAnswer()
        cs_guard_give_back()
        defer { resume() }
        return body()
    }
}

extension Terminal {
    /// An answer may be on its way for so long when the terminal is given back.
    private static let answerMilliseconds = 300

    private func measureLine() {
        Self.write(probe.questions(at: SteadyClock.now))
    }

    /// Measures again with a key press, now and then: nobody is woken for it.
    private func measureIfDue(_ events: [TerminalEvent]) {
        guard probe.wasAsked, probe.isDue(at: SteadyClock.now) else { return }
        let isPressed = events.contains { event in
            if case .key = event { true } else { false }
        }
        if isPressed { measureLine() }
    }

    private func event(of report: TerminalReport, at time: UInt64) -> TerminalEvent? {
        switch report {
        case .mode(let mode, let isKnown):
            probe.learned(mode, isKnown: isKnown, at: time)
            encoder.sendsWholeFrames = probe.knowsWholeFrames
            return nil
        case .status:
            switch probe.answered(at: time) {
            case .unasked: return nil
            case .askAgain:
                measureLine()
                return nil
            case .measured(let milliseconds): return .lineMeasured(milliseconds: milliseconds)
            }
        }
    }

    /// An answer that is on its way must not land in a shell or an editor.
    private func awaitAnswer() {
        let left = probe.outstandingMilliseconds(
            at: SteadyClock.now, atMost: Self.answerMilliseconds)
        if left > 0 { input.waitForReport(milliseconds: left) }
    }
}

extension Terminal {
    private func takeOver() -> Bool {
        cs_guard_remember()
        guard unsafe cs_guard_arm(modes.leave) == 0, cs_guard_enter_raw() == 0 else { return false }
        Self.write(Array(modes.enter.utf8))
        return true
    }

    private func resume() {
        // A terminal that refuses its modes now is gone; the next read says so.
        _ = takeOver()
        tcflush(STDIN_FILENO, TCIFLUSH)
        Signals.dropKeyboardSignals()
        input = TerminalInput(takesMouse: options.usesMouse)
        size = Capabilities.screenSize()
        encoder.forget()
        encoder.sendsWholeFrames = false
        probe.forget()
        if let title { send(WindowWords.title(title, in: dialect)) }
    }

    private func event(of signal: Int32) -> TerminalEvent? {
        switch signal {
        case SIGWINCH: adoptSize()
        case SIGTSTP: .suspendRequested
        default: .terminated(signal: signal)
        }
    }

    private func adoptSize() -> TerminalEvent? {
        let fresh = Capabilities.screenSize()
        guard fresh != size else { return nil }
        size = fresh
        encoder.forget()
        return .resized(size)
    }

    /// Writes a sequence for the window around the screen, where there is one.
    @discardableResult
    func send(_ sequence: String?) -> Bool {
        guard isOpen, let sequence else { return false }
        Self.write(Array(sequence.utf8))
        return true
    }

    private static func write(_ bytes: [UInt8]) {
        var written = 0
        while written < bytes.count {
            let count = unsafe bytes[written...].withUnsafeBytes {
                unsafe Glibc.write(STDOUT_FILENO, $0.baseAddress, $0.count)
            }
            if count < 0, errno == EINTR { continue }
            // A terminal that takes nothing is gone; the next read says so.
            guard count > 0 else { return }
            written += count
        }
    }
}
