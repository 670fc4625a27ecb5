public import Approvals
public import JSONTree

/// What a rule does with a call.
public enum Effect: Hashable, Sendable {
    /// It runs without a person; acknowledged when the author said that everything may.
    case allow(isAcknowledged: Bool)
    /// It is refused, for a reason that programs can read.
    case deny(reasonCode: String?)
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

    /// Asks one person of the tenant's default group unless something else is said.
    public init(
        group: GroupName? = nil, quorum: Int = 1, timeoutSeconds: Int? = nil,
        posture: Posture = .failClosed, risk: Risk? = nil, isReasonRequired: Bool = false,
        editable: [JSONPointer]? = nil, editLimit: JSONValue? = nil, allowsFlag: Bool = false
    ) {
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
}
