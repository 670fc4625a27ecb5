/// The known name that a mistyped one was probably meant to be.
public enum NearestName {
    /// The nearest of `names`; nil when none is near.
    public static func of(_ typed: String, among names: [String]) -> String? {
        let found = names.map { (name: $0, distance: distance(typed, $0)) }
            .min { $0.distance < $1.distance }
        guard let found, found.distance <= max(1, typed.utf8.count / 3) else {
            return names.first { $0.utf8.count > 2 && typed.utf8.count > 2 && $0.hasPrefix(typed) }
        }
        return found.name
    }

    /// How many letters must be put in, left out, changed or swapped with their neighbour.
    public static func distance(_ one: String, _ other: String) -> Int {
        let rows = Array(one.lowercased().utf8.prefix(64))
        let columns = Array(other.lowercased().utf8.prefix(64))
        var before: [Int] = []
        var above = Array(0...columns.count)
        for row in rows.indices {
            var current = [row + 1]
            for column in columns.indices {
                let isSame = rows[row] == columns[column]
                var best = min(
                    above[column] + (isSame ? 0 : 1), above[column + 1] + 1, current[column] + 1)
                if row > 0, column > 0, rows[row] == columns[column - 1],
                    rows[row - 1] == columns[column]
                {
                    best = min(best, before[column - 1] + 1)
                }
                current.append(best)
            }
            before = above
            above = current
        }
        return above[columns.count]
    }
}
