package import Approvals

/// What a query asks of a row, as a tree.
package indirect enum QueryNode: Hashable, Sendable {
    /// Every part must be true; nothing asked is true.
    case all([QueryNode])
    /// One part must be true.
    case any([QueryNode])
    case not(QueryNode)
    case test(QueryTest)
}

extension QueryNode {
    fileprivate func wholeNameBytes(_ field: NameField) -> [UInt8]? {
        switch self {
        case .all(let parts): parts.lazy.compactMap { $0.wholeNameBytes(field) }.first
        case .test(.name(field, .exactly(let name))): name
        case .any, .not, .test: nil
        }
    }

    /// The whole name that every row must have in a field, as far as that can be read off.
    func wholeName(_ field: NameField) -> String? {
        wholeNameBytes(field).map { String(decoding: $0, as: UTF8.self) }
    }
}

/// One question to a row.
package enum QueryTest: Hashable, Sendable {
    /// Tool, agent, summary, risk or state hold these bytes, in which ASCII letters are small.
    case text([UInt8])
    case name(NameField, NamePattern)
    case risk(Comparison, Risk)
    case state(ApprovalState)
    /// Milliseconds until the deadline of a pending row.
    case left(Comparison, Int64)
    /// Milliseconds since it was submitted.
    case age(Comparison, Int64)
    case flag(QueryFlag)

    /// True when the answer may change while the row stays as it is.
    var isDynamic: Bool {
        switch self {
        case .text, .name, .risk, .state: false
        case .left, .age, .flag: true
        }
    }
}

/// The names that a row has.
package enum NameField: String, CaseIterable, Hashable, Sendable {
    case tool
    case agent
    case run
    case group
}

/// Whether a name is meant.
package enum NamePattern: Hashable, Sendable {
    /// These bytes stand somewhere in it.
    case contains([UInt8])
    /// It is exactly this.
    case exactly([UInt8])
    /// The whole name, where `*` stands for anything.
    case glob([UInt8])

    /// Whether `name` is meant; capitals and small ASCII letters are the same.
    func matches(_ name: [UInt8]) -> Bool {
        switch self {
        case .contains(let word): name[...].containsIgnoringCase(word)
        case .exactly(let word): name.map(\.lowered) == word
        case .glob(let pattern): Self.glob(pattern, name.map(\.lowered))
        }
    }

    /// Walks along both and goes back to the last star when they part; no worse than their product.
    private static func glob(_ pattern: [UInt8], _ name: [UInt8]) -> Bool {
        var at = (pattern: 0, name: 0)
        var star: (pattern: Int, name: Int)?
        while at.name < name.count {
            if at.pattern < pattern.count, pattern[at.pattern] == UInt8(ascii: "*") {
                star = at
                at.pattern += 1
            } else if at.pattern < pattern.count, pattern[at.pattern] == name[at.name] {
                at = (at.pattern + 1, at.name + 1)
            } else if let last = star {
                star = (last.pattern, last.name + 1)
                at = (last.pattern + 1, last.name + 1)
            } else {
                return false
            }
        }
        return pattern[at.pattern...].allSatisfy { $0 == UInt8(ascii: "*") }
    }
}

/// How two values are compared.
package enum Comparison: String, CaseIterable, Hashable, Sendable {
    case atMost = "<="
    case atLeast = ">="
    case unequal = "!="
    case less = "<"
    case more = ">"
    case equal = "="

    /// Whether `left` stands so to `right`.
    func holds<Value: Comparable>(_ left: Value, _ right: Value) -> Bool {
        switch self {
        case .atMost: left <= right
        case .atLeast: left >= right
        case .unequal: left != right
        case .less: left < right
        case .more: left > right
        case .equal: left == right
        }
    }
}

/// What can be asked for with `is:`.
package enum QueryFlag: String, CaseIterable, Hashable, Sendable {
    /// I can decide it, as far as the server says.
    case mine
    /// It is marked for a decision on many.
    case marked
    /// Its time is nearly over.
    case urgent
    /// I decided it and the decision is not confirmed.
    case draft
    /// I began to change its arguments.
    case edited
    /// Somebody else looks at it now.
    case reviewed
    /// It can still be decided.
    case open
    /// Its deadline has passed.
    case expired
    /// It is released when nobody answers.
    case failopen
    /// It was released without an answer, and nobody looked at it since.
    case unreviewed

    /// A few words for the completion.
    package var help: String {
        switch self {
        case .mine: "I can decide it"
        case .marked: "marked"
        case .urgent: "under 2 minutes left"
        case .draft: "decided here, not confirmed"
        case .edited: "changed here, not sent"
        case .reviewed: "somebody else looks at it"
        case .open: "can still be decided"
        case .expired: "out of time"
        case .failopen: "released if nobody answers"
        case .unreviewed: "released, to be reviewed"
        }
    }
}

extension QueryNode {
    /// True when the answer may change while the row stays as it is.
    var isDynamic: Bool {
        switch self {
        case .all(let parts), .any(let parts): parts.contains(where: \.isDynamic)
        case .not(let part): part.isDynamic
        case .test(let test): test.isDynamic
        }
    }

    /// True when every row that this finds is certainly found by `other` too.
    func narrows(_ other: QueryNode) -> Bool {
        guard !other.isDynamic else { return false }
        if self == other { return true }
        switch other {
        case .all(let parts): return parts.allSatisfy { narrows($0) }
        case .any(let parts): return parts.contains { narrows($0) }
        case .not, .test: break
        }
        switch self {
        case .all(let parts): return parts.contains { $0.narrows(other) }
        case .any(let parts): return !parts.isEmpty && parts.allSatisfy { $0.narrows(other) }
        case .not: return false
        case .test(let test):
            guard case .test(let wider) = other else { return false }
            return test.narrows(wider)
        }
    }
}

extension QueryTest {
    fileprivate func narrows(_ other: QueryTest) -> Bool {
        switch (self, other) {
        case (.text(let word), .text(let shorter)): word[...].containsIgnoringCase(shorter)
        case (.name(let field, .contains(let word)), .name(let same, .contains(let shorter))):
            field == same && word[...].containsIgnoringCase(shorter)
        case (.name(let field, .exactly(let word)), .name(let same, let pattern)):
            field == same && pattern.matches(word)
        case _: self == other
        }
    }
}

extension UInt8 {
    /// The small letter of an ASCII capital; other bytes as they are.
    var lowered: UInt8 { (65...90).contains(self) ? self | 0x20 : self }
}

extension ArraySlice<UInt8> {
    /// Whether `word`, which has no ASCII capitals, stands in these bytes in any case.
    func containsIgnoringCase(_ word: [UInt8]) -> Bool {
        span.holds(word, in: 0..<count)
    }
}

extension Span<UInt8> {
    /// Whether `word`, which has no ASCII capitals, stands between these places in any case.
    func holds(_ word: [UInt8], in range: Range<Int>) -> Bool {
        guard let first = word.first else { return true }
        guard range.count >= word.count else { return false }
        let capital = (97...122).contains(first) ? first & 0xDF : first
        for start in range.lowerBound...(range.upperBound - word.count) {
            let byte = self[start]
            guard byte == first || byte == capital else { continue }
            var length = 1
            while length < word.count, self[start + length].lowered == word[length] { length += 1 }
            if length == word.count { return true }
        }
        return false
    }
}
