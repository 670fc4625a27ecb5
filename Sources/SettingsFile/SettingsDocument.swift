public import JSONTree

/// Settings with the place of every key of the first three levels.
public struct SettingsDocument: Sendable {
    /// Where a key stands, both numbers from 1.
    public struct Place: Hashable, Sendable, Comparable {
        /// The line.
        public let line: Int
        /// The column.
        public let column: Int

        /// The one that comes first in the file is less.
        public static func < (left: Place, right: Place) -> Bool {
            (left.line, left.column) < (right.line, right.column)
        }
    }

    /// Everything, members in the order in which the file has them.
    public let value: JSONValue
    private let places: JSONValue?

    init(value: JSONValue, places: JSONValue?) {
        self.value = Self.ordered(value, places)
        self.places = places
    }

    /// Where the key that these names lead to stands; nil when it is not known.
    public func place(of names: [String]) -> Place? {
        var level = places
        var found: JSONValue?
        for name in names {
            found = level?[name]
            level = found?["members"]
        }
        return found.flatMap(Self.place)
    }

    private static func ordered(_ value: JSONValue, _ places: JSONValue?) -> JSONValue {
        guard let places, let members = value.objectValue?.members else { return value }
        let placed = members.map { member in
            (
                place: places[member.name].flatMap(place) ?? Place(line: 0, column: 0),
                value: ordered(member.value, places[member.name]?["members"]), name: member.name
            )
        }
        let inOrder = placed.sorted { $0.place < $1.place }
        return .object(JSONObject(inOrder.map { ($0.name, $0.value) }))
    }

    private static func place(_ value: JSONValue) -> Place? {
        guard let line = value["line"]?.intValue, let column = value["column"]?.intValue, line > 0
        else { return nil }
        return Place(line: Int(line), column: Int(column))
    }
}
