import JSONLogic
import JSONTree
import WireAPI

/// A rule that takes the decision to others, or refuses, once changed arguments fulfil it.
package struct StricterEdit: Sendable {
    /// What it means for whoever edits.
    package let sentence: String
    let isRefusal: Bool
    /// The first place of the arguments that it speaks about.
    let pointer: JSONPointer
    private let program: LogicProgram

    /// Nil for what this program does not understand; the server judges every edit anyway.
    init?(_ value: JSONValue) {
        guard let rule = value["rule"]?.stringValue, let condition = value["when"] else {
            return nil
        }
        do {
            program = try LogicProgram(condition)
        } catch {
            return nil
        }
        let place = program.paths.first { $0.tokens.first == "args" }
        pointer = place.map { JSONPointer(tokens: Array($0.tokens.dropFirst())) } ?? .root
        isRefusal = value["effect"]?.stringValue?.isSame(as: "deny") ?? true
        let name = SafeWords.name(rule, columnsMax: 60)
        let words = ConditionWords.text(condition).cut(to: 80)
        if isRefusal {
            sentence = "is refused by \(name): \(words)"
        } else {
            let group = value["group"]?.stringValue.map { SafeWords.name($0, columnsMax: 30) }
            let quorum = value["quorum"]?.intValue ?? 1
            let people = quorum > 1 ? ", \(quorum) people" : ""
            sentence =
                "For \(group ?? "the default group")\(people): approving hands it on (\(name))."
        }
    }

    /// The rules of a requirement, but for the one that asks already.
    static func all(_ view: ApproverView) -> [StricterEdit] {
        (view.requirement.stricterRules ?? []).filter {
            !($0["rule"]?.stringValue?.isSame(as: view.requirement.rule) ?? false)
        }.compactMap { StricterEdit($0) }
    }

    /// What a changed call comes to, when a rule speaks about it that did not before; a refusal
    /// before anything else. A doubt is left to the server.
    static func first(of rules: [StricterEdit], _ edited: JSONValue, from original: JSONValue)
        -> StricterEdit?
    {
        guard edited != original else { return nil }
        let speaking = rules.filter { $0.matches(edited) && !$0.matches(original) }
        return speaking.first(where: \.isRefusal) ?? speaking.first
    }

    private func matches(_ arguments: JSONValue) -> Bool {
        program.truth(on: program.resolve(["args": arguments])) == .yes
    }
}
