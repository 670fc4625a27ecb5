import Approvals
import JSONTree

/// Reads a document and notes everything that is wrong with it, instead of the first thing only.
struct DocumentReader {
    /// What was wrong, in the order in which it was met.
    private(set) var problems: [PolicyProblem] = []

    /// An object of the document and where it stands.
    struct Fields {
        let object: JSONObject
        let pointer: JSONPointer

        /// Where the field of that name stands.
        func place(_ name: String) -> JSONPointer { pointer.appending(name) }
    }

    /// Notes what is wrong at a place.
    mutating func report(_ pointer: JSONPointer, _ sentence: String) {
        problems.append(PolicyProblem(pointer, sentence))
    }

    /// An object whose fields are all known; unknown ones are noted with the nearest known name.
    mutating func fields(
        _ value: JSONValue, at pointer: JSONPointer, known: [String]
    ) -> Fields? {
        guard let object = value.objectValue else {
            report(pointer, "This must be an object.")
            return nil
        }
        for name in object.names where !known.contains(where: { $0.utf8.elementsEqual(name.utf8) })
        {
            let nearest = NearestName.of(name, among: known)
            let hint =
                nearest.map { "Did you mean \"\($0)\"?" }
                ?? "There are: \(known.joined(separator: ", "))."
            report(pointer.appending(name), "There is no field \"\(name.cut)\" here. \(hint)")
        }
        return Fields(object: object, pointer: pointer)
    }

    /// A text that must be there.
    mutating func requiredText(_ fields: Fields, _ name: String, bytesMax: Int) -> String? {
        guard fields.object[name] != nil else {
            report(fields.pointer, "\"\(name)\" is missing.")
            return nil
        }
        return text(fields, name, bytesMax: bytesMax)
    }

    /// A text with something in it, if the field is there.
    mutating func text(_ fields: Fields, _ name: String, bytesMax: Int) -> String? {
        guard let value = fields.object[name] else { return nil }
        guard let text = value.stringValue, (1...bytesMax).contains(text.utf8.count) else {
            report(fields.place(name), "This must be a text of 1 to \(bytesMax) bytes.")
            return nil
        }
        return text
    }

    /// A name that is well formed for its kind.
    mutating func name<Name: Identifier>(
        _ fields: Fields, _ name: String, as kind: Name.Type, allowed: String
    ) -> Name? {
        guard let value = fields.object[name] else { return nil }
        guard let text = value.stringValue, let found = Name(text) else {
            report(fields.place(name), "This must be \(allowed).")
            return nil
        }
        return found
    }

    /// A whole number within a range.
    mutating func integer(_ fields: Fields, _ name: String, in range: ClosedRange<Int>) -> Int? {
        guard let value = fields.object[name] else { return nil }
        guard let wide = value.intValue, let found = Int(exactly: wide), range.contains(found)
        else {
            report(
                fields.place(name),
                "This must be a whole number from \(range.lowerBound) to \(range.upperBound).")
            return nil
        }
        return found
    }

    /// True or false; absent is false.
    mutating func flag(_ fields: Fields, _ name: String) -> Bool {
        guard let value = fields.object[name] else { return false }
        guard let found = value.boolValue else {
            report(fields.place(name), "This must be true or false.")
            return false
        }
        return found
    }

    /// One word of a closed list.
    mutating func word<Word>(_ fields: Fields, _ name: String, as list: Word.Type) -> Word?
    where Word: RawRepresentable & CaseIterable, Word.RawValue == String {
        guard let value = fields.object[name] else { return nil }
        let words = Word.allCases.map(\.rawValue)
        guard let text = value.stringValue, let found = Word(rawValue: text) else {
            let nearest = value.stringValue.flatMap { NearestName.of($0, among: words) }
            let hint = nearest.map { " Did you mean \"\($0)\"?" } ?? ""
            report(
                fields.place(name), "This must be one of \(words.joined(separator: ", ")).\(hint)")
            return nil
        }
        return found
    }

    /// The elements of a list and where they stand; none when the field is absent.
    mutating func list(
        _ fields: Fields, _ name: String, max: Int, named limit: String
    ) -> [(value: JSONValue, pointer: JSONPointer)] {
        guard let value = fields.object[name] else { return [] }
        guard let elements = value.arrayValue else {
            report(fields.place(name), "This must be a list.")
            return []
        }
        guard elements.count <= max else {
            report(fields.place(name), "This list is too long: \(limit) is \(max).")
            return []
        }
        return elements.enumerated().map { ($1, fields.place(name).appending($0)) }
    }

    /// The members of a map of names, and where they stand; none when the field is absent.
    mutating func map(_ fields: Fields, _ name: String) -> [Policy.NamedValue] {
        guard let value = fields.object[name] else { return [] }
        guard let members = value.objectValue?.members else {
            report(fields.place(name), "This must be an object.")
            return []
        }
        guard members.count <= PolicyLimits.namesMax else {
            report(fields.place(name), "There are too many: namesMax is \(PolicyLimits.namesMax).")
            return []
        }
        for member in members
        where !(1...PolicyLimits.nameBytesMax).contains(member.name.utf8.count) {
            report(
                fields.place(name).appending(member.name),
                "A name has 1 to \(PolicyLimits.nameBytesMax) bytes.")
        }
        return members.map { Policy.NamedValue(name: $0.name, value: $0.value) }
    }
}

extension String {
    /// A text that somebody wrote, short enough to stand in a sentence.
    var cut: String { utf8.count <= 60 ? self : String(prefix(60)) + "…" }
}
