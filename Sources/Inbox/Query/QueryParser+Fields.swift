import Approvals

extension QueryParser {
    /// The value behind a field, and what both ask for; nil for how the list is shown.
    mutating func test(
        _ field: QueryField, _ comparison: Comparison?, _ start: Int
    ) throws(QueryProblem) -> QueryNode? {
        let place = place
        let value = try value()
        guard !value.isEmpty else {
            throw problem(
                place, "a value is missing", known: field.values, isUnfinished: isAtEnd)
        }
        switch field {
        case .tool: return named(.tool, comparison, value)
        case .agent: return named(.agent, comparison, value)
        case .run: return named(.run, comparison, value)
        case .group: return named(.group, comparison, value)
        case .state:
            let state: ApprovalState = try one(of: field, value, place) { word in
                ApprovalState(rawValue: word)
            }
            return try plain(.state(state), comparison, field, start)
        case .risk:
            let risk: Risk = try one(of: field, value, place, Self.risk)
            return .test(.risk(comparison ?? .equal, risk))
        case .left: return .test(.left(try order(comparison, start), try span(value, place)))
        case .age: return .test(.age(try order(comparison, start), try span(value, place)))
        case .is:
            let flag: QueryFlag = try one(of: field, value, place) { QueryFlag(rawValue: $0) }
            return try plain(.flag(flag), comparison, field, start)
        case .sort:
            let order: QueueOrder = try one(of: field, value, place) { QueueOrder(word: $0) }
            try direct(order: order, grouping: nil, start)
            return nil
        case .by:
            let grouping: Grouping = try one(of: field, value, place) { Grouping(rawValue: $0) }
            try direct(order: nil, grouping: grouping, start)
            return nil
        }
    }

    private func named(
        _ field: NameField, _ comparison: Comparison?, _ value: [UInt8]
    ) -> QueryNode {
        let isGlob = value.contains(UInt8(ascii: "*"))
        let loose: NamePattern = isGlob ? .glob(value) : .contains(value)
        switch comparison {
        case nil: return .test(.name(field, loose))
        case .unequal: return .not(.test(.name(field, loose)))
        case .atMost, .atLeast, .less, .more, .equal:
            return .test(.name(field, isGlob ? .glob(value) : .exactly(value)))
        }
    }

    /// A fact that is so or is not.
    private func plain(
        _ test: QueryTest, _ comparison: Comparison?, _ field: QueryField, _ start: Int
    ) throws(QueryProblem) -> QueryNode {
        switch comparison {
        case nil, .equal: return .test(test)
        case .unequal: return .not(.test(test))
        case .atMost, .atLeast, .less, .more:
            throw problem(start, "\(field.rawValue) takes \":\" or \"!=\"")
        }
    }

    private func order(_ comparison: Comparison?, _ start: Int) throws(QueryProblem) -> Comparison {
        switch comparison {
        case .atMost, .atLeast, .less, .more: break
        case nil, .equal, .unequal:
            throw problem(start, "times are compared with one of", known: ["<", ">", "<=", ">="])
        }
        return comparison ?? .less
    }

    private func one<Value>(
        of field: QueryField, _ value: [UInt8], _ place: Int, _ read: (String) -> Value?
    ) throws(QueryProblem) -> Value {
        let word = String(decoding: value, as: UTF8.self)
        if let found = read(word) { return found }
        let isBegun = isAtEnd && field.values.contains { $0.utf8.starts(with: value) }
        throw problem(
            place, "\(field.rawValue) is none of what is known", known: field.values,
            isUnfinished: isBegun)
    }

    /// Milliseconds of `90s`, `5m`, `2h` or `1d`.
    private func span(_ value: [UInt8], _ place: Int) throws(QueryProblem) -> Int64 {
        let digits = value.prefix { (48...57).contains($0) }
        let unit = value[digits.endIndex...]
        guard let number = Int64(String(decoding: digits, as: UTF8.self)), digits.count <= 9 else {
            throw problem(place, "a time is a number and a unit, like 5m")
        }
        let units: [(String, Int64)] = [
            ("s", 1_000), ("m", 60_000), ("h", 3_600_000), ("d", 86_400_000),
        ]
        for (name, milliseconds) in units where unit.elementsEqual(name.utf8) {
            return number * milliseconds
        }
        throw problem(
            place, "the time needs a unit", known: units.map(\.0),
            isUnfinished: unit.isEmpty && isAtEnd)
    }

    private static func risk(_ word: String) -> Risk? {
        Risk(rawValue: word) ?? Risk.allCases.first { $0.short.utf8.elementsEqual(word.utf8) }
    }
}
