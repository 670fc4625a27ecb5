import Approvals
import JSONTree
import Policies
import Testing

/// Goal: one definition of laxer, for what a shadow says and for what a backtest finds: how the
/// call is decided with the version in the place of its own policy, and not what it says alone.
struct ComparisonTests {
    @Test(
        arguments: [
            // What was in force, policy by policy; what the version of `own` says; the leaning.
            (["own": "ask"], "allow", .laxer), (["own": "allow"], "ask", .stricter),
            (["own": "ask"], "ask", .same), ([:], "allow", .laxer), ([:], "deny", .stricter),
            ([:], "ask", .same), (["own": "ask two"], "ask", .laxer),
            (["own": "ask"], "ask two", .stricter), (["own": "ask"], "ask flag", .laxer),
            // Another policy still refuses, or asks as much.
            (["own": "ask", "other": "deny"], "allow", .same),
            (["own": "ask", "other": "ask"], "allow", .same),
            (["own": "ask two", "other": "ask"], "allow", .laxer),
            // A version that leaves the tool out says nothing: a person is asked, or the others.
            (["own": "deny"], nil, .laxer), (["own": "allow"], nil, .stricter),
            (["own": "deny", "other": "allow"], nil, .laxer), (["own": "ask"], nil, .same),
        ] as [([String: String], String?, EffectLeaning)])
    func leaning(
        _ inForce: [String: String], _ said: String?, _ leaning: EffectLeaning
    ) throws {
        let own = try #require(PolicyID("own"))
        let verdicts = try inForce.sorted { $0.key < $1.key }.map {
            (id: try #require(PolicyID($0.key)), effect: try Self.effect($0.value))
        }
        let comparison = PolicyComparison(
            inForce: verdicts, with: own, saying: try said.map(Self.effect))
        #expect(comparison.leaning == leaning)
    }

    /// Method: what people were asked is written down with the call and read again.
    @Test func termsSurviveTheRecord() throws {
        let group = try #require(GroupName("finance"))
        for terms in [
            ApprovalTerms(),
            ApprovalTerms(
                group: group, quorum: 3, timeoutSeconds: 60, posture: .failOpen, risk: .high,
                isReasonRequired: true, allowsFlag: true),
        ] {
            #expect(ApprovalTerms(record: terms.record) == terms)
        }
    }

    private static func effect(_ word: String) throws -> Effect {
        switch word {
        case "allow": .allow(isAcknowledged: false)
        case "deny": .deny(reasonCode: nil, instead: nil)
        case "ask": .requireApproval(ApprovalTerms())
        case "ask two": .requireApproval(ApprovalTerms(quorum: 2))
        case "ask flag": .requireApproval(ApprovalTerms(allowsFlag: true))
        default: throw UnknownWord(word: word)
        }
    }

    private struct UnknownWord: Error {
        let word: String
    }
}
