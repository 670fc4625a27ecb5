public import Approvals
import CLinux

/// Random bytes from the kernel, fit for keys and tokens.
public struct SystemEntropy: Entropy, RandomNumberGenerator, Sendable {
    /// There is only one source.
    public init() {}

    /// Unpredictable bytes.
    ///
    /// A kernel that gives none leaves nothing safe to go on with, so that stops the process.
    public func bytes(_ count: Int) -> [UInt8] {
        var result = [UInt8](repeating: 0, count: count)
        var filled = 0
        while filled < count {
            let got = unsafe result.withUnsafeMutableBytes { buffer -> Int in
                guard let start = buffer.baseAddress else { return 0 }
                return unsafe cs_getrandom(start.advanced(by: filled), count - filled)
            }
            precondition(got > 0 || cs_errno() == 4, "The kernel gives no random bytes.")
            filled += max(0, got)
        }
        return result
    }

    /// Eight of them as a number.
    public mutating func next() -> UInt64 {
        bytes(8).reduce(0) { $0 << 8 | UInt64($1) }
    }
}
