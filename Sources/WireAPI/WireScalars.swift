public import Approvals
public import Cryptography
public import JSONTree

extension JSONValue: WireValue {
    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) { self = wire }
    public var wire: JSONValue { self }
}

extension String: WireValue {
    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        guard let text = wire.stringValue else { throw WireError(path, "must be a string") }
        self = text
    }
    public var wire: JSONValue { .string(self) }
}

extension Bool: WireValue {
    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        guard let flag = wire.boolValue else { throw WireError(path, "must be true or false") }
        self = flag
    }
    public var wire: JSONValue { .bool(self) }
}

extension Int: WireValue {
    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        guard let number = wire.intValue else { throw WireError(path, "must be an integer") }
        self = Int(number)
    }
    public var wire: JSONValue { .number(JSONNumber(self)) }
}

extension Array: WireValue where Element: WireValue {
    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        guard let elements = wire.arrayValue else { throw WireError(path, "must be an array") }
        var values: [Element] = []
        values.reserveCapacity(elements.count)
        for (index, element) in elements.enumerated() {
            values.append(try Element(wire: element, at: path.appending(String(index))))
        }
        self = values
    }
    public var wire: JSONValue { .array(map(\.wire)) }
}

extension Timestamp: WireValue {
    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        guard let text = wire.stringValue, let instant = Timestamp(rfc3339: text) else {
            throw WireError(path, "must be an RFC 3339 timestamp, like 2026-11-22T09:04:11.719Z")
        }
        self = instant
    }
    public var wire: JSONValue { .string(rfc3339) }
}

extension Digest: WireValue {
    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        guard let text = wire.stringValue, let digest = Digest(text: text) else {
            throw WireError(path, "must be sha256: and 64 hexadecimal digits")
        }
        self = digest
    }
    public var wire: JSONValue { .string(text) }
}

extension JSONPatch: WireValue {
    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        do {
            try self.init(json: wire)
        } catch {
            throw WireError(path, "must be a JSON Patch of add, remove and replace: \(error)")
        }
    }
    public var wire: JSONValue { json }
}

extension WireValue where Self: Identifier {
    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        guard let text = wire.stringValue, let identifier = Self(text) else {
            throw WireError(path, "is not a well-formed \(Self.self)")
        }
        self = identifier
    }
    public var wire: JSONValue { .string(rawValue) }
}

extension ApprovalID: WireValue {}
extension MemberID: WireValue {}
extension AgentID: WireValue {}
extension TokenID: WireValue {}
extension GrantID: WireValue {}
extension TenantName: WireValue {}
extension GroupName: WireValue {}

extension WireValue where Self: RawRepresentable & CaseIterable, RawValue == String {
    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        guard let text = wire.stringValue, let choice = Self(rawValue: text) else {
            let choices = Self.allCases.map(\.rawValue).joined(separator: ", ")
            throw WireError(path, "must be one of \(choices)")
        }
        self = choice
    }
    public var wire: JSONValue { .string(rawValue) }
}

extension Risk: WireValue {}
extension DelegationRule: WireValue {}
extension Role: WireValue {}
extension ApprovalState: WireValue {}
extension Execution: WireValue {}
extension Posture: WireValue {}
extension StepUpFrom: WireValue {}
extension StepUpNeed: WireValue {}
extension StepUpState: WireValue {}
extension GrantScope: WireValue {}
extension GrantState: WireValue {}
extension Verdict: WireValue {}
extension Outcome: WireValue {}

/// What a row of the change feed says.
public enum ChangeKind: String, Hashable, Sendable, CaseIterable, WireValue {
    /// Created or changed.
    case changed
    /// No longer for this person.
    case gone
}
