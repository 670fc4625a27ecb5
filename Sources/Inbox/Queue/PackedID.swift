package import Approvals

/// An approval's id as 16 bytes, for queues of a hundred thousand rows.
package struct PackedID: Hashable, Sendable, Comparable {
    let high: UInt64
    let low: UInt64

    /// Reads the hexadecimal digits of a well-formed id.
    package init(_ id: ApprovalID) {
        var halves: (UInt64, UInt64) = (0, 0)
        var count = 0
        for byte in id.rawValue.utf8 where byte != UInt8(ascii: "-") {
            let digit = UInt64(byte <= 57 ? byte &- 48 : byte &- 87)
            if count < 16 {
                halves.0 = halves.0 << 4 | digit
            } else {
                halves.1 = halves.1 << 4 | digit
            }
            count += 1
        }
        high = halves.0
        low = halves.1
    }

    /// Earlier made sorts first.
    package static func < (left: PackedID, right: PackedID) -> Bool {
        (left.high, left.low) < (right.high, right.low)
    }

    /// The id in its own text form.
    package var id: ApprovalID {
        var text: [UInt8] = []
        text.reserveCapacity(36)
        for nibble in 0..<32 {
            switch nibble {
            case 8, 12, 16, 20: text.append(UInt8(ascii: "-"))
            default: break
            }
            let half = nibble < 16 ? high : low
            let digit = UInt8(truncatingIfNeeded: half >> UInt64(60 - 4 * (nibble % 16))) & 15
            text.append(digit < 10 ? 48 + digit : 87 + digit)
        }
        guard let id = ApprovalID(String(decoding: text, as: UTF8.self)) else {
            preconditionFailure("a packed id was a well-formed id before")
        }
        return id
    }

    /// A hash that spreads ids made in the same millisecond.
    var spread: Int {
        Int(truncatingIfNeeded: (high ^ (low &* 0x9E37_79B9_7F4A_7C15)) >> 16)
    }
}
