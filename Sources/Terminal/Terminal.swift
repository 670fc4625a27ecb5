import CTerminalGuard
import Glibc
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
    public let depth: ColorDepth

    private var encoder: FrameEncoder
    private var input = TerminalInput()
    private var isOpen = true
    private let modes: TerminalModes

    /// Takes the terminal over: alternate screen, no echo, every key at once.
    ///
    /// Nothing is written when it throws.
    public static func open(
        theme: Theme, color: ColorChoice = .automatic
    ) throws(TerminalFailure) -> Terminal {
        guard isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1 else { throw .notATerminal }
        try Capabilities.load()
        guard Signals.descriptor >= 0 else { throw .system("signals cannot be read") }
        let terminal = Terminal(theme: theme, color: color)
        guard terminal.takeOver() else {
            terminal.isOpen = false
            throw .system("its modes cannot be set")
        }
        return terminal
    }

    private init(theme: Theme, color: ColorChoice) {
        repertoire = Capabilities.repertoire()
        modes = Capabilities.modes()
        depth = Capabilities.depth(color)
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
    }

    /// Draws the last grid again on a cleared screen.
    public func redraw() {
        guard let grid = encoder.grid else { return }
        encoder.forget()
        show(grid)
    }

    /// What happened since the last call; empty when nothing did.
    public func readEvents() -> [TerminalEvent] {
        guard isOpen else { return [] }
        return Signals.read().compactMap(event(of:)) + input.read()
    }

    /// Sounds the bell.
    public func bell() {
        guard isOpen else { return }
        Self.write([0x07])
    }

    /// Gives the terminal back for good; a second call does nothing.
    public func close() {
        guard isOpen else { return }
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
        cs_guard_give_back()
        defer { resume() }
        return body()
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
        input = TerminalInput()
        size = Capabilities.screenSize()
        encoder.forget()
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
