import Approvals

/// How a call was decided, beside how it would have been with one version in its policy's place.
///
/// A shadow's report and a backtest both count by this, so that *laxer* means the same in both.
public struct PolicyComparison: Hashable, Sendable {
    /// What the policies in force came to together.
    public let live: Effect
    /// What they would have come to with the version in the place of its own policy.
    public let instead: Effect

    /// A version that says `effect` beside what each policy in force said.
    ///
    /// The effect is nil where the version does not speak about the call: then what the others say
    /// holds, and a person is asked where nobody speaks.
    public init(
        inForce: [(id: PolicyID, effect: Effect)], with id: PolicyID, saying effect: Effect?
    ) {
        live = Effect.together(inForce.map(\.effect))
        let others = inForce.filter { $0.id != id }.map(\.effect)
        instead = Effect.together([effect].compactMap(\.self) + others)
    }

    /// Which way the version leans against what was in force.
    public var leaning: EffectLeaning { instead.leaning(against: live) }
}

extension Effect {
    /// What holds when all of these do; one person is asked where there is none.
    fileprivate static func together(_ effects: [Effect]) -> Effect {
        guard let first = effects.first else { return .requireApproval(ApprovalTerms()) }
        return effects.dropFirst().reduce(first) { one, other in
            other.isStricter(than: one) ? other.joined(with: one) : one.joined(with: other)
        }
    }
}
