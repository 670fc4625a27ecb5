public import JSONTree

/// A value that travels in a body of the REST API.
public protocol WireValue: Sendable {
    /// Reads the value; refuses missing, wrong and unknown members by their place under `path`.
    init(wire: JSONValue, at path: JSONPointer) throws(WireError)

    /// The JSON form.
    var wire: JSONValue { get }
}

/// Where a body is not what the contract says, and what it should be.
public struct WireError: Error, Hashable, Sendable {
    /// The place in the body.
    public let pointer: JSONPointer
    /// A sentence for a person; it never quotes the value.
    public let sentence: String

    /// Puts an error together.
    public init(_ pointer: JSONPointer, _ sentence: String) {
        self.pointer = pointer
        self.sentence = sentence
    }
}

extension WireValue {
    /// Reads a whole body.
    public init(wire: JSONValue) throws(WireError) { try self.init(wire: wire, at: .root) }
}

/// Takes an object apart, member by member, and refuses what nobody asked for.
public struct ObjectReader {
    private let object: JSONObject
    private let path: JSONPointer
    private var names: [String] = []

    /// Begins to read; refuses anything but an object.
    public init(_ value: JSONValue, at path: JSONPointer) throws(WireError) {
        guard let object = value.objectValue else { throw WireError(path, "must be an object") }
        self.object = object
        self.path = path
    }

    /// Reads a member that must be there.
    public mutating func required<Value: WireValue>(_ name: String) throws(WireError) -> Value {
        names.append(name)
        guard let value = object[name] else {
            throw WireError(path.appending(name), "is missing")
        }
        return try Value(wire: value, at: path.appending(name))
    }

    /// Reads a member that may be missing or null.
    public mutating func optional<Value: WireValue>(_ name: String) throws(WireError) -> Value? {
        names.append(name)
        guard let value = object[name] else { return nil }
        // A JSON value keeps its null: arguments and schemas may be null themselves.
        if value == .null, Value.self != JSONValue.self { return nil }
        return try Value(wire: value, at: path.appending(name))
    }

    /// Reads a list that is empty when missing.
    public mutating func list<Value: WireValue>(_ name: String) throws(WireError) -> [Value] {
        try optional(name) ?? []
    }

    /// Refuses members that nobody asked for.
    public func finish() throws(WireError) {
        for member in object.members
        where !names.contains(where: { $0.utf8.elementsEqual(member.name.utf8) }) {
            throw WireError(
                path.appending(member.name), "is not a field here; known are \(known)")
        }
    }

    private var known: String { names.isEmpty ? "none" : names.joined(separator: ", ") }
}

/// Puts an object together; what is nil is left out.
public struct ObjectWriter {
    private var object = JSONObject()

    /// Begins an empty object.
    public init() {}

    /// Adds a member.
    public mutating func write(_ name: String, _ value: some WireValue) {
        object[name] = value.wire
    }

    /// Adds a member unless it is nil.
    public mutating func write(_ name: String, _ value: (some WireValue)?) {
        if let value { object[name] = value.wire }
    }

    /// Adds a member that is null when there is nothing.
    public mutating func write(_ name: String, orNull value: (some WireValue)?) {
        object[name] = value?.wire ?? .null
    }

    /// The finished object.
    public var value: JSONValue { .object(object) }
}
