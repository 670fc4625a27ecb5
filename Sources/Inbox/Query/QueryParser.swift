import Approvals

/// Reads a query from left to right.
struct QueryParser {
    let bytes: [UInt8]
    var place = 0
    private(set) var order: QueueOrder?
    private(set) var grouping: Grouping?
    private var depth = 0

    /// Parentheses and negations in each other.
    static let depthMax = 20

    init(_ text: String) {
        bytes = Array(text.utf8)
    }

    /// The whole text.
    mutating func parse() throws(QueryProblem) -> QueryNode {
        skipSpaces()
        guard !isAtEnd else { return .all([]) }
        return try alternatives()
    }

    // MARK: Grammar

    private mutating func alternatives() throws(QueryProblem) -> QueryNode {
        var parts = [try terms()]
        while takeWord("or") { parts.append(try terms()) }
        return parts.count == 1 ? parts[0] : .any(parts)
    }

    private mutating func terms() throws(QueryProblem) -> QueryNode {
        var parts: [QueryNode] = []
        while !isAtEnd, !isAtClosing, !isWord("or") {
            if !parts.isEmpty, takeWord("and") { continue }
            if let part = try term() { parts.append(part) }
            skipSpaces()
        }
        guard !parts.isEmpty || (depth == 0 && hasDirective && isAtEnd) else {
            throw problem(place, "something is missing here", isUnfinished: isAtEnd)
        }
        return parts.count == 1 ? parts[0] : .all(parts)
    }

    private var hasDirective: Bool { order != nil || grouping != nil }

    /// One term; nil for one that says how the list is shown.
    private mutating func term() throws(QueryProblem) -> QueryNode? {
        let start = place
        if byte == UInt8(ascii: "-"), let next = peek(1), next != UInt8(ascii: " ") {
            place += 1
            return try negated(start)
        }
        if takeWord("not") { return try negated(start) }
        guard byte == UInt8(ascii: "(") else { return try word() }
        place += 1
        return try nested(start) { (parser: inout QueryParser) throws(QueryProblem) in
            parser.skipSpaces()
            let inner = try parser.alternatives()
            guard parser.isAtClosing else {
                throw parser.problem(start, "this ( is never closed", isUnfinished: true)
            }
            parser.place += 1
            return inner
        }
    }

    private mutating func negated(_ start: Int) throws(QueryProblem) -> QueryNode {
        try nested(start) { (parser: inout QueryParser) throws(QueryProblem) in
            parser.skipSpaces()
            guard !parser.isAtEnd, let part = try parser.term() else {
                throw parser.problem(start, "what it is not is missing", isUnfinished: true)
            }
            return .not(part)
        }
    }

    private mutating func nested(
        _ start: Int, _ body: (inout QueryParser) throws(QueryProblem) -> QueryNode
    ) throws(QueryProblem) -> QueryNode {
        guard depth < Self.depthMax else { throw problem(start, "this is nested too deeply") }
        depth += 1
        defer { depth -= 1 }
        return try body(&self)
    }

    /// A word, a quoted text, or a field with its value.
    private mutating func word() throws(QueryProblem) -> QueryNode? {
        let start = place
        if let (name, comparison) = takeField() {
            guard let field = QueryField(rawValue: name) else {
                throw problem(
                    start, "no field \"\(name)\", quotes search the text",
                    known: QueryField.allCases.map(\.rawValue))
            }
            return try test(field, comparison, start)
        }
        return .test(.text(try value()))
    }

    /// `name:`, `name<=` and the like; nil, and nothing taken, when no field stands here.
    private mutating func takeField() -> (name: String, comparison: Comparison?)? {
        var end = place
        while end < bytes.count, (97...122).contains(bytes[end].lowered) { end += 1 }
        guard end > place, end < bytes.count else { return nil }
        let name = String(decoding: bytes[place..<end].map(\.lowered), as: UTF8.self)
        if bytes[end] == UInt8(ascii: ":") {
            place = end + 1
            return (name, nil)
        }
        for comparison in Comparison.allCases
        where bytes[end...].starts(with: comparison.rawValue.utf8) {
            place = end + comparison.rawValue.utf8.count
            return (name, comparison)
        }
        return nil
    }

    /// A quoted text, or everything up to the next space.
    mutating func value() throws(QueryProblem) -> [UInt8] {
        let start = place
        guard byte == UInt8(ascii: "\"") else {
            while !isAtEnd, byte != UInt8(ascii: " "), !isAtClosing { place += 1 }
            return bytes[start..<place].map(\.lowered)
        }
        guard let end = bytes[(start + 1)...].firstIndex(of: UInt8(ascii: "\"")) else {
            throw problem(start, "this quote is never closed", isUnfinished: true)
        }
        place = end + 1
        return bytes[(start + 1)..<end].map(\.lowered)
    }

    /// Keeps what a term says about how the list is shown.
    mutating func direct(order: QueueOrder?, grouping: Grouping?, _ start: Int)
        throws(QueryProblem)
    {
        guard depth == 0 else {
            throw problem(start, "sort: and by: stand outside of parentheses and negations")
        }
        self.order = order ?? self.order
        self.grouping = grouping ?? self.grouping
    }

    // MARK: Bytes

    var isAtEnd: Bool { place >= bytes.count }

    private var byte: UInt8? { peek(0) }

    private func peek(_ step: Int) -> UInt8? {
        place + step < bytes.count ? bytes[place + step] : nil
    }

    /// Outside of parentheses a closing one is text.
    private var isAtClosing: Bool { depth > 0 && byte == UInt8(ascii: ")") }

    private mutating func skipSpaces() {
        while byte == UInt8(ascii: " ") { place += 1 }
    }

    private func isWord(_ word: String) -> Bool {
        let end = place + word.utf8.count
        guard end <= bytes.count, bytes[place..<end].map(\.lowered) == Array(word.utf8) else {
            return false
        }
        // At the very end it may become a longer word, but then it is read anew.
        return end == bytes.count || bytes[end] == UInt8(ascii: " ")
            || bytes[end] == UInt8(ascii: "(")
    }

    private mutating func takeWord(_ word: String) -> Bool {
        guard isWord(word) else { return false }
        place += word.utf8.count
        skipSpaces()
        return true
    }

    /// What is wrong at a byte.
    func problem(
        _ place: Int, _ sentence: String, known: [String] = [], isUnfinished: Bool = false
    ) -> QueryProblem {
        let column = bytes[..<min(place, bytes.count)].count { $0 & 0xC0 != 0x80 }
        return QueryProblem(column, sentence, known: known, isUnfinished: isUnfinished)
    }
}
