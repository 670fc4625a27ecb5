import JSONTree

extension FieldRule {
    /// Takes over the demands of another schema that holds as well.
    mutating func formIntersection(_ other: FieldRule) {
        types.formIntersection(other.types)
        if let theirs = other.choices {
            let allowed = Set(theirs.map(ExactValue.init))
            choices = choices?.filter { allowed.contains(ExactValue($0)) } ?? theirs
        }
        numbers.formIntersection(other.numbers)
        length.formIntersection(other.length)
        items.formIntersection(other.items)
        memberCount.formIntersection(other.memberCount)
        multipleOf = multipleOf ?? other.multipleOf
        patterns += other.patterns.filter { !patterns.contains($0) }
        memberNames.appendNew(other.memberNames)
        requiredNames.appendNew(other.requiredNames)
        allowsOtherMembers = allowsOtherMembers && other.allowsOtherMembers
        isForbidden = isForbidden || other.isForbidden
        takeNotes(other)
    }

    /// Allows what another alternative allows; a demand on one type stays as long as the other
    /// alternative does not allow that type at all.
    mutating func formUnion(_ other: FieldRule) {
        guard !other.isForbidden else { return }
        guard !isForbidden else {
            self = other
            return
        }
        choices = Self.united(knownChoices, other.knownChoices)
        join(other, .number) { $0.numbers.formUnion($1.numbers) }
        join(other, .number) {
            $0.multipleOf = $0.multipleOf == $1.multipleOf ? $0.multipleOf : nil
        }
        join(other, .string) { $0.length.formUnion($1.length) }
        join(other, .string) { $0.patterns = $0.patterns == $1.patterns ? $0.patterns : [] }
        join(other, [.string, .number]) { $0.format = $0.format == $1.format ? $0.format : nil }
        join(other, .array) { $0.items.formUnion($1.items) }
        join(other, .object) { $0.joinMembers($1) }
        types.formUnion(other.types)
        takeTexts(other)
    }

    private mutating func join(
        _ other: FieldRule, _ domain: JSONTypes, _ change: (inout FieldRule, FieldRule) -> Void
    ) {
        let isMine = !types.isDisjoint(with: domain)
        let isTheirs = !other.types.isDisjoint(with: domain)
        if isMine, isTheirs {
            change(&self, other)
        } else if isTheirs {
            takeDemands(of: other, on: domain)
        }
    }

    private mutating func takeDemands(of other: FieldRule, on domain: JSONTypes) {
        if domain.contains(.string) {
            length = other.length
            patterns = other.patterns
            format = other.format
        }
        if domain.contains(.number) {
            numbers = other.numbers
            multipleOf = other.multipleOf
            format = other.format
        }
        if domain.contains(.array) { items = other.items }
        if domain.contains(.object) {
            memberCount = other.memberCount
            memberNames = other.memberNames
            requiredNames = other.requiredNames
            allowsOtherMembers = other.allowsOtherMembers
        }
    }

    private mutating func joinMembers(_ other: FieldRule) {
        memberCount.formUnion(other.memberCount)
        memberNames.appendNew(other.memberNames)
        let theirs = Set(other.requiredNames.map(ByteText.init))
        requiredNames.removeAll { !theirs.contains(ByteText($0)) }
        allowsOtherMembers = allowsOtherMembers || other.allowsOtherMembers
    }

    /// The list of all values, when there are few: those named, or the one of `null`.
    private var knownChoices: [JSONValue]? {
        choices ?? (types == .null ? [.null] : nil)
    }

    private static func united(_ one: [JSONValue]?, _ other: [JSONValue]?) -> [JSONValue]? {
        guard let one, let other else { return nil }
        let known = Set(one.map(ExactValue.init))
        return one + other.filter { !known.contains(ExactValue($0)) }
    }

    private mutating func takeNotes(_ other: FieldRule) {
        format = format ?? other.format
        takeTexts(other)
    }

    private mutating func takeTexts(_ other: FieldRule) {
        title = title ?? other.title
        description = description ?? other.description
        defaultValue = defaultValue ?? other.defaultValue
        examples = examples.isEmpty ? other.examples : examples
        isReadOnly = isReadOnly || other.isReadOnly
        isSensitive = isSensitive || other.isSensitive
    }
}

extension [String] {
    /// Appends the names that are not there yet, compared by bytes.
    fileprivate mutating func appendNew(_ names: [String]) {
        var known = Set(map(ByteText.init))
        for name in names where known.insert(ByteText(name)).inserted {
            append(name)
        }
    }
}
