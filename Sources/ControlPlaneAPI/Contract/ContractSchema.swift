import JSONTree

/// One type of the wire, as the document describes it.
struct ContractSchema: Sendable {
    /// Who writes it decides how strictly it is read.
    enum Direction: Hashable, Sendable {
        /// By a client; unknown fields are refused.
        case sent
        /// By the server; clients must ignore fields that they do not know.
        case answered
    }

    let name: String
    let direction: Direction
    let text: String
    let fields: [ContractField]

    init(_ name: String, _ direction: Direction, _ text: String, _ fields: [ContractField]) {
        self.name = name
        self.direction = direction
        self.text = text
        self.fields = fields
    }
}

/// One field of a type.
struct ContractField: Sendable {
    let name: String
    let type: ContractType
    let text: String
    let isRequired: Bool
    /// Nil where the example is that of the field's own type.
    let example: JSONValue?

    /// A field that is always there.
    static func required(
        _ name: String, _ type: ContractType, _ text: String, _ example: JSONValue? = nil
    ) -> ContractField {
        ContractField(name: name, type: type, text: text, isRequired: true, example: example)
    }

    /// A field that may be missing.
    static func optional(
        _ name: String, _ type: ContractType, _ text: String, _ example: JSONValue? = nil
    ) -> ContractField {
        ContractField(name: name, type: type, text: text, isRequired: false, example: example)
    }
}

/// What a field can hold.
indirect enum ContractType: Hashable, Sendable {
    case text, flag, count, instant, digest, id, name, patch
    /// Any JSON value, and any JSON object.
    case anything, object
    case choice([String])
    case list(ContractType)
    case orNull(ContractType)
    /// Another type of the wire, by its name.
    case schema(String)

    /// The JSON Schema of it.
    var json: JSONValue {
        switch self {
        case .text: ["type": "string"]
        case .flag: ["type": "boolean"]
        case .count: ["type": "integer"]
        case .instant: Self.reference("Timestamp")
        case .digest: Self.reference("Digest")
        case .id: Self.reference("ID")
        case .name: Self.reference("Name")
        case .patch: Self.reference("JSONPatch")
        case .anything: [:]
        case .object: ["type": "object"]
        case .choice(let names):
            ["type": "string", "enum": .array(names.map { .string($0) })]
        case .list(let type): ["type": "array", "items": type.json]
        case .orNull(let type): ["anyOf": [type.json, ["type": "null"]]]
        case .schema(let name): Self.reference(name)
        }
    }

    static func reference(_ name: String) -> JSONValue {
        ["$ref": .string("#/components/schemas/\(name)")]
    }
}

extension CaseIterable where Self: RawRepresentable, RawValue == String {
    /// The words on the wire.
    static var names: [String] { allCases.map(\.rawValue) }
}
