public import Approvals
public import JSONTree

/// What a person grants beside an approval, for calls like it.
public struct GrantBody: WireValue, Hashable {
    /// For how long: 60 to 86,400.
    public var seconds: Int
    /// For how many calls, at most 1,000; any number when left out.
    public var uses: Int?
    /// For all calls of the agent, or those of the session that this one came from; the agent
    /// when left out.
    public var scope: GrantScope?
    /// Where another value than the approved one may stand.
    public var bounds: [GrantBoundBody]?

    /// Puts the value together.
    public init(
        seconds: Int, uses: Int? = nil, scope: GrantScope? = nil, bounds: [GrantBoundBody]? = nil
    ) {
        self.seconds = seconds
        self.uses = uses
        self.scope = scope
        self.bounds = bounds
    }

    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        var reader = try ObjectReader(wire, at: path)
        seconds = try reader.required("seconds")
        uses = try reader.optional("uses")
        scope = try reader.optional("scope")
        bounds = try reader.optional("bounds")
        try reader.finish()
    }

    public var wire: JSONValue {
        var writer = ObjectWriter()
        writer.write("seconds", seconds)
        writer.write("uses", uses)
        writer.write("scope", scope)
        writer.write("bounds", bounds)
        return writer.value
    }
}

/// What may stand at one place: `max` or `equals`.
public struct GrantBoundBody: WireValue, Hashable {
    /// A JSON Pointer into the arguments.
    public var pointer: String
    /// A number: up to this one.
    public var max: JSONValue?
    /// Exactly this value.
    public var equals: JSONValue?

    /// Puts the value together.
    public init(
        pointer: String, max: JSONValue? = nil, equals: JSONValue? = nil
    ) {
        self.pointer = pointer
        self.max = max
        self.equals = equals
    }

    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        var reader = try ObjectReader(wire, at: path)
        pointer = try reader.required("pointer")
        max = try reader.optional("max")
        equals = try reader.optional("equals")
        try reader.finish()
    }

    public var wire: JSONValue {
        var writer = ObjectWriter()
        writer.write("pointer", pointer)
        writer.write("max", max)
        writer.write("equals", equals)
        return writer.value
    }
}

/// Why a grant is taken back.
public struct GrantRevokeBody: WireValue, Hashable {
    /// At most 4,000 bytes.
    public var reason: String?

    /// Puts the value together.
    public init(
        reason: String? = nil
    ) {
        self.reason = reason
    }

    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        var reader = try ObjectReader(wire, at: path)
        reason = try reader.optional("reason")
        try reader.finish()
    }

    public var wire: JSONValue {
        var writer = ObjectWriter()
        writer.write("reason", reason)
        return writer.value
    }
}
