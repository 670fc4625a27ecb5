public import Approvals
import JSONTree
public import Policies

/// What one shadow said to a call, as it is counted: no values, and no reasons.
public struct ShadowMark: Hashable, Sendable {
    public let policy: PolicyID
    public let version: Int
    /// What was in force said.
    public let live: EffectKind
    /// What would have held with the version in force; nil when it could not be asked.
    public let said: EffectKind?
    /// What decided in the version; nil when it could not be asked or leaves the tool out.
    public let rule: String?
    public let leaning: ShadowLeaning

    /// False when a rule that mattered had no answer, or the version could not be asked.
    public var isAnswered: Bool { said != nil && rule != Decider.onError.name }

    /// True for what a person should look at.
    public var isCase: Bool { leaning != .same || !isAnswered }

    /// Puts a mark together.
    public init(
        policy: PolicyID, version: Int, live: EffectKind, said: EffectKind?, rule: String?,
        leaning: ShadowLeaning
    ) {
        self.policy = policy
        self.version = version
        self.live = live
        self.said = said
        self.rule = rule
        self.leaning = leaning
    }
}

/// How many calls met a version in the same way.
public struct ShadowTally: Hashable, Sendable {
    public let live: EffectKind
    public let said: EffectKind?
    public let leaning: ShadowLeaning
    public let isAnswered: Bool
    public let person: PersonsWord
    public let isReviewed: Bool
    public let count: Int
    /// How long all of them waited for people.
    public let waitedMilliseconds: Int64

    /// Puts a tally together.
    public init(
        live: EffectKind, said: EffectKind?, leaning: ShadowLeaning, isAnswered: Bool,
        person: PersonsWord, isReviewed: Bool, count: Int, waitedMilliseconds: Int64
    ) {
        self.live = live
        self.said = said
        self.leaning = leaning
        self.isAnswered = isAnswered
        self.person = person
        self.isReviewed = isReviewed
        self.count = count
        self.waitedMilliseconds = waitedMilliseconds
    }
}

/// A call that a version judges otherwise, and who looked at it.
public struct ShadowCase: Hashable, Sendable {
    public let approval: ApprovalID
    public let reviewer: MemberID?

    /// Puts a case together.
    public init(approval: ApprovalID, reviewer: MemberID?) {
        self.approval = approval
        self.reviewer = reviewer
    }
}

extension Approval {
    /// What the shadows said when the call was submitted.
    public var shadowMarks: [ShadowMark] {
        guard let shadows = policyRecord?["shadows"]?.arrayValue, !shadows.isEmpty else {
            return []
        }
        let live = PolicyReference.live(of: policyRecord)
        return shadows.compactMap { shadow in
            guard let reference = PolicyReference(of: shadow) else { return nil }
            return ShadowMark(
                policy: reference.id, version: reference.version, live: live,
                said: (shadow["instead"] ?? shadow["effect"])?.stringValue
                    .flatMap(EffectKind.init),
                rule: shadow["rule"]?.stringValue,
                leaning: shadow["leaning"]?.stringValue.flatMap(ShadowLeaning.init) ?? .error)
        }
    }

    /// What became of the call among people, so far.
    public var personsWord: PersonsWord {
        switch provenance {
        case .policy, .toolFlag, .grant: .notAsked
        case .person, .breakGlass:
            isReleased ? .approved : state == .rejected ? .rejected : .unanswered
        case .timeout, nil: .unanswered
        }
    }

    /// How long the call waited until it was settled; 0 before that.
    public var waitedMilliseconds: Int64 {
        guard let settledAt else { return 0 }
        return max(0, settledAt.since(createdAt))
    }
}

/// How a record names a version of a policy.
struct PolicyReference: Hashable {
    let id: PolicyID
    let version: Int

    /// The version that gave a recorded verdict; one that could not be asked is named in one word.
    init?(of verdict: JSONValue) {
        var name = verdict["policy"]?["id"]?.stringValue
        var number = verdict["policy"]?["version"]?.intValue
        if let word = verdict["policy"]?.stringValue {
            let halves = word.split(separator: "@", maxSplits: 1).map(String.init)
            name = halves.first
            number = halves.count > 1 ? Int64(halves[1]) : nil
        }
        guard let id = name.flatMap({ PolicyID($0) }),
            let version = number.flatMap({ Int(exactly: $0) })
        else { return nil }
        self.id = id
        self.version = version
    }

    /// What was in force said: the strictest of all; a person when no policy spoke.
    static func live(of record: JSONValue?) -> EffectKind {
        let kinds = (record?["verdicts"]?.arrayValue ?? []).compactMap {
            $0["effect"]?.stringValue.flatMap(EffectKind.init)
        }
        return kinds.max() ?? .requireApproval
    }
}
