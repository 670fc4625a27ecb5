import Approvals
import Cryptography
import Gate
import JSONSchema
import JSONTree
import WireAPI

/// `gate --dry-run`: checks a call as far as that is possible here, and says what would be asked.
///
/// Nothing is sent and nothing runs, and the status is one of its own: a script that was left with
/// the option in it does not take the call for released.
struct DryRun {
    let order: GateOrder
    /// What would run; empty when the caller would.
    let command: [String]
    let isJSON: Bool

    /// Prints what it found; always throws how it ends.
    func tell() throws -> Never {
        try check()
        if isJSON {
            Output.json([
                "dry_run": true, "effective": nil, "proposed_digest": order.proposedDigest.wire,
                "submission": order.submission.wire,
            ])
        } else {
            Output.note(lines: lines.joined(separator: "\n"))
        }
        throw Complaint(
            "Dry run: nothing was sent, and nothing ran.",
            next: "Leave out --dry-run to have people decide on it.", .dryRun)
    }

    private var lines: [String] {
        let body = order.submission
        let asked = body.group?.rawValue ?? "whom the policies or the tenant name"
        let runs =
            command.isEmpty ? "nothing; the arguments are printed" : command.joined(separator: " ")
        let hidden = body.redact?.joined(separator: " ") ?? "what the server's scanner finds"
        return [
            "Tool       \(body.tool)",
            "Arguments  \(body.arguments.text(.compact))",
            "Digest     \(order.proposedDigest.text)",
            "Hidden     \(hidden)",
            "Asked      \(asked)",
            "Would run  \(runs)",
        ]
    }

    /// What the control plane would refuse, found here.
    private func check() throws(Complaint) {
        let body = order.submission
        for text in body.redact ?? [] {
            guard Self.points(text, into: body.arguments) else {
                throw Complaint(
                    "--redact \(text) points to nothing in the arguments.",
                    next: "Give a JSON Pointer such as /recipient/iban.", .badInput)
            }
        }
        guard let schema = body.schema else { return }
        let violations: [SchemaViolation]
        do {
            violations = try JSONSchema(schema).errors(in: body.arguments)
        } catch {
            throw Complaint(
                "The schema cannot be used: \(error.keyword) \(error.sentence)",
                next: "Mend the schema at \(error.pointer).", .badInput)
        }
        if let first = violations.first {
            throw Complaint(
                "The arguments do not fit the schema: \(first.pointer) \(first.sentence)",
                next: "Mend the arguments or the schema.", .badInput)
        }
    }

    private static func points(_ text: String, into arguments: JSONValue) -> Bool {
        do {
            let pointer = try JSONPointer(parsing: text)
            return !pointer.isRoot && arguments[pointer] != nil
        } catch {
            return false
        }
    }
}
