import Glibc

/// Waits, for programs that have nothing else to do.
enum Pause {
    /// Sleeps; a signal that ends the program ends the sleep too.
    static func microseconds(_ count: UInt32) {
        var span = timespec(tv_sec: Int(count / 1_000_000), tv_nsec: Int(count % 1_000_000) * 1_000)
        nanosleep(&span, nil)
    }
}
