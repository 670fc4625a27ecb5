import JSONTree

/// How large a value is when everything in it is written out.
///
/// Values share their parts, so a short rule can make one that is small here and endless on paper:
/// whoever writes a value out asks first.
extension LogicValue {
    /// The deepest nesting that is written out; a rule may put lists around what the data have.
    private static let depthMax = LogicLimits.dataDepthMax + 2 * LogicLimits.depthCeiling

    /// How many parts and bytes of text there are, all shared ones counted each time; nil when
    /// there are more than `limit`, or when they are nested too deep.
    func extent(limit: Int) -> Int? {
        var left = limit
        return count(&left, depth: Self.depthMax) ? limit - left : nil
    }

    private func count(_ left: inout Int, depth: Int) -> Bool {
        left -= 1
        guard left >= 0, depth > 0 else { return false }
        switch self {
        case .absent, .null, .bool, .integer, .double: return true
        case .wide(let number):
            left -= number.text.utf8.count
            return left >= 0
        case .text(let text):
            left -= text.utf8.count
            return left >= 0
        case .list(let elements):
            for element in elements where !element.count(&left, depth: depth - 1) { return false }
            return true
        case .object(let members):
            for member in members {
                left -= member.name.utf8.count
                guard member.value.count(&left, depth: depth - 1) else { return false }
            }
            return true
        }
    }
}
