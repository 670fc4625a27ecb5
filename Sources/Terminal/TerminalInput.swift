import Glibc
import Keymap

/// What came from the terminal: events for the program, and answers to our own questions.
struct TerminalNews {
    var events: [TerminalEvent] = []
    /// Each with the time at which it was read.
    var reports: [(report: TerminalReport, at: UInt64)] = []
}

/// Reads the keyboard: bytes in, events out.
struct TerminalInput {
    /// Bytes of one sequence arrive within this time; after it Escape was the key.
    private static let escapeMilliseconds: Int32 = 25
    /// A sequence that has not ended after this time never will.
    private static let sequenceNanoseconds: UInt64 = 1_000_000_000
    /// At most so many reads before the events are handed on.
    private static let readsMax = 64

    /// False drops what the mouse does.
    let takesMouse: Bool

    private var decoder = KeyDecoder()
    private var clicks = MouseClicks()
    private var lastByteAt: UInt64 = 0

    init(takesMouse: Bool) { self.takesMouse = takesMouse }

    /// What is there; it waits only for the rest of a sequence that has begun.
    mutating func read() -> TerminalNews {
        var news = TerminalNews()
        for _ in 0..<Self.readsMax {
            let isSettling = decoder.awaitsEscape || decoder.awaitsQuiet
            switch Self.state(waiting: isSettling ? Self.escapeMilliseconds : 0) {
            case .silent:
                if isSettling { sort(decoder.settle(), into: &news) }
                return news
            case .gone:
                news.events.append(.hangup)
                return news
            case .readable:
                guard let bytes = Self.bytes() else {
                    news.events.append(.hangup)
                    return news
                }
                expireIfLate()
                sort(decoder.decode(bytes), into: &news)
            }
        }
        return news
    }

    /// Waits for an answer that is on its way, so that nobody else gets it; keys typed meanwhile
    /// are lost.
    mutating func waitForReport(milliseconds: Int) {
        let end = SteadyClock.now + UInt64(max(0, milliseconds)) * 1_000_000
        while true {
            let now = SteadyClock.now
            guard now < end else { return }
            let left = Int32(clamping: (end - now) / 1_000_000 + 1)
            guard Self.state(waiting: left) == .readable, let bytes = Self.bytes() else {
                return
            }
            let isAnswer = decoder.decode(bytes).contains { event in
                if case .report(.status) = event { true } else { false }
            }
            if isAnswer { return }
        }
    }

    private mutating func sort(_ found: [KeyEvent], into news: inout TerminalNews) {
        for event in found {
            switch event {
            case .key(let stroke): news.events.append(.key(stroke))
            case .paste(let text): news.events.append(.paste(text))
            case .pasteRefused(let count): news.events.append(.pasteRefused(count))
            case .mouse(let event):
                if takesMouse { news.events.append(.mouse(clicks.count(event, at: lastByteAt))) }
            case .report(let report): news.reports.append((report, lastByteAt))
            }
        }
    }

    private mutating func expireIfLate() {
        let now = SteadyClock.now
        if decoder.isInSequence, now &- lastByteAt > Self.sequenceNanoseconds { decoder.expire() }
        lastByteAt = now
    }

    private enum State { case readable, silent, gone }

    private static func state(waiting milliseconds: Int32) -> State {
        var waiting = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
        let count = unsafe poll(&waiting, 1, milliseconds)
        guard count > 0 else { return .silent }
        let found = Int32(waiting.revents)
        if found & POLLIN != 0 { return .readable }
        return found & (POLLHUP | POLLERR | POLLNVAL) != 0 ? .gone : .silent
    }

    /// What is there, or nil when the terminal is gone.
    private static func bytes() -> [UInt8]? {
        var buffer = [UInt8](repeating: 0, count: 4096)
        let count = unsafe Glibc.read(STDIN_FILENO, &buffer, buffer.count)
        if count < 0, errno == EINTR || errno == EAGAIN { return [] }
        guard count > 0 else { return nil }
        return Array(buffer.prefix(count))
    }
}
