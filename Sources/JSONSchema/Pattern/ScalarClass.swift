/// A set of Unicode scalars, as a class of an expression names it.
struct ScalarClass: Hashable, Sendable {
    private var ranges: [ClosedRange<UInt32>]
    private var properties: [Property] = []
    private var isNegated = false

    private struct Property: Hashable, Sendable {
        let property: UnicodeProperty
        let isNegated: Bool
    }

    init(_ ranges: ClosedRange<UInt32>...) {
        self.ranges = ranges
    }

    init(_ scalar: Unicode.Scalar) {
        ranges = [scalar.value...scalar.value]
    }

    init(_ property: UnicodeProperty, isNegated: Bool) {
        ranges = []
        properties = [Property(property: property, isNegated: isNegated)]
    }

    /// `\d`.
    static let digit = ScalarClass(0x30...0x39)
    /// `\w`.
    static let word = ScalarClass(0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A)
    /// `\s`.
    static let space = ScalarClass(
        0x09...0x0D, 0x20...0x20, 0xA0...0xA0, 0x1680...0x1680, 0x2000...0x200A, 0x2028...0x2029,
        0x202F...0x202F, 0x205F...0x205F, 0x3000...0x3000, 0xFEFF...0xFEFF)
    /// `.`, everything but the ends of lines.
    static let inLine = ScalarClass(0x0A...0x0A, 0x0D...0x0D, 0x2028...0x2029).negated

    /// All other scalars.
    var negated: ScalarClass {
        guard properties.isEmpty, !isNegated else {
            var result = self
            result.isNegated.toggle()
            return result
        }
        var result = ScalarClass()
        var start: UInt32 = 0
        for range in merged.ranges {
            if range.lowerBound > start { result.ranges.append(start...(range.lowerBound - 1)) }
            start = max(start, range.upperBound + 1)
        }
        if start <= 0x10FFFF { result.ranges.append(start...0x10FFFF) }
        return result
    }

    /// The same scalars in ranges that are in order and apart, as `contains` needs them.
    var merged: ScalarClass {
        var result = self
        result.ranges = []
        for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            guard let last = result.ranges.last, range.lowerBound <= last.upperBound + 1 else {
                result.ranges.append(range)
                continue
            }
            let end = max(last.upperBound, range.upperBound)
            result.ranges[result.ranges.count - 1] = last.lowerBound...end
        }
        result.properties = Array(Set(properties))
        return result
    }

    /// Adds what another class holds that is not itself a negated one with properties.
    mutating func formUnion(_ other: ScalarClass) {
        ranges += other.ranges
        properties += other.properties
    }

    func contains(_ scalar: Unicode.Scalar) -> Bool {
        let isInside =
            rangesContain(scalar.value)
            || properties.contains { $0.property.holds(for: scalar) != $0.isNegated }
        return isInside != isNegated
    }

    /// Searches by halves, so that a class may have many ranges.
    private func rangesContain(_ value: UInt32) -> Bool {
        var low = 0
        var high = ranges.count
        while low < high {
            let middle = (low + high) / 2
            if ranges[middle].upperBound < value { low = middle + 1 } else { high = middle }
        }
        return low < ranges.count && ranges[low].lowerBound <= value
    }
}
