import JSONTree
import TextGrid

/// A version of a policy as people read it: what it is about, its rules in their order, and what
/// holds when none of them matches.
struct PolicyLines {
    let document: JSONValue

    init(_ document: JSONValue) { self.document = document }

    var lines: [PageLine] {
        var lines: [Line] = []
        let tools = texts(document["applies_to"]?["tools"])
        lines.append(
            [Span("Applies to  ", .dim), Span(tools.isEmpty ? "every tool" : tools, .text)])
        let isFirst = document["hit_policy"]?.stringValue?.isSame(as: "first") ?? false
        lines.append(
            [
                Span("Decides     ", .dim),
                Span(isFirst ? "the first rule that matches" : "the strictest rule that matches"),
            ])
        for rule in document["rules"]?.arrayValue ?? [] { lines += self.lines(of: rule) }
        lines.append(Line())
        lines.append([Span("otherwise   ", .dim), Span(effect(document["default"]))])
        if let onError = document["on_error"] {
            lines.append([Span("no answer   ", .dim), Span(effect(onError))])
        }
        for definition in document["defs"]?.objectValue?.members ?? [] {
            lines.append(
                [
                    Span("\(definition.name)  ", .jsonName),
                    Span(ConditionWords.text(definition.value)),
                ])
        }
        for table in document["tables"]?.objectValue?.members ?? [] {
            lines.append(
                [
                    Span("\(table.name)  ", .jsonName),
                    Span(table.value.text(.compact).cut(to: 400)),
                ])
        }
        let hidden = texts(document["redact"])
        if !hidden.isEmpty {
            lines.append([Span("hidden      ", .dim), Span(hidden, .redacted)])
        }
        return lines.map { PageLine($0) }
    }

    private func lines(of rule: JSONValue) -> [Line] {
        let summary = rule["summary"]?.stringValue
        var head: Line = [Span(rule["id"]?.stringValue ?? "?", .heading)]
        if let summary { head = head + [Span("  \(summary)", .agentWords)] }
        return [
            Line(), head,
            [Span("  when  ", .dim), Span(ConditionWords.text(rule["when"] ?? .null))],
            [Span("  then  ", .dim), Span(effect(rule["then"]))],
        ]
    }

    /// What an effect means for a call.
    private func effect(_ effect: JSONValue?) -> String {
        switch effect?["effect"]?.stringValue {
        case "allow"?: "it runs by itself"
        case "deny"?:
            "it is refused" + (effect?["reason_code"]?.stringValue.map { " (\($0))" } ?? "")
                + (effect?["instead"]?.stringValue.map { "; instead: \($0)" } ?? "")
        case "require_approval"?: effect.map(asking) ?? ""
        case let other?: other
        case nil: "nothing is said"
        }
    }

    private func asking(_ effect: JSONValue) -> String {
        var parts = ["\(effect["group"]?.stringValue ?? "the tenant's group") is asked"]
        if let quorum = effect["quorum"]?.intValue, quorum > 1 { parts.append("\(quorum) people") }
        if let seconds = effect["timeout_s"]?.intValue { parts.append("\(seconds) s") }
        if let risk = effect["risk"]?.stringValue { parts.append("risk \(risk)") }
        if effect["reason_required"] == true { parts.append("a reason is needed") }
        if effect["on_timeout"]?.stringValue?.isSame(as: "fail_open") ?? false {
            parts.append("RUNS WHEN NOBODY ANSWERS")
        }
        if let lent = effect["delegation"]?.stringValue { parts.append("delegation \(lent)") }
        if effect["auto_approve"] == true { parts.append("nobody, when the agent flags it") }
        if let places = effect["editable"]?.arrayValue {
            parts.append(
                places.isEmpty ? "nothing may be edited" : "may be edited: \(texts(.array(places)))"
            )
        }
        if let limit = effect["edit_limit"] {
            parts.append("edits keep \(ConditionWords.text(limit))")
        }
        return parts.joined(separator: ", ")
    }

    private func texts(_ value: JSONValue?) -> String {
        (value?.arrayValue ?? []).compactMap(\.stringValue).joined(separator: ", ")
    }
}
