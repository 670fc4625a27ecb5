import CLinux
import CNcurses
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

    private let painter: Painter
    private var input = TerminalInput()
    private var shown: Grid?
    private var isOpen = true
    private let leave: String
    private var cursorIsVisible: Bool?

    /// Takes the terminal over: alternate screen, no echo, every key at once.
    ///
    /// Nothing is written when it throws.
    public static func open(
        theme: Theme, color: ColorChoice = .automatic
    ) throws(TerminalFailure) -> Terminal {
        guard isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1 else { throw .notATerminal }
        let repertoire = Capabilities.setLocale()
        let name = try Capabilities.terminalName()
        guard Signals.descriptor >= 0 else { throw .system("signals cannot be read") }
        let leave = Modes.pasteOff + Capabilities.leaveSequence()
        cs_guard_remember()
        guard unsafe cs_guard_arm(leave) == 0, unsafe cs_newterm(name) != nil else {
            cs_guard_disarm()
            throw .system("its screen cannot be set up")
        }
        return Terminal(theme: theme, color: color, repertoire: repertoire, leave: leave)
    }

    private init(theme: Theme, color: ColorChoice, repertoire: Repertoire, leave: String) {
        self.repertoire = repertoire
        self.leave = leave
        depth = Capabilities.depth(color)
        painter = Painter(theme: theme, depth: depth)
        size = Capabilities.screenSize()
        raw()
        noecho()
        nonl()
        // Neither may a key stop a frame half-way, nor may ncurses read keys that are ours.
        typeahead(-1)
        unsafe idlok(cs_stdscr(), true)
        Self.write(Modes.pasteOn)
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
    public static func end(by signal: Int32) { cs_guard_end_by(signal) }

    /// Draws what differs from the grid shown before, in one write, and puts the cursor in place.
    ///
    /// A grid of another size than the screen's is not drawn: a resize is on its way.
    public func show(_ grid: Grid) {
        guard isOpen, grid.size == size else { return }
        for patch in grid.patches(since: shown) { painter.paint(patch, of: grid) }
        placeCursor(of: grid)
        doupdate()
        shown = grid
    }

    /// Draws the last grid again on a cleared screen.
    public func redraw() {
        guard let grid = shown else { return }
        shown = nil
        cs_clear_next_update()
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
        Self.write("\u{07}")
    }

    /// Gives the terminal back for good; a second call does nothing.
    public func close() {
        guard isOpen else { return }
        release()
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
        release()
        defer { resume() }
        return body()
    }
}

extension Terminal {
    private func placeCursor(of grid: Grid) {
        let place = grid.cursor
        let isVisible = place != nil
        if isVisible != cursorIsVisible {
            curs_set(isVisible ? 1 : 0)
            cursorIsVisible = isVisible
        }
        if let place, (0..<size.rows).contains(place.row), (0..<size.columns).contains(place.column)
        {
            unsafe wmove(cs_stdscr(), Int32(place.row), Int32(place.column))
        }
        unsafe wnoutrefresh(cs_stdscr())
    }

    private func event(of signal: Int32) -> TerminalEvent? {
        switch signal {
        case SIGWINCH: adoptSize() ? .resized(size) : nil
        case SIGTSTP: .suspendRequested
        default: .terminated(signal: signal)
        }
    }

    /// True when the screen has another size than before.
    ///
    /// `resizeterm` queues a key of its own, which nobody reads, so it is called only when needed.
    @discardableResult
    private func adoptSize() -> Bool {
        let fresh = Capabilities.screenSize()
        let (rows, columns) = (Int32(fresh.rows), Int32(fresh.columns))
        if is_term_resized(rows, columns) { resizeterm(rows, columns) }
        guard fresh != size else { return false }
        size = fresh
        shown = nil
        cs_clear_next_update()
        return true
    }

    private func release() {
        Self.write(Modes.pasteOff)
        endwin()
        cs_guard_disarm()
    }

    private func resume() {
        cs_guard_remember()
        _ = unsafe cs_guard_arm(leave)
        def_shell_mode()
        reset_prog_mode()
        tcflush(STDIN_FILENO, TCIFLUSH)
        Signals.dropKeyboardSignals()
        input = TerminalInput()
        Self.write(Modes.pasteOn)
        cursorIsVisible = nil
        shown = nil
        adoptSize()
        cs_clear_next_update()
    }

    private static func write(_ text: String) {
        let bytes = Array(text.utf8)
        var written = 0
        while written < bytes.count {
            let count = unsafe bytes[written...].withUnsafeBytes {
                unsafe Glibc.write(STDOUT_FILENO, $0.baseAddress, $0.count)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return }
            written += count
        }
    }
}

/// Modes that ncurses does not switch.
private enum Modes {
    static let pasteOn = "\u{1B}[?2004h"
    static let pasteOff = "\u{1B}[?2004l"
}
