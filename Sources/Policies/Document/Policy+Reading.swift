import Approvals
import Cryptography
public import JSONTree

extension Policy {
    /// Reads a document; refuses one that is not whole, with every place that is wrong.
    ///
    /// This looks at the form only: what the rules say is looked at by `PolicyProgram`, and what
    /// they are worth by `PolicyLint`.
    public init(_ document: JSONValue) throws(PolicyRefusal) {
        var reader = DocumentReader()
        let canonical = Self.canonical(document, &reader)
        let policy = Self.read(document, canonical: canonical, &reader)
        guard reader.problems.isEmpty, let policy else {
            throw PolicyRefusal(reader.problems)
        }
        self = policy
    }

    private static func canonical(
        _ document: JSONValue, _ reader: inout DocumentReader
    ) -> [UInt8] {
        do {
            let bytes = try document.canonicalBytes()
            let most = PolicyLimits.documentBytesMax
            if bytes.count > most {
                reader.report(.root, "The document is too long: documentBytesMax is \(most).")
            }
            return bytes
        } catch {
            reader.report(error.pointer, "This has no canonical form: \(error.reason).")
            return []
        }
    }

    private static let known = [
        "id", "version", "parent", "status", "hit_policy", "applies_to", "defs", "tables", "rules",
        "default", "on_error", "redact", "tests", "change",
    ]

    private static func read(
        _ document: JSONValue, canonical: [UInt8], _ reader: inout DocumentReader
    ) -> Policy? {
        guard let fields = reader.fields(document, at: .root, known: known) else { return nil }
        for name in ["id", "version", "applies_to", "rules", "default"]
        where fields.object[name] == nil {
            reader.report(.root, Self.missing(name))
        }
        let id = reader.name(
            fields, "id", as: PolicyID.self, allowed: "1 to 63 of a-z, 0-9 and hyphens")
        let version = reader.integer(fields, "version", in: 1...PolicyLimits.versionMax)
        let fallback = fields.object["default"].flatMap {
            reader.effect($0, at: fields.place("default"))
        }
        let policy = Policy(
            id: id ?? .unread, version: version ?? 1, parent: reader.parent(fields),
            status: reader.word(fields, "status", as: PolicyStatus.self) ?? .draft,
            hitPolicy: reader.word(fields, "hit_policy", as: HitPolicy.self) ?? .strictest,
            tools: reader.tools(fields), definitions: reader.map(fields, "defs"),
            tables: reader.map(fields, "tables"), rules: reader.rules(fields),
            fallback: fallback ?? .requireApproval(ApprovalTerms()),
            onError: reader.onError(fields), redactions: reader.redactions(fields),
            tests: reader.tests(fields), change: reader.change(fields), document: document,
            digest: SHA256.hash(canonical))
        return policy
    }

    private static func missing(_ name: String) -> String {
        switch name {
        case "default":
            "\"default\" is missing. Say what happens when no rule matches, as in "
                + "{\"effect\": \"require_approval\"}."
        case "applies_to":
            "\"applies_to\" is missing. Name the tools, as in {\"tools\": [\"issue_refund\"]}."
        default: "\"\(name)\" is missing."
        }
    }
}

extension PolicyID {
    /// Stands where the document's own name cannot be read; such a document is refused.
    fileprivate static var unread: PolicyID {
        guard let id = PolicyID("unread") else {
            preconditionFailure("unread is a name for a policy.")
        }
        return id
    }
}
