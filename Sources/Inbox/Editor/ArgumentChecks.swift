package import Approvals
package import JSONSchema
package import JSONTree
package import WireAPI

/// Something that keeps an edit from being sent.
package struct EditProblem: Hashable, Sendable {
    /// Where, in the arguments as they are now.
    package let pointer: JSONPointer
    /// A sentence fragment such as "must be at most 5".
    package let sentence: String

    package init(_ pointer: JSONPointer, _ sentence: String) {
        self.pointer = pointer
        self.sentence = sentence
    }
}

/// What arguments must keep to while they are edited: the tool's schema and the rule's envelope.
package struct ArgumentChecks: Sendable {
    /// Nil when the agent sent no schema, or one that this program does not understand.
    package let schema: JSONSchema?
    /// The schema as the agent sent it.
    let document: JSONValue?
    package let envelope: EditEnvelope
    /// What the rule lets a changed call be.
    package let limits: [EditLimit]
    /// Rules that take a changed call to others, or refuse it.
    private let stricter: [StricterEdit]
    private let original: JSONValue
    /// Why the schema could not be used; the server still holds the edit against it.
    package let schemaTrouble: String?
    /// What was wrong before anybody edited; masks seldom fit the schema of what they hide.
    private let known: Set<SchemaViolation>

    package init(_ view: ApproverView) {
        document = view.schema
        envelope = Self.envelope(view.requirement.editable)
        limits = (view.requirement.editLimits ?? []).map { EditLimit($0) }
        stricter = StricterEdit.all(view)
        original = view.arguments
        guard let document else {
            schema = nil
            schemaTrouble = nil
            known = []
            return
        }
        do {
            let compiled = try JSONSchema(document)
            schema = compiled
            schemaTrouble = nil
            known = Set(compiled.errors(in: view.arguments))
        } catch {
            schema = nil
            schemaTrouble = "The tool's schema cannot be checked here (\(error.keyword))."
            known = []
        }
    }

    /// Everything that is wrong with the edited arguments and was not wrong before.
    package func problems(in tree: EditTree) -> [EditProblem] {
        let value = tree.value
        var past = limits.filter { $0.isBroken(by: value, from: original) }.map {
            EditProblem($0.pointer, "must keep the rule's limit: \($0.words)")
        }
        if let rule = StricterEdit.first(of: stricter, value, from: original), rule.isRefusal {
            past.append(EditProblem(rule.pointer, rule.sentence))
        }
        guard let schema else { return past }
        return past
            + schema.errors(in: value).filter { violation in
                !known.contains(violation) && !Self.isHidden(violation.pointer, in: tree)
            }.map { EditProblem($0.pointer, $0.sentence) }
    }

    /// For whom the edited arguments are, when they are for others; nil when nothing says so.
    package func handsOn(_ tree: EditTree) -> String? {
        let rule = StricterEdit.first(of: stricter, tree.value, from: original)
        return rule.flatMap { $0.isRefusal ? nil : $0.sentence }
    }

    /// Why the value at `pointer` may not be changed; nil when it may.
    package func refusal(at pointer: JSONPointer) -> String? {
        guard case .only(let pointers) = envelope, !envelope.allows(pointer) else { return nil }
        guard !pointers.isEmpty else { return "The rule lets nobody change these arguments." }
        return "The rule lets you change only "
            + pointers.map { "\($0)" }.joined(separator: ", ") + "."
    }

    /// The first place of a patch that the rule does not let anybody change.
    package func refused(in patch: JSONPatch) -> EditProblem? {
        for operation in patch.operations {
            if let reason = refusal(at: operation.pointer) {
                return EditProblem(operation.pointer, reason)
            }
        }
        return nil
    }

    /// The JSON type that the schema wants for a new member, when it says one.
    package func kind(of name: String, in parent: JSONPointer) -> String? {
        guard var schema = document else { return nil }
        for token in parent.tokens {
            if let next = schema["properties"]?[token] ?? schema["items"] { schema = next }
        }
        return schema["properties"]?[name]?["type"]?.stringValue
    }

    private static func isHidden(_ pointer: JSONPointer, in tree: EditTree) -> Bool {
        for length in 0...pointer.tokens.count {
            let place = JSONPointer(tokens: Array(pointer.tokens.prefix(length)))
            guard let path = tree.path(of: place), let node = tree.node(at: path) else {
                return false
            }
            if case .handle = node.content { return true }
        }
        return false
    }

    private static func envelope(_ editable: [String]?) -> EditEnvelope {
        guard let editable else { return .anything }
        var pointers: [JSONPointer] = []
        for text in editable {
            // A pointer that cannot be read allows nothing.
            do { pointers.append(try JSONPointer(parsing: text)) } catch { continue }
        }
        return .only(pointers)
    }
}

extension ArgumentChecks {
    /// The values that the schema lists for a place; empty when it lists none.
    package func choices(at pointer: JSONPointer, in tree: EditTree) -> [JSONValue] {
        schema?.fieldRule(at: pointer, in: tree.value)?.choices ?? []
    }

    /// What the schema wants at a place, in a few words; empty when it says nothing.
    package func hint(at pointer: JSONPointer, in tree: EditTree) -> String {
        // What the rule lets somebody do comes first: the schema is wider.
        var parts = limits.filter { $0.pointer == pointer }.map { "keep \($0.words)" }
        guard let rule = schema?.fieldRule(at: pointer, in: tree.value) else {
            return parts.joined(separator: ", ")
        }
        if rule.types != .all { parts.append("\(rule.types)") }
        if let choices = rule.choices {
            parts.append(
                "one of " + choices.prefix(6).map { $0.text(.compact) }.joined(separator: ", "))
        }
        if let least = rule.numbers.least {
            parts.append((least.isExclusive ? "more than " : "at least ") + least.limit.text)
        }
        if let most = rule.numbers.most {
            parts.append((most.isExclusive ? "less than " : "at most ") + most.limit.text)
        }
        if let least = rule.length.least { parts.append("at least \(least) characters") }
        if let most = rule.length.most { parts.append("at most \(most) characters") }
        if let step = rule.multipleOf { parts.append("a multiple of \(step.text)") }
        for pattern in rule.patterns.prefix(2) { parts.append("like \(pattern)") }
        if let format = rule.format { parts.append("format \(format)") }
        if rule.isRequired { parts.append("required") }
        if let text = rule.description ?? rule.title { parts.append(text) }
        return parts.joined(separator: ", ")
    }
}
