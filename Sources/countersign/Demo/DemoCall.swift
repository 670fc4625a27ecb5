import Approvals
import JSONTree
import WireAPI

/// One call that an agent of the demo wants to make.
struct DemoCall {
    var tool: String
    var group: String
    var minutes: Double
    var summary: String
    var reason: String
    var arguments: JSONValue
    var redact: [String] = []
    var schema: JSONValue?
    var preview: String?

    /// The body to submit; nil when a name in the table is wrong.
    var submission: SubmitBody? {
        guard let group = GroupName(group) else { return nil }
        return SubmitBody(
            tool: tool, arguments: arguments, schema: schema, redact: redact.isEmpty ? nil : redact,
            timeoutSeconds: Int(minutes * 60), group: group,
            context: ContextBody(summary: summary, reason: reason, preview: preview))
    }
}

extension JSONValue {
    static func text(_ text: String) -> JSONValue { .string(text) }
    static func count(_ number: Int) -> JSONValue { .number(JSONNumber(number)) }
}
