import Cryptography
import JSONTree

/// What was read is not a record that this program wrote.
public struct RecordError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The member that is missing or wrong.
    public let member: String

    /// A sentence that quotes no value.
    public var description: String { "the record's member \"\(member)\" is missing or wrong" }
}

/// Takes the members of a record one by one.
struct RecordFields {
    let object: JSONObject

    init(_ value: JSONValue?, of member: String) throws(RecordError) {
        guard let object = value?.objectValue else { throw RecordError(member: member) }
        self.object = object
    }

    func value(_ name: String) throws(RecordError) -> JSONValue {
        guard let value = object[name] else { throw RecordError(member: name) }
        return value
    }

    /// Converts a member that must be there.
    func required<Value>(
        _ name: String, _ convert: (JSONValue) -> Value?
    ) throws(RecordError) -> Value {
        guard let value = convert(try value(name)) else { throw RecordError(member: name) }
        return value
    }

    /// Converts a member that may be missing; one that is there must be right.
    func optional<Value>(
        _ name: String, _ convert: (JSONValue) -> Value?
    ) throws(RecordError) -> Value? {
        guard object[name] != nil else { return nil }
        return try required(name, convert)
    }

    /// Converts every element of a member; a missing one is an empty list.
    func list<Value>(
        _ name: String, _ convert: (JSONValue) -> Value?
    ) throws(RecordError) -> [Value] {
        guard let elements = object[name] else { return [] }
        guard let elements = elements.arrayValue else { throw RecordError(member: name) }
        var values: [Value] = []
        values.reserveCapacity(elements.count)
        for element in elements {
            guard let value = convert(element) else { throw RecordError(member: name) }
            values.append(value)
        }
        return values
    }

    /// Reads every element of a member as a record of its own.
    func records<Value>(
        _ name: String, _ read: (RecordFields) throws(RecordError) -> Value
    ) throws(RecordError) -> [Value] {
        var values: [Value] = []
        for element in try list(name, { $0 }) {
            values.append(try read(RecordFields(element, of: name)))
        }
        return values
    }

    /// Reads a member as a record of its own when it is there.
    func record<Value>(
        _ name: String, _ read: (RecordFields) throws(RecordError) -> Value
    ) throws(RecordError) -> Value? {
        guard let value = object[name] else { return nil }
        return try read(RecordFields(value, of: name))
    }
}

/// How the simple things in a record are written.
extension JSONValue {
    var recordText: String? { stringValue }

    var recordInt: Int? { intValue.flatMap { Int(exactly: $0) } }

    var recordInstant: Timestamp? { intValue.map { Timestamp(milliseconds: $0) } }

    var recordDigest: Digest? { stringValue.flatMap { Digest(hex: $0) } }

    var recordPointer: JSONPointer? {
        guard let text = stringValue else { return nil }
        do { return try JSONPointer(parsing: text) } catch { return nil }
    }

    var recordPatch: JSONPatch? {
        do { return try JSONPatch(json: self) } catch { return nil }
    }

    func recordWord<Word: RawRepresentable>(_: Word.Type) -> Word? where Word.RawValue == String {
        stringValue.flatMap { Word(rawValue: $0) }
    }

    func recordName<Name: Identifier>(_: Name.Type) -> Name? {
        stringValue.flatMap { Name($0) }
    }
}

/// Collects the members of a record; what is nil or empty is left out.
struct RecordMembers {
    private(set) var object = JSONObject()

    mutating func put(_ name: String, _ value: JSONValue?) {
        if let value { object[name] = value }
    }

    mutating func put(_ name: String, text: String?) {
        if let text { object[name] = .string(text) }
    }

    mutating func put(_ name: String, int: Int) {
        object[name] = .number(JSONNumber(int))
    }

    mutating func put(_ name: String, instant: Timestamp?) {
        if let instant { object[name] = .number(JSONNumber(instant.milliseconds)) }
    }

    mutating func put(_ name: String, digest: Digest?) {
        if let digest { object[name] = .string(digest.hex) }
    }

    mutating func put(_ name: String, list: [JSONValue]) {
        if !list.isEmpty { object[name] = .array(list) }
    }

    mutating func put(_ name: String, flag: Bool) {
        if flag { object[name] = .bool(true) }
    }

    var value: JSONValue { .object(object) }
}
