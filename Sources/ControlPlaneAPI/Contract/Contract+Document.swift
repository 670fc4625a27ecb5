import Approvals
import JSONTree
import WireAPI

extension Contract {
    /// The document as a value.
    static let document: JSONValue = [
        "openapi": "3.1.0",
        "info": [
            "title": "Countersign control plane",
            "version": "1",
            "description": .string(introduction),
            "license": ["name": "Apache-2.0", "identifier": "Apache-2.0"],
        ],
        "servers": [["url": "http://127.0.0.1:7777"]],
        "security": [["token": []]],
        "tags": .array(tags.map { ["name": .string($0.0), "description": .string($0.1)] }),
        "paths": paths,
        "components": [
            "securitySchemes": [
                "token": [
                    "type": "http", "scheme": "bearer",
                    "description": "A token of a member or an agent, `cs_` and 43 characters.",
                ]
            ],
            "headers": headers,
            "responses": problemResponses,
            "schemas": .object(JSONObject(scalars.members.map { ($0.name, $0.value) } + types)),
        ],
    ]

    private static let introduction = """
        Holds tool calls of agents until somebody with the authority decided them.

        JSON in and out, UTF-8. Errors are RFC 9457 problems: `type` is stable, `detail` is for a
        person, `next_step` says what to do now. Timestamps are RFC 3339 in UTC with milliseconds,
        fields that end in `_s` are seconds, ids are UUIDv7. Unknown fields and query items of a
        request are refused by name; unknown fields of an answer must be ignored. Everything under
        /v1 is answered with `Cache-Control: no-store`.

        An answer that is waited for has its real status and length, so nothing is sent before it:
        clients that give up on a silent connection must ask for a shorter wait than that.
        """

    static let tags = [
        ("Agents", "Submit, wait, claim, report."),
        ("Approvers", "See, decide, hand on."),
        ("Administration", "Tenants, groups, members, agents, tokens."),
        ("Operations", "For whoever runs the program; no token is needed."),
    ]

    private static var paths: JSONValue {
        var paths = JSONObject()
        for route in Route.allCases {
            var path = paths[route.path]?.objectValue ?? JSONObject()
            path[route.method.rawValue.lowercased()] = operation(route)
            paths[route.path] = .object(path)
        }
        return .object(paths)
    }

    private static func operation(_ route: Route) -> JSONValue {
        let operation = route.operation
        var value = JSONObject()
        value["operationId"] = .string(route.rawValue)
        value["tags"] = [.string(tag(of: route))]
        value["summary"] = .string(operation.summary)
        value["description"] = description(route, operation).map { .string($0) }
        if route.roles.isEmpty { value["security"] = [] }
        let parameters = pathParameters(route) + operation.parameters.map(\.json)
        if !parameters.isEmpty { value["parameters"] = .array(parameters) }
        if let body = operation.sends {
            value["requestBody"] = [
                "required": .bool(!operation.isBodyOptional),
                "content": content("application/json", body),
            ]
        }
        var responses = JSONObject()
        for success in operation.successes { responses["\(success.status)"] = success.json }
        for status in statuses(of: route) where responses["\(status)"] == nil {
            responses["\(status)"] = ["$ref": .string("#/components/responses/Problem\(status)")]
        }
        value["responses"] = .object(responses)
        return .object(value)
    }

    private static func description(_ route: Route, _ operation: ContractOperation) -> String? {
        guard !route.roles.isEmpty else { return operation.text }
        let roles = Role.names.filter { name in route.roles.contains { $0.rawValue == name } }
        let who = "For the roles \(roles.joined(separator: ", "))."
        return [operation.text, who].compactMap { $0 }.joined(separator: " ")
    }

    private static func tag(of route: Route) -> String {
        if route.roles.isEmpty { return "Operations" }
        if route.roles == [.agent] || route == .approval { return "Agents" }
        return route.roles.isSubset(of: [.lead, .admin]) ? "Administration" : "Approvers"
    }

    private static func pathParameters(_ route: Route) -> [JSONValue] {
        let name = ["id", "name", "path"].first { route.path.contains("{\($0)}") }
        guard let name else { return [] }
        let first: JSONValue = [
            "name": .string(name), "in": "path", "required": true,
            "schema": name == "id" ? ContractType.id.json : ["type": "string", "minLength": 1],
        ]
        guard route.path.contains("{version}") else { return [first] }
        return [
            first,
            [
                "name": "version", "in": "path", "required": true,
                "schema": ["type": "integer", "minimum": 1],
            ],
        ]
    }

    /// A body of a type; of two types, joined by `or`, whichever it is.
    static func content(_ type: String, _ schema: String) -> JSONValue {
        let names = schema.split(separator: " ").filter { $0 != "or" }.map(String.init)
        let references = names.map { ContractType.reference($0) }
        let schema: JSONValue =
            references.count == 1 ? references[0] : ["oneOf": .array(references)]
        let media: JSONValue = ["schema": schema, "example": example(of: names[0])]
        return .object(JSONObject([(type, media)]))
    }
}

extension ContractOperation.Parameter {
    fileprivate var json: JSONValue {
        [
            "name": .string(name), "in": .string(place), "required": .bool(isRequired),
            "description": .string(text), "schema": schema, "example": example,
        ]
    }
}

extension ContractOperation.Success {
    fileprivate var json: JSONValue {
        var value = JSONObject([("description", .string(text))])
        if !headers.isEmpty {
            value["headers"] = .object(
                JSONObject(
                    headers.map { name in
                        (name, ["$ref": .string("#/components/headers/\(name)")])
                    }))
        }
        if let schema {
            value["content"] = Contract.content(type, schema)
        } else if type != "application/json" {
            let media: JSONValue = ["schema": ["type": "string"]]
            value["content"] = .object(JSONObject([(type, media)]))
        }
        return .object(value)
    }
}
