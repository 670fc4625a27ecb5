public import JSONTree

/// What a schema says about one place of a value, gathered for an editor.
///
/// It is a help while typing, not the judge: conditions, exclusions and whatever else depends on
/// the rest of the value only show in `JSONSchema.errors(in:)`.
public struct FieldRule: Hashable, Sendable {
    /// The types that are allowed.
    public var types = JSONTypes.all
    /// The values that are allowed, when there is a list of them.
    public var choices: [JSONValue]?
    /// The limits of a number.
    public var numbers = NumberRange()
    /// A number must be a multiple of this.
    public var multipleOf: JSONNumber?
    /// The limits of a string's length, in characters.
    public var length = CountRange()
    /// Expressions that a string must match.
    public var patterns: [String] = []
    /// The format of a string or a number, as the schema names it.
    public var format: String?
    /// The limits of an array's length.
    public var items = CountRange()
    /// The limits of an object's size.
    public var memberCount = CountRange()
    /// The members of an object that the schema knows, in its order.
    public var memberNames: [String] = []
    /// The members that an object must have.
    public var requiredNames: [String] = []
    /// Whether an object may have members that the schema does not know.
    public var allowsOtherMembers = true
    /// Whether this place must be there, because the object around it demands it.
    public var isRequired = false
    /// Whether nothing may be here at all.
    public var isForbidden = false
    /// Whether the schema asks that the value be left alone.
    public var isReadOnly = false
    /// Whether the schema marks the value with `x-sensitive`.
    public var isSensitive = false
    /// A name for people.
    public var title: String?
    /// A sentence for people.
    public var description: String?
    /// What stands here when nobody says otherwise.
    public var defaultValue: JSONValue?
    /// Values that could stand here.
    public var examples: [JSONValue] = []

    /// A rule that allows everything.
    public init() {}
}

/// The least and the most of a count; nil where there is no limit.
public struct CountRange: Hashable, Sendable {
    /// The least that is allowed.
    public var least: Int?
    /// The most that is allowed.
    public var most: Int?

    /// A range without limits.
    public init(least: Int? = nil, most: Int? = nil) {
        self.least = least
        self.most = most
    }

    mutating func formIntersection(_ other: CountRange) {
        least = [least, other.least].compactMap(\.self).max()
        most = [most, other.most].compactMap(\.self).min()
    }

    mutating func formUnion(_ other: CountRange) {
        least = least.flatMap { one in other.least.map { min(one, $0) } }
        most = most.flatMap { one in other.most.map { max(one, $0) } }
    }
}

/// The limits of a number; nil where there is none.
public struct NumberRange: Hashable, Sendable {
    /// One end of the range.
    public struct End: Hashable, Sendable {
        /// The limit as the schema writes it.
        public let limit: JSONNumber
        /// Whether the limit itself is outside.
        public let isExclusive: Bool

        /// Makes an end.
        public init(limit: JSONNumber, isExclusive: Bool) {
            self.limit = limit
            self.isExclusive = isExclusive
        }
    }

    /// The lower end.
    public var least: End?
    /// The upper end.
    public var most: End?

    /// A range without limits.
    public init(least: End? = nil, most: End? = nil) {
        self.least = least
        self.most = most
    }

    mutating func formIntersection(_ other: NumberRange) {
        least = Self.chosen(least, other.least) { Self.isHigherStart($0, $1) } ?? other.least
        most = Self.chosen(most, other.most) { Self.isLowerEnd($0, $1) } ?? other.most
    }

    mutating func formUnion(_ other: NumberRange) {
        let low = Self.chosen(least, other.least) { !Self.isHigherStart($0, $1) }
        let high = Self.chosen(most, other.most) { !Self.isLowerEnd($0, $1) }
        least = other.least == nil ? nil : low
        most = other.most == nil ? nil : high
    }

    private static func chosen(
        _ one: End?, _ other: End?, _ prefersFirst: (End, End) -> Bool
    ) -> End? {
        guard let one, let other else { return one }
        return prefersFirst(one, other) ? one : other
    }

    private static func isHigherStart(_ one: End, _ other: End) -> Bool {
        let difference = one.limit.compare(to: other.limit)
        return difference > 0 || difference == 0 && one.isExclusive
    }

    private static func isLowerEnd(_ one: End, _ other: End) -> Bool {
        let difference = one.limit.compare(to: other.limit)
        return difference < 0 || difference == 0 && one.isExclusive
    }
}
