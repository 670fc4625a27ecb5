/// The zones that somebody gave, by name.
public struct ZoneTable: Sendable, Equatable {
    private var zones: [String: Zone] = [:]

    /// A table of these zones; UTC is always there.
    public init(_ zones: [Zone] = []) {
        self.zones["UTC"] = .utc
        for zone in zones { self.zones[zone.name] = zone }
    }

    /// The zone of that name; nil when it was not given.
    public subscript(name: String) -> Zone? { zones[name] }

    /// Adds a zone, or takes a newer version of it.
    public mutating func insert(_ zone: Zone) { zones[zone.name] = zone }

    /// True for a name that may stand in a path below the database's folder.
    public static func isWellFormed(_ name: String) -> Bool {
        guard (1...64).contains(name.utf8.count) else { return false }
        let parts = name.split(separator: "/", omittingEmptySubsequences: false)
        return parts.allSatisfy { part in
            guard let first = part.utf8.first, first != 45, first != 43 else { return false }
            return part.utf8.allSatisfy(isNameByte)
        }
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 65...90, 97...122, 48...57, 43, 45, 95: true
        default: false
        }
    }
}
