extension Grid {
    /// The rows as text, without blanks at their ends.
    public var text: [String] {
        (0..<size.rows).map { row in
            let line = (0..<size.columns).map { column in
                let cell = cell(row: row, column: column)
                return String(String.UnicodeScalarView(scalars(of: cell)))
            }.joined()
            return Self.trimmed(line, of: " ")
        }
    }

    /// The rows as one letter a cell (`Role.letter`), without ordinary text at their ends.
    public var roleMap: [String] {
        (0..<size.rows).map { row in
            let line = (0..<size.columns).map { String(cell(row: row, column: $0).role.letter) }
            return Self.trimmed(line.joined(), of: Role.text.letter)
        }
    }

    private static func trimmed(_ line: String, of blank: Character) -> String {
        var line = line[...]
        while line.last == blank { line.removeLast() }
        return String(line)
    }
}
