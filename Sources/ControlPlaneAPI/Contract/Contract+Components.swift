import JSONTree
import WireAPI

// The parts of the document that its operations point to.
extension Contract {
    /// The simple types.
    static let scalars: JSONObject = [
        "Timestamp": [
            "type": "string", "format": "date-time",
            "description": "RFC 3339 in UTC with milliseconds.",
            "examples": ["2026-11-22T17:11:15.296Z"],
        ],
        "Digest": [
            "type": "string", "pattern": "^sha256:[0-9a-f]{64}$",
            "description": "SHA-256 over RFC 8785 canonical JSON, big integers kept exact.",
        ],
        "ID": [
            "type": "string",
            "pattern": "^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$",
            "description": "A UUID of version 7 in lower case.",
        ],
        "Name": [
            "type": "string", "pattern": "^[a-z0-9][a-z0-9-]{0,62}$",
            "description": "The name of a tenant or a group.",
        ],
        "JSONPatch": [
            "type": "array", "description": "RFC 6902, of add, remove and replace only.",
            "items": [
                "type": "object", "required": ["op", "path"], "additionalProperties": false,
                "properties": [
                    "op": ["type": "string", "enum": ["add", "remove", "replace"]],
                    "path": ["type": "string", "description": "A JSON Pointer."],
                    "value": [:],
                ],
            ],
        ],
    ]

    /// The types of the wire.
    static var types: [(String, JSONValue)] { schemas.map { ($0.name, type($0)) } }

    private static func type(_ schema: ContractSchema) -> JSONValue {
        var value = JSONObject()
        value["type"] = "object"
        value["description"] = .string(schema.text)
        let required = schema.fields.filter(\.isRequired).map { JSONValue.string($0.name) }
        if !required.isEmpty { value["required"] = .array(required) }
        if schema.direction == .sent { value["additionalProperties"] = false }
        value["properties"] = .object(JSONObject(schema.fields.map { ($0.name, property($0)) }))
        return .object(value)
    }

    private static func property(_ field: ContractField) -> JSONValue {
        var value = field.type.json.objectValue ?? JSONObject()
        value["description"] = .string(field.text)
        return .object(value)
    }

    /// The headers of answers.
    static let headers: JSONValue = [
        "ETag": [
            "description": "For If-Match and If-None-Match; an approval's is its revision.",
            "schema": ["type": "string"], "example": "\"1\"",
        ],
        "Location": [
            "description": "The path of what was made.", "schema": ["type": "string"],
            "example": "/v1/approvals/01a2043d-9860-7e0e-b08c-0ba87d4786f6",
        ],
        "Retry-After": [
            "description": "Seconds to wait before trying again.", "schema": ["type": "integer"],
            "example": 1,
        ],
        "Allow": [
            "description": "The methods that the path takes.", "schema": ["type": "string"],
            "example": "GET",
        ],
        "WWW-Authenticate": [
            "description": "Always Bearer.", "schema": ["type": "string"], "example": "Bearer",
        ],
    ]

    /// One answer for each status of a problem, which lists the problems that have it.
    static var problemResponses: JSONValue {
        .object(JSONObject(problemStatuses.map { ("Problem\($0)", response($0)) }))
    }

    private static func response(_ status: Int) -> JSONValue {
        let mine = problems.filter { $0.status == status }
        let lines = mine.map { "- `\($0.name)`: \($0.title)." }
        var value = JSONObject([("description", .string(lines.joined(separator: "\n")))])
        let names = headerNames(status)
        if !names.isEmpty {
            value["headers"] = .object(
                JSONObject(
                    names.map { ($0, ["$ref": .string("#/components/headers/\($0)")]) }))
        }
        let media: JSONValue = [
            "schema": ContractType.reference("Problem"), "example": mine.first?.wire ?? .null,
        ]
        value["content"] = .object(JSONObject([("application/problem+json", media)]))
        return .object(value)
    }

    private static func headerNames(_ status: Int) -> [String] {
        switch status {
        case 401: ["WWW-Authenticate"]
        case 405: ["Allow"]
        case 429, 503: ["Retry-After"]
        default: []
        }
    }
}
