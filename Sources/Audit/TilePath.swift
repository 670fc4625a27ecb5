import JSONTree

/// What a path of C2SP tlog-tiles asks for, below the prefix of a log.
public enum TilePath: Hashable, Sendable {
    case checkpoint
    /// Hashes: the number of the tile at a level, and how many of its 256.
    case tile(level: Int, number: Int64, width: Int64)
    /// Entries: the number of the bundle, and how many of its 256.
    case entries(number: Int64, width: Int64)

    /// How many hashes or entries a whole tile has.
    public static let widthMax: Int64 = 256
    /// The highest level that the format has.
    public static let levelMax = 63

    /// Reads a path as `tile/0/x001/234.p/5`; nil for everything that is none to the letter.
    public init?(_ path: String) {
        var parts = path.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        if parts == ["checkpoint"] {
            self = .checkpoint
            return
        }
        guard parts.count >= 3, parts[0].hasSameBytes(as: "tile"),
            let width = Self.width(&parts), let number = Self.number(parts.dropFirst(2))
        else { return nil }
        if parts[1].hasSameBytes(as: "entries") {
            self = .entries(number: number, width: width)
        } else if let level = Checkpoint.decimal(parts[1]), level <= Self.levelMax {
            self = .tile(level: Int(level), number: number, width: width)
        } else {
            return nil
        }
    }

    /// Takes `.p/<W>` away from the end; 256 when it is not there.
    private static func width(_ parts: inout [String]) -> Int64? {
        guard parts.count >= 4, parts[parts.count - 2].hasSuffix(".p") else { return widthMax }
        guard let width = Checkpoint.decimal(parts.removeLast()), (1..<widthMax).contains(width)
        else { return nil }
        parts[parts.count - 1].removeLast(2)
        return width
    }

    /// Three digits in each part, all but the last with an `x` before them.
    private static func number(_ parts: ArraySlice<String>) -> Int64? {
        guard let last = parts.last, parts.count <= 5 else { return nil }
        var number: Int64 = 0
        for (place, part) in parts.enumerated() {
            let isLast = place == parts.count - 1
            guard isLast || part.hasPrefix("x") else { return nil }
            let digits = isLast ? last[...] : part.dropFirst()
            guard digits.utf8.count == 3, digits.utf8.allSatisfy({ (48...57).contains($0) }),
                let value = Int64(digits)
            else { return nil }
            // No group of nothing stands before a number.
            if place == 0, !isLast, value == 0 { return nil }
            number = number * 1_000 + value
        }
        return number
    }
}
