public import Approvals
public import JSONTree

/// What a rule does with a call.
public enum Effect: Hashable, Sendable {
    /// It runs without a person; acknowledged when the author said that everything may.
    case allow(isAcknowledged: Bool)
    /// It is refused, for a reason that programs can read; `instead` tells the agent what it may
    /// do.
    case deny(reasonCode: String?, instead: String?)
    /// A person decides.
    case requireApproval(ApprovalTerms)

    /// The effect without its details.
    public var kind: EffectKind {
        switch self {
        case .allow: .allow
        case .deny: .deny
        case .requireApproval: .requireApproval
        }
    }

    /// What a person must fulfil, when one is asked.
    public var terms: ApprovalTerms? {
        if case .requireApproval(let terms) = self { terms } else { nil }
    }

    /// True when this is stricter: deny, then a person, then allow; of two that ask a person, the
    /// one that asks more people, then the one that waits for a shorter time.
    public func isStricter(than other: Effect) -> Bool {
        guard let terms, let others = other.terms else { return kind > other.kind }
        guard terms.quorum == others.quorum else { return terms.quorum > others.quorum }
        return terms.timeoutSeconds ?? .max < others.timeoutSeconds ?? .max
    }
}

/// Which way an effect leans against another one.
public enum EffectLeaning: String, Hashable, Sendable {
    case laxer, same, stricter
}

extension Effect {
    /// Laxer when it asks less of people in anything, whatever else it asks more; else stricter
    /// when it asks more. Of two that are alike in that, the one that waits longer is the laxer.
    public func leaning(against other: Effect) -> EffectLeaning {
        if asksLess(than: other) { return .laxer }
        if other.asksLess(than: self) { return .stricter }
        if isStricter(than: other) { return .stricter }
        return other.isStricter(than: self) ? .laxer : .same
    }

    private func asksLess(than other: Effect) -> Bool {
        guard let terms, let others = other.terms else { return kind < other.kind }
        return terms.quorum < others.quorum || terms.risk ?? .low < others.risk ?? .low
            || !terms.isReasonRequired && others.isReasonRequired
            || terms.allowsFlag && !others.allowsFlag
            || terms.posture == .failOpen && others.posture == .failClosed
            || terms.lending < others.lending
    }

    /// This, with the stricter terms of another effect that asks people, too.
    ///
    /// Only what is asked of people is joined: a refusal stays one, and so does what is allowed.
    public func joined(with other: Effect) -> Effect {
        guard let terms, let others = other.terms else { return self }
        return .requireApproval(terms.joined(with: others))
    }
}

/// The three effects; the strictest is the largest.
public enum EffectKind: String, Hashable, Sendable, CaseIterable, Comparable {
    case allow
    case requireApproval = "require_approval"
    case deny

    /// The laxer is less.
    public static func < (left: EffectKind, right: EffectKind) -> Bool { left.rank < right.rank }

    private var rank: Int {
        switch self {
        case .allow: 0
        case .requireApproval: 1
        case .deny: 2
        }
    }
}

/// What an approval by people must fulfil.
public struct ApprovalTerms: Hashable, Sendable {
    /// Who is asked; nil for the tenant's default group.
    public var group: GroupName?
    /// How many distinct people must approve.
    public var quorum: Int
    /// How long they have; nil for the tenant's or the agent's wish.
    public var timeoutSeconds: Int?
    /// What happens when nobody decides in time.
    public var posture: Posture
    /// How much harm the call may do; nil leaves it to the tenant's settings.
    public var risk: Risk?
    /// Whether an approval says why, as a rejection always does.
    public var isReasonRequired: Bool
    /// What may be changed; nil for everything that the tool's schema allows.
    public var editable: [JSONPointer]?
    /// What changed arguments must fulfil, over `edited.*` and `args.*`.
    public var editLimit: JSONValue?
    /// Whether a call that its agent flags as `auto_approve` needs no person.
    public var allowsFlag: Bool
    /// Whether somebody may decide on behalf of another; nil for what is usual at the risk.
    public var delegation: DelegationRule?
    /// What happens when nobody who could decide may be disturbed; nil for what is usual at the
    /// risk.
    public var allQuiet: AllQuiet?

    /// The same with what is usual where nothing is said.
    var lending: DelegationRule { delegation ?? .usual(for: risk ?? .low) }

    /// Asks one person of the tenant's default group unless something else is said.
    public init(
        group: GroupName? = nil, quorum: Int = 1, timeoutSeconds: Int? = nil,
        posture: Posture = .failClosed, risk: Risk? = nil, isReasonRequired: Bool = false,
        editable: [JSONPointer]? = nil, editLimit: JSONValue? = nil, allowsFlag: Bool = false,
        delegation: DelegationRule? = nil, allQuiet: AllQuiet? = nil
    ) {
        self.allQuiet = allQuiet
        self.delegation = delegation
        self.group = group
        self.quorum = quorum
        self.timeoutSeconds = timeoutSeconds
        self.posture = posture
        self.risk = risk
        self.isReasonRequired = isReasonRequired
        self.editable = editable
        self.editLimit = editLimit
        self.allowsFlag = allowsFlag
    }

    /// What holds when both are asked: who decides is this one's to say, the rest is the stricter.
    ///
    /// Where both release a call without an answer, the one that waits longer is the stricter.
    func joined(with other: ApprovalTerms) -> ApprovalTerms {
        var joined = self
        joined.quorum = max(quorum, other.quorum)
        if posture == .failOpen, other.posture == .failOpen {
            joined.timeoutSeconds = timeoutSeconds.flatMap { own in
                other.timeoutSeconds.map { max(own, $0) }
            }
        }
        joined.posture = posture == .failOpen ? other.posture : posture
        joined.risk = [risk, other.risk].compactMap(\.self).max()
        joined.isReasonRequired = isReasonRequired || other.isReasonRequired
        joined.editable = Self.common(editable, other.editable)
        joined.allowsFlag = allowsFlag && other.allowsFlag
        joined.delegation = DelegationRule.joined(delegation, other.delegation)
        joined.allQuiet = AllQuiet.joined(allQuiet, other.allQuiet)
        return joined
    }

    /// The places that both let change; nil for everything.
    private static func common(
        _ one: [JSONPointer]?, _ two: [JSONPointer]?
    ) -> [JSONPointer]? {
        guard let one, let two else { return one ?? two }
        func inside(_ places: [JSONPointer], _ others: [JSONPointer]) -> [JSONPointer] {
            places.filter { place in others.contains { $0.isPrefix(of: place) } }
        }
        let both = inside(one, two)
        return both + inside(two, one).filter { !both.contains($0) }
    }
}
