import JSONTree

/// A value under the equality of JSON Schema: numbers are equal when their exact values are.
struct ExactValue: Hashable, Sendable {
    let value: JSONValue

    init(_ value: JSONValue) {
        self.value = value
    }

    static func == (left: ExactValue, right: ExactValue) -> Bool {
        switch (left.value, right.value) {
        case (.number(let one), .number(let other)):
            one == other || one.compare(to: other) == 0
        case (.array(let one), .array(let other)):
            one.count == other.count
                && zip(one, other).allSatisfy { ExactValue($0) == ExactValue($1) }
        case (.object(let one), .object(let other)):
            one.count == other.count
                && one.members.allSatisfy { member in
                    other[member.name].map { ExactValue($0) == ExactValue(member.value) } ?? false
                }
        case (.null, _), (.bool, _), (.string, _), (.number, _), (.array, _), (.object, _):
            left.value == right.value
        }
    }

    func hash(into hasher: inout Hasher) {
        switch value {
        case .null, .bool, .string:
            hasher.combine(value)
        case .number(let number):
            hasher.combine(number.exact)
        case .array(let elements):
            hasher.combine(elements.count)
            for element in elements {
                ExactValue(element).hash(into: &hasher)
            }
        case .object(let object):
            hasher.combine(object.count)
            hasher.combine(Self.sum(of: object))
        }
    }

    /// The same number for the same members in any order.
    private static func sum(of object: JSONObject) -> Int {
        object.members.reduce(0) { sum, member in
            var own = Hasher()
            own.combine(ByteText(member.name))
            ExactValue(member.value).hash(into: &own)
            return sum &+ own.finalize()
        }
    }
}
