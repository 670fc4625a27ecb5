import Glibc

/// Waits for a few connections on one thread.
final class Poller {
    private var descriptors: [pollfd] = []
    private var handlers: [() throws -> Void] = []

    /// Calls `handler` whenever `connection` has something to read.
    func watch(_ connection: Connection, _ handler: @escaping () throws -> Void) {
        descriptors.append(
            pollfd(fd: connection.descriptor, events: Int16(POLLIN), revents: 0))
        handlers.append(handler)
    }

    /// Handles what there is until `isDone` says so, or until nothing came for a minute.
    func run(until isDone: () -> Bool) throws {
        while !isDone() {
            let count = poll(&descriptors, nfds_t(descriptors.count), 60_000)
            guard count > 0 else { throw Trouble("nothing came for a minute") }
            for number in descriptors.indices where descriptors[number].revents != 0 {
                try handlers[number]()
            }
        }
    }
}

/// Seconds of a clock that never jumps.
func monotonicSeconds() -> Double {
    var now = timespec()
    clock_gettime(CLOCK_MONOTONIC, &now)
    return Double(now.tv_sec) + Double(now.tv_nsec) / 1e9
}

/// Lets time pass in which something is measured.
func pause(seconds: Double) {
    poll(nil, 0, Int32(seconds * 1e3))
}
