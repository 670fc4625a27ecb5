import Approvals
public import JSONTree
import Policies

/// A stored call, in the parts that a policy is tried on.
///
/// It is read from the record of an approval without making the approval: a million of them are
/// read in one backtest.
public struct StoredCall {
    let record: JSONValue

    /// The parts of a record that are read at all, when conditions read these paths of the input.
    public static func parts(reading paths: [JSONPointer]) -> JSONSelection {
        var facts: [String: JSONSelection] = [:]
        for root in Set(paths.compactMap(\.tokens.first)) { facts[root] = .whole }
        // What the scanner finds is found in all of the arguments.
        let readsAll = facts["scan"] != nil || paths.contains(where: \.isRoot)
        let arguments = paths.filter { $0.tokens.first == "args" }.map { $0.tokens.dropFirst() }
        return .members([
            "id": .whole, "agent": .whole, "tool": .whole, "redactions": .whole,
            "arguments": readsAll ? .whole : selection(of: arguments),
            "context": .whole, "origin": .whole, "created": .whole, "settled": .whole,
            "state": .whole, "released": .whole, "former_groups": .whole,
            "provenance": .members(["basis": .whole]),
            "requirement": .members(["group": .whole, "quorum": .whole]),
            "policies": .members([
                "input": readsAll ? .whole : .members(facts),
                "verdicts": .elements(
                    .members([
                        "policy": .members(["id": .whole]), "effect": .whole, "asks": .whole,
                    ])),
            ]),
        ])
    }

    /// The members along some paths; from a place in an array on, everything.
    private static func selection(of paths: [ArraySlice<String>]) -> JSONSelection {
        var inner: [String: [ArraySlice<String>]] = [:]
        for path in paths {
            guard let name = path.first, !name.utf8.allSatisfy({ (48...57).contains($0) }) else {
                return .whole
            }
            inner[name, default: []].append(path.dropFirst())
        }
        return .members(inner.mapValues(selection))
    }

    /// Takes the parts of a record.
    public init(record: JSONValue) { self.record = record }

    var tool: String { record["tool"]?.stringValue ?? "" }

    var arguments: JSONValue { record["arguments"] ?? .null }

    /// What the policies saw; nil when no policy was asked.
    var policies: JSONValue? { record["policies"] }

    var createdAt: Timestamp { Timestamp(milliseconds: record["created"]?.intValue ?? 0) }

    var state: ApprovalState? { record["state"]?.stringValue.flatMap(ApprovalState.init) }

    /// Why it was settled, in the word of the wire.
    var basis: String? { record["provenance"]?["basis"]?.stringValue }

    /// Who was asked first.
    var group: GroupName? {
        let former = record["former_groups"]?.arrayValue?.first?.stringValue
        return (former ?? record["requirement"]?["group"]?.stringValue).flatMap { GroupName($0) }
    }

    var quorum: Int { Int(record["requirement"]?["quorum"]?.intValue ?? 1) }

    var person: PersonsWord {
        switch basis {
        case "policy", "tool_flag", "grant": .notAsked
        case "person", "break_glass":
            record["released"]?.boolValue == true ? .approved : .rejected
        default: .unanswered
        }
    }

    var waitedMilliseconds: Int64 {
        guard let settled = record["settled"]?.intValue else { return 0 }
        return max(0, settled - createdAt.milliseconds)
    }

    /// Whether something that approvers do not see stands at one of these paths of the input, in it
    /// or around it.
    func hides(anyOf paths: [JSONPointer]) -> Bool {
        let hidden = (record["redactions"]?.arrayValue ?? []).map { $0.stringValue ?? "" }
        guard !hidden.isEmpty || ["context", "origin"].contains(where: holdsMask) else {
            return false
        }
        return paths.contains { path in
            switch path.tokens.first {
            case "tool", "agent", "time", "history": false
            case "args":
                hidden.contains { text in
                    let place = JSONPointer(tokens: Array(path.tokens.dropFirst())).description
                    return text == place || text.hasPrefix(place + "/")
                        || place.hasPrefix(text + "/")
                }
            default: true
            }
        }
    }

    private func holdsMask(_ part: String) -> Bool {
        record[part]?.objectValue?.members.contains {
            $0.value.stringValue?.contains("‹") ?? false
        } ?? false
    }

    /// What each policy in force said; nil when that cannot be read.
    var inForce: [(id: PolicyID, effect: Effect)]? {
        var all: [(id: PolicyID, effect: Effect)] = []
        for verdict in policies?["verdicts"]?.arrayValue ?? [] {
            guard let id = verdict["policy"]?["id"]?.stringValue.flatMap({ PolicyID($0) }),
                let kind = verdict["effect"]?.stringValue.flatMap(EffectKind.init)
            else { return nil }
            all.append((id, effect(kind, verdict["asks"])))
        }
        return all
    }

    /// Calls from before it was kept what people were asked had the quorum of the decisive rule.
    private func effect(_ kind: EffectKind, _ asks: JSONValue?) -> Effect {
        switch kind {
        case .allow: .allow(isAcknowledged: false)
        case .deny: .deny(reasonCode: nil, instead: nil)
        case .requireApproval:
            .requireApproval(asks.map(ApprovalTerms.init) ?? ApprovalTerms(quorum: quorum))
        }
    }
}
