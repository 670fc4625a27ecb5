import JSONTree

/// How a value is written in the settings: what is allowed, and the ways in and out.
struct SettingsKind<Value: Sendable>: Sendable {
    /// What is allowed, in words that follow «must be».
    let allowed: String
    let read: @Sendable (JSONValue) throws(SettingsMistake) -> Value
    let write: @Sendable (Value) -> JSONValue
}

extension SettingsKind<Bool> {
    /// `true` or `false`.
    static let flag = SettingsKind(
        allowed: "true or false",
        read: { value throws(SettingsMistake) in
            guard let flag = value.boolValue else { throw .wrong("true or false", value) }
            return flag
        },
        write: { .bool($0) })
}

extension SettingsKind<Int> {
    /// A whole number within bounds.
    static func whole(in range: ClosedRange<Int>) -> SettingsKind {
        let allowed = "a whole number from \(range.lowerBound) to \(range.upperBound)"
        return SettingsKind(
            allowed: allowed,
            read: { value throws(SettingsMistake) in
                guard let number = value.intValue, range.contains(Int(number)) else {
                    throw .wrong(allowed, value)
                }
                return Int(number)
            },
            write: { .number(JSONNumber($0)) })
    }
}

extension SettingsKind<[String]> {
    /// A list of strings.
    static let texts = list(of: .text, allowed: "a list of strings")
}

extension SettingsKind<String> {
    /// A string with something in it.
    static let text = text("a string")

    /// A string that `isAllowed`; what is allowed is said in words.
    static func text(
        _ allowed: String, where isAllowed: @escaping @Sendable (String) -> Bool = { _ in true }
    ) -> SettingsKind {
        SettingsKind(
            allowed: allowed,
            read: { value throws(SettingsMistake) in
                guard let text = value.stringValue, !text.isEmpty, isAllowed(text) else {
                    throw .wrong(allowed, value)
                }
                return text
            },
            write: { .string($0) })
    }
}

extension SettingsKind where Value: RawRepresentable<String> & CaseIterable {
    /// One of the words of an enumeration.
    static var choice: SettingsKind {
        let words = Value.allCases.map(\.rawValue)
        let allowed = "one of " + words.map { "\"\($0)\"" }.joined(separator: ", ")
        return SettingsKind(
            allowed: allowed,
            read: { value throws(SettingsMistake) in
                guard let word = value.stringValue else { throw .wrong(allowed, value) }
                guard let choice = Value(rawValue: word) else {
                    throw .wrong(allowed, value, nearest: NearestName.of(word, among: words))
                }
                return choice
            },
            write: { .string($0.rawValue) })
    }
}

extension SettingsKind {
    /// A list, each element of which is of `kind`.
    static func list<Element: Sendable>(
        of kind: SettingsKind<Element>, allowed: String, countMax: Int = 1_000
    ) -> SettingsKind<[Element]> where Value == [Element] {
        return SettingsKind(
            allowed: allowed,
            read: { value throws(SettingsMistake) in
                guard let values = value.arrayValue, values.count <= countMax else {
                    throw .wrong(allowed, value)
                }
                var elements: [Element] = []
                for value in values { elements.append(try kind.read(value)) }
                return elements
            },
            write: { .array($0.map(kind.write)) })
    }

    /// A table of names that the person chooses, in the order of the file.
    static func table<Element: Sendable>(
        of kind: SettingsKind<Element>, allowed: String, countMax: Int = 1_000
    ) -> SettingsKind<[SettingsEntry<Element>]> where Value == [SettingsEntry<Element>] {
        return SettingsKind(
            allowed: allowed,
            read: { value throws(SettingsMistake) in
                guard let members = value.objectValue?.members, members.count <= countMax else {
                    throw .wrong(allowed, value)
                }
                var entries: [SettingsEntry<Element>] = []
                for member in members {
                    do throws(SettingsMistake) {
                        entries.append(
                            SettingsEntry(name: member.name, value: try kind.read(member.value)))
                    } catch {
                        throw error.below(member.name)
                    }
                }
                return entries
            },
            write: { .object(JSONObject($0.map { ($0.name, kind.write($0.value)) })) })
    }
}

/// One line of a table whose names the person chooses.
struct SettingsEntry<Value: Sendable>: Sendable {
    let name: String
    let value: Value
}
