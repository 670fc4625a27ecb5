import JSONTree
import WireAPI

/// The OpenAPI document, made from the tables that the code is held against.
///
/// `Docs/openapi.yaml` is a copy for readers; a test keeps it equal to this.
public enum Contract {
    /// The document as text.
    public static let yaml = YAMLText.text(of: document)

    /// All types of the wire.
    static let schemas =
        agentsSchemas + decisionsSchemas + viewsSchemas + administrationSchemas + stepUpSchemas
        + policySchemas + replaySchemas + grantSchemas + auditSchemas + breakGlassSchemas
        + peopleSchemas
        + escalationSchemas + scheduleSchemas + coverageSchemas + swapSchemas

    /// A whole value of a type, with every field.
    static func example(of name: String) -> JSONValue {
        guard let schema = schemas.first(where: { $0.name == name }) else { return .null }
        return .object(JSONObject(schema.fields.map { ($0.name, example(of: $0)) }))
    }

    private static func example(of field: ContractField) -> JSONValue {
        if let example = field.example { return example }
        switch field.type {
        case .schema(let name): return example(of: name)
        case .list(.schema(let name)): return [example(of: name)]
        case .text, .flag, .count, .instant, .digest, .id, .name, .patch, .anything, .object,
            .choice, .list, .orNull:
            return .null
        }
    }
}

extension HTTPResponse {
    /// The document as an answer.
    static let contract = HTTPResponse(
        status: 200, headers: ["content-type": "application/yaml"],
        body: Array(Contract.yaml.utf8))
}
