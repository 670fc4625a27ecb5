import JSONTree
import Policies
import Testing

/// Goal: whoever leaves a field out, sends null for it or sends it as another kind gets nothing
/// allowed that was asked for or denied before.
///
/// Method: generated policies and calls. A call whose fields are all there is decided; then each
/// field is taken out, made null and turned into every other kind, one at a time.
struct MissingFieldTests {
    private static let others: [JSONValue] = [
        nil, true, false, 0, 3, "", "x", "3", [], ["x"], [:], ["n": 3],
    ]

    @Test func nothingIsAllowedByLeavingFieldsOut() throws {
        var tried = 0
        var allowed = 0
        for seed in 1...900 as ClosedRange<UInt64> {
            var generator = GeneratedPolicies(seed: seed)
            guard let program = Self.program(generator.policy()) else { continue }
            for _ in 0..<3 {
                let call = generator.call()
                let verdict = program.decide(call)
                if verdict.effect.kind == .allow { allowed += 1 }
                guard verdict.effect.kind != .allow, Self.isDefinite(verdict) else { continue }
                for changed in Self.changes(of: call) {
                    tried += 1
                    let after = program.decide(changed.call)
                    guard after.effect.kind == .allow else { continue }
                    Issue.record(
                        """
                        seed \(seed): \(changed.what) turned \(verdict.json.text()) into \
                        \(after.json.text()) under \(program.policy.document.text())
                        """)
                    return
                }
            }
        }
        #expect(tried > 20_000, "only \(tried) changes were tried")
        #expect(allowed > 200, "only \(allowed) calls were allowed")
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

    private static func changes(of call: JSONValue) -> [(what: String, call: JSONValue)] {
        fields(of: call["args"] ?? .null, at: JSONPointer(tokens: ["args"])).flatMap { pointer in
            var changes: [(String, JSONValue)] = []
            if let less = patched(call, .remove(pointer)) {
                changes.append(("without \(pointer)", less))
            }
            for other in others where kind(other) != kind(call[pointer] ?? .null) {
                if let changed = patched(call, .replace(pointer, other)) {
                    changes.append(("\(pointer) as \(other.text())", changed))
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
