import CLinux

/// The machine's clocks, in milliseconds.
public struct SystemClock: Sendable {
    /// There is only one set of clocks.
    public init() {}

    /// Milliseconds since 1970-01-01 UTC; it can jump when somebody sets the clock.
    public var wallMilliseconds: Int64 { cs_wall_milliseconds() }

    /// Milliseconds since some moment in the past; never jumps, stands still while the machine
    /// sleeps.
    public var monotonicMilliseconds: Int64 { cs_monotonic_milliseconds() }

    /// Like the monotonic clock, but it also counts the time that the machine slept.
    public var bootMilliseconds: Int64 { cs_boottime_milliseconds() }

    /// The kernel's name for this run of the machine, or nil where /proc is not there.
    ///
    /// Monotonic times of two processes compare only while it is the same.
    public var bootID: String? {
        let path = "/proc/sys/kernel/random/boot_id"
        guard let bytes = smallFile(path, bytesMax: 64) else { return nil }
        return String(decoding: bytes.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
    }
}
