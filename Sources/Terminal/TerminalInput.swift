import Glibc
import Keymap

/// Reads the keyboard: bytes in, events out.
struct TerminalInput {
    /// Bytes of one sequence arrive within this time; after it Escape was the key.
    private static let escapeMilliseconds: Int32 = 25
    /// A sequence that has not ended after this time never will.
    private static let sequenceNanoseconds: UInt64 = 1_000_000_000
    /// At most so many reads before the events are handed on.
    private static let readsMax = 64

    private var decoder = KeyDecoder()
    private var lastByteAt: UInt64 = 0

    /// The events that are there; it waits only for the rest of a sequence that has begun.
    mutating func read() -> [TerminalEvent] {
        var events: [TerminalEvent] = []
        for _ in 0..<Self.readsMax {
            let isSettling = decoder.awaitsEscape || decoder.awaitsQuiet
            switch Self.state(waiting: isSettling ? Self.escapeMilliseconds : 0) {
            case .silent:
                if isSettling { events += decoder.settle().map(TerminalEvent.init) }
                return events
            case .gone:
                return events + [.hangup]
            case .readable:
                guard let bytes = Self.bytes() else { return events + [.hangup] }
                expireIfLate()
                events += decoder.decode(bytes).map(TerminalEvent.init)
            }
        }
        return events
    }

    private mutating func expireIfLate() {
        let now = Self.now()
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

    private static func now() -> UInt64 {
        var time = timespec()
        unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }
}

extension TerminalEvent {
    /// A key event as an event of the terminal.
    init(_ event: KeyEvent) {
        switch event {
        case .key(let stroke): self = .key(stroke)
        case .paste(let text): self = .paste(text)
        case .pasteRefused(let count): self = .pasteRefused(count)
        }
    }
}
