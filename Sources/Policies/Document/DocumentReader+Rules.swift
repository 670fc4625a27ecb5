import Approvals
import Cryptography
import JSONTree
import Redaction

// The parts of a policy.
extension DocumentReader {
    mutating func parent(_ fields: Fields) -> Digest? {
        guard let value = fields.object["parent"], !value.isNull else { return nil }
        guard let digest = value.stringValue.flatMap(Digest.init(text:)) else {
            report(
                fields.place("parent"),
                "This must be the digest of the version before, sha256: and 64 digits, or null.")
            return nil
        }
        return digest
    }

    mutating func tools(_ fields: Fields) -> [ToolPattern] {
        guard let value = fields.object["applies_to"],
            let scope = self.fields(value, at: fields.place("applies_to"), known: ["tools"])
        else { return [] }
        let patterns = list(
            scope, "tools", max: PolicyLimits.toolPatternsMax, named: "toolPatternsMax")
        if scope.object["tools"] == nil || scope.object["tools"]?.arrayValue?.isEmpty == true {
            report(scope.pointer, "Name at least one tool; \"*\" stands for every tool.")
        }
        return patterns.compactMap { element, pointer in
            guard let pattern = element.stringValue.flatMap(ToolPattern.init) else {
                report(pointer, "This must be a tool's name, in which * and ? may stand.")
                return nil
            }
            return pattern
        }
    }

    mutating func rules(_ fields: Fields) -> [PolicyRule] {
        var rules: [PolicyRule] = []
        var places: [RuleID: JSONPointer] = [:]
        for (element, pointer) in list(
            fields, "rules", max: PolicyLimits.rulesMax, named: "rulesMax")
        {
            guard let rule = rule(element, at: pointer) else { continue }
            if let known = places[rule.id] {
                report(pointer.appending("id"), "The rule at \(known) has this id already.")
            }
            places[rule.id] = places[rule.id] ?? pointer
            rules.append(rule)
        }
        return rules
    }

    private mutating func rule(_ value: JSONValue, at pointer: JSONPointer) -> PolicyRule? {
        let known = ["id", "summary", "when", "then"]
        guard let fields = fields(value, at: pointer, known: known) else { return nil }
        for name in ["id", "when", "then"] where fields.object[name] == nil {
            report(pointer, "\"\(name)\" is missing.")
        }
        let id = name(
            fields, "id", as: RuleID.self,
            allowed: "1 to 63 of a-z, 0-9, - and _, and neither default nor on_error")
        let summary = text(fields, "summary", bytesMax: PolicyLimits.textBytesMax)
        guard let then = fields.object["then"],
            let effect = effect(then, at: fields.place("then")), let id,
            let condition = fields.object["when"]
        else { return nil }
        return PolicyRule(id: id, summary: summary, condition: condition, effect: effect)
    }

    mutating func redactions(_ fields: Fields) -> [PointerPattern] {
        list(fields, "redact", max: PolicyLimits.redactionsMax, named: "redactionsMax")
            .compactMap { element, pointer in
                do throws(PointerPattern.Malformed) {
                    return try PointerPattern(element.stringValue ?? "")
                } catch {
                    report(
                        pointer,
                        "This must be a place in the arguments, as in /recipient/iban or "
                            + "/**/password: \(error.reason).")
                    return nil
                }
            }
    }

    mutating func tests(_ fields: Fields) -> [PolicyTest] {
        list(fields, "tests", max: PolicyLimits.testsMax, named: "testsMax")
            .compactMap { test($0, at: $1) }
    }

    private mutating func test(_ value: JSONValue, at pointer: JSONPointer) -> PolicyTest? {
        let known = ["name", "input", "expect"]
        guard let fields = fields(value, at: pointer, known: known) else { return nil }
        for name in ["input", "expect"] where fields.object[name] == nil {
            report(pointer, "\"\(name)\" is missing.")
        }
        let name = requiredText(fields, "name", bytesMax: PolicyLimits.nameBytesMax)
        guard let expected = fields.object["expect"], let input = fields.object["input"],
            let expectation = self.fields(
                expected, at: fields.place("expect"), known: ["effect", "rule"])
        else { return nil }
        if expectation.object["effect"] == nil {
            report(expectation.pointer, "\"effect\" is missing.")
        }
        let effect = word(expectation, "effect", as: EffectKind.self)
        let rule = text(expectation, "rule", bytesMax: PolicyLimits.nameBytesMax)
        guard let name, let effect else { return nil }
        return PolicyTest(name: name, input: input, effect: effect, rule: rule)
    }

    mutating func change(_ fields: Fields) -> PolicyChange? {
        guard let value = fields.object["change"],
            let change = self.fields(value, at: fields.place("change"), known: ["by", "note"]),
            let by = requiredText(change, "by", bytesMax: PolicyLimits.nameBytesMax)
        else { return nil }
        return PolicyChange(
            by: by, note: text(change, "note", bytesMax: PolicyLimits.textBytesMax))
    }
}
