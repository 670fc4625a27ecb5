import JSONTree

/// A value while rules run: numbers are machine numbers, and absence is a case of its own.
enum LogicValue: Sendable {
    case absent
    case null
    case bool(Bool)
    case integer(Int64)
    case double(Double)
    /// An integer that 64 bits do not hold, as written.
    case wide(JSONNumber)
    case text(String)
    case list([LogicValue])
    case object([Member])

    /// One name and its value.
    struct Member: Sendable {
        let name: String
        let value: LogicValue
    }
}

extension LogicValue {
    /// Takes a value of the data; what lies too deep is taken as absent.
    init(_ value: JSONValue?, depth: Int = LogicLimits.dataDepthMax) {
        switch value {
        case nil: self = .absent
        case .null: self = .null
        case .bool(let truth): self = .bool(truth)
        case .number(let number): self.init(number)
        case .string(let text): self = .text(text)
        case .array(let elements):
            self = depth == 0 ? .absent : .list(elements.map { LogicValue($0, depth: depth - 1) })
        case .object(let object):
            guard depth > 0 else {
                self = .absent
                return
            }
            self = .object(
                object.members.map {
                    Member(name: $0.name, value: LogicValue($0.value, depth: depth - 1))
                })
        }
    }

    /// Takes a number: an integer where it is one that fits.
    init(_ number: JSONNumber) {
        if let integer = Int64(number.text) {
            self = .integer(integer)
            return
        }
        if number.isIntegerLiteral {
            self = .wide(number)
            return
        }
        let double = number.double
        self = double.isFinite ? LogicValue(double) : .wide(number)
    }

    /// Takes a finite double; an integer where it is exactly one.
    init(_ double: Double) {
        if let integer = Int64(exactly: double), integer.magnitude <= 1 << 53 {
            self = .integer(integer)
        } else {
            self = .double(double)
        }
    }

    /// The value as JSON; nothing is absent in JSON, so absence is null.
    var json: JSONValue {
        switch self {
        case .absent, .null: .null
        case .bool(let truth): .bool(truth)
        case .integer(let integer): .number(JSONNumber(integer))
        case .double(let double): JSONNumber(double).map { .number($0) } ?? .null
        case .wide(let number): .number(number)
        case .text(let text): .string(text)
        case .list(let elements): .array(elements.map(\.json))
        case .object(let members):
            .object(JSONObject(members.map { ($0.name, $0.value.json) }))
        }
    }

    /// The member or element that `token` names; absent when there is none.
    func child(_ token: PathToken) -> LogicValue {
        switch self {
        case .object(let members):
            members.first { $0.name.hasSameBytes(as: token.name) }?.value ?? .absent
        case .list(let elements):
            if let index = token.index, elements.indices.contains(index) {
                elements[index]
            } else {
                .absent
            }
        case .absent, .null, .bool, .integer, .double, .wide, .text: .absent
        }
    }

    /// What the tokens lead to; absent when they lead nowhere.
    func descendant(_ tokens: some Sequence<PathToken>) -> LogicValue {
        var value = self
        for token in tokens {
            value = value.child(token)
        }
        return value
    }

    /// Whether there is nothing, or null.
    var isNothing: Bool {
        switch self {
        case .absent, .null: true
        case .bool, .integer, .double, .wide, .text, .list, .object: false
        }
    }
}

/// One step of a path: the name, and the index that it may stand for.
struct PathToken: Sendable {
    let name: String
    let index: Int?

    init(_ name: String) {
        self.name = name
        index = JSONPointer.index(name)
    }
}
