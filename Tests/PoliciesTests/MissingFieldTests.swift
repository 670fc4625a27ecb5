import Approvals
import JSONTree
import Policies
import Testing

/// Goal: whoever leaves a field out, sends null for it or sends it as another kind gets nothing
/// released that people would have decided or that would have been denied: neither by a rule that
/// allows, nor by the agent's flag, nor by silence.
///
/// Method: generated policies and calls. A call whose fields are all there is decided; then each
/// field is taken out, made null and turned into every other kind, one at a time.
struct MissingFieldTests {
    private static let others: [JSONValue] = [
        nil, true, false, 0, 3, "", "x", "3", [], ["x"], [:], ["n": 3],
    ]

    /// How often something was there to go wrong; without it a pass would say nothing.
    private struct Tally {
        var tried = 0
        var retyped = 0
        var turned = 0
        var allowed = 0
        var flagged = 0
        var open = 0
        var wasLax = 0
        var secrets = 0

        mutating func count(_ program: PolicyProgram, _ verdict: PolicyVerdict) {
            if verdict.effect.kind == .allow { allowed += 1 }
            if verdict.effect.terms?.allowsFlag == true { flagged += 1 }
            if verdict.effect.terms?.posture == .failOpen { open += 1 }
            if verdict.paths.contains(JSONPointer(tokens: ["scan", "found"])) { secrets += 1 }
        }

        mutating func count(
            _ change: Change, _ before: PolicyVerdict, _ after: PolicyVerdict,
            in program: PolicyProgram
        ) {
            tried += 1
            if change.isRetyped { retyped += 1 }
            if before.answers != after.answers { turned += 1 }
            let lax = program.policy.rules.filter {
                !$0.effect.ways.isSubset(of: before.effect.ways)
            }
            if before.answers != after.answers, !lax.isEmpty { wasLax += 1 }
        }
    }

    private struct Change {
        let what: String
        let call: JSONValue
        let isRetyped: Bool
    }

    @Test func nothingIsReleasedByLeavingFieldsOut() throws {
        var tally = Tally()
        for seed in 1...900 as ClosedRange<UInt64> {
            var generator = GeneratedPolicies(seed: seed)
            guard let program = Self.program(generator.policy()) else { continue }
            for _ in 0..<3 {
                let call = generator.call()
                let before = program.decide(call)
                tally.count(program, before)
                guard before.effect.kind != .allow, Self.isDefinite(before) else { continue }
                for change in Self.changes(of: call) {
                    let after = program.decide(change.call)
                    tally.count(change, before, after, in: program)
                    guard !after.effect.ways.isSubset(of: before.effect.ways) else { continue }
                    Issue.record(
                        """
                        seed \(seed): \(change.what) turned \(before.json.text()) into \
                        \(after.json.text()) under \(program.policy.document.text())
                        """)
                    return
                }
            }
        }
        #expect(tally.tried > 20_000 && tally.retyped > 15_000, "\(tally)")
        #expect(tally.turned > 4_000 && tally.wasLax > 2_000, "\(tally)")
        #expect(tally.allowed > 200 && tally.flagged > 150 && tally.open > 150, "\(tally)")
        #expect(tally.secrets > 150, "\(tally)")
    }

    /// An error anywhere means that nothing is allowed, whatever the rest says.
    @Test func nothingIsAllowedBesideAnError() throws {
        for seed in 1...300 as ClosedRange<UInt64> {
            var generator = GeneratedPolicies(seed: seed &+ 77_000)
            guard let program = Self.program(generator.policy()) else { continue }
            for changed in Self.changes(of: generator.call()) {
                let verdict = program.decide(changed.call)
                guard program.policy.hitPolicy == .strictest, !Self.isDefinite(verdict) else {
                    continue
                }
                #expect(verdict.effect.kind != .allow, "seed \(seed): \(changed.what)")
            }
        }
    }

    private static func program(_ document: JSONValue) -> PolicyProgram? {
        do {
            return try PolicyProgram(try Policy(document))
        } catch {
            return nil
        }
    }

    /// Whether every rule had an answer, so that every field was of a kind that the rules take.
    private static func isDefinite(_ verdict: PolicyVerdict) -> Bool {
        verdict.answers.allSatisfy {
            if case .error = $0.result { false } else { true }
        }
    }

    private static func changes(of call: JSONValue) -> [Change] {
        fields(of: call["args"] ?? .null, at: JSONPointer(tokens: ["args"])).flatMap { pointer in
            var changes: [Change] = []
            if let less = patched(call, .remove(pointer)) {
                changes.append(
                    Change(what: "without \(pointer)", call: less, isRetyped: false))
            }
            for other in others where kind(other) != kind(call[pointer] ?? .null) {
                if let changed = patched(call, .replace(pointer, other)) {
                    changes.append(
                        Change(
                            what: "\(pointer) as \(other.text())", call: changed,
                            isRetyped: other != .null))
                }
            }
            return changes
        }
    }

    /// Every member of every object; an element of a list is not a field.
    private static func fields(of value: JSONValue, at pointer: JSONPointer) -> [JSONPointer] {
        switch value {
        case .null, .bool, .number, .string: []
        case .array(let elements):
            elements.enumerated().flatMap { fields(of: $1, at: pointer.appending($0)) }
        case .object(let object):
            object.members.flatMap { member in
                let place = pointer.appending(member.name)
                return [place] + fields(of: member.value, at: place)
            }
        }
    }

    private static func kind(_ value: JSONValue) -> Int {
        switch value {
        case .null: 0
        case .bool: 1
        case .number: 2
        case .string: 3
        case .array: 4
        case .object: 5
        }
    }

    private static func patched(
        _ call: JSONValue, _ operation: JSONPatch.Operation
    ) -> JSONValue? {
        do {
            return try JSONPatch([operation]).applied(to: call)
        } catch {
            return nil
        }
    }
}

extension Effect {
    /// The ways in which a call may run without a person.
    fileprivate var ways: Set<String> {
        switch self {
        case .allow: return ["allowed", "by flag", "by silence"]
        case .deny: return []
        case .requireApproval(let terms):
            var ways: Set<String> = []
            if terms.allowsFlag { ways.insert("by flag") }
            if terms.posture == .failOpen { ways.insert("by silence") }
            return ways
        }
    }
}
