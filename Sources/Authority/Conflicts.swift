public import Approvals

/// Everybody whose own run an approval is: none of them may decide it, for themselves or another.
public struct ConflictClosure: Hashable, Sendable {
    /// The person who started the run; nil when nobody knows.
    public var initiator: MemberID?
    public var agentOwner: MemberID?
    /// Who made the key that the agent speaks with.
    public var keyMaker: MemberID?
    /// Who gets something from it, when the policy says which argument names them.
    public var beneficiary: MemberID?
    /// Who changed the arguments before this vote.
    public var editors: Set<MemberID>

    /// Puts it together.
    public init(
        initiator: MemberID? = nil, agentOwner: MemberID? = nil, keyMaker: MemberID? = nil,
        beneficiary: MemberID? = nil, editors: Set<MemberID> = []
    ) {
        self.initiator = initiator
        self.agentOwner = agentOwner
        self.keyMaker = keyMaker
        self.beneficiary = beneficiary
        self.editors = editors
    }

    /// All of them.
    public var members: Set<MemberID> {
        editors.union([initiator, agentOwner, keyMaker, beneficiary].compactMap { $0 })
    }

    /// Whether an approval may be asked for without knowing who started it.
    public static func mayBeUnknown(at risk: Risk, isOptional: Bool) -> Bool {
        risk < .high || isOptional
    }
}

/// What happens when the only person who could decide is in conflict. It is never allowed.
public enum SelfApproval: String, Hashable, Sendable, CaseIterable {
    case autoReject = "auto_reject"
    case escalate
    case breakGlass = "break_glass"
}

/// Whether who edits the arguments may approve their own version.
public struct EditorRule: Hashable, Sendable {
    /// What the policy says; nil for what is usual.
    public var editorMayApprove: Bool?

    /// Puts a rule together.
    public init(editorMayApprove: Bool? = nil) { self.editorMayApprove = editorMayApprove }

    /// "Approve, but at most 500" is one act while one person is enough; never for arguments that
    /// the policy looks at more strictly than at those that were asked for.
    public func allows(people: Int, isStricter: Bool) -> Bool {
        guard !isStricter else { return false }
        return editorMayApprove ?? (people < 2)
    }
}

/// A decision by somebody without the authority, because nobody else can: open, short and reviewed.
public struct BreakGlass: Hashable, Sendable {
    public var actor: MemberID
    public var reason: String
    /// When their second factor was last seen.
    public var provenAt: Timestamp?
    public var startedAt: Timestamp
    public var mayBreakGlass: Bool

    /// Puts it together.
    public init(
        actor: MemberID, reason: String, provenAt: Timestamp?, startedAt: Timestamp,
        mayBreakGlass: Bool
    ) {
        self.actor = actor
        self.reason = reason
        self.provenAt = provenAt
        self.startedAt = startedAt
        self.mayBreakGlass = mayBreakGlass
    }

    /// The shortest reason, in characters.
    public static let reasonMin = 20
    /// How old the second factor may be, in milliseconds.
    public static let proofMax: Int64 = 300_000
    /// How long it lasts, in milliseconds.
    public static let windowMax: Int64 = 3_600_000
    /// How soon it has to be reviewed, in hours.
    public static let reviewHours = 72

    /// Why glass is not broken. The leads are paged either way.
    public enum Refusal: Error, Hashable, Sendable {
        case roleMissing
        case proofTooOld
        case reasonTooShort
        case windowOver
        /// A rule that says never.
        case never
        /// An earlier use by the same person was not reviewed.
        case unreviewed
        /// Their own run.
        case separationOfDuty
        /// By delegation.
        case lent
    }

    /// What an approval and the record say about it.
    public struct Circumstances: Hashable, Sendable {
        public var isNever: Bool
        public var hasUnreviewed: Bool
        public var isConflicted: Bool
        public var isLent: Bool

        /// Puts them together.
        public init(
            isNever: Bool = false, hasUnreviewed: Bool = false, isConflicted: Bool = false,
            isLent: Bool = false
        ) {
            self.isNever = isNever
            self.hasUnreviewed = hasUnreviewed
            self.isConflicted = isConflicted
            self.isLent = isLent
        }
    }

    /// Refuses unless glass may be broken at an instant.
    public func check(
        at now: Timestamp, _ circumstances: Circumstances
    ) throws(Refusal) {
        guard mayBreakGlass else { throw .roleMissing }
        guard !circumstances.isLent else { throw .lent }
        guard !circumstances.isNever else { throw .never }
        guard !circumstances.isConflicted else { throw .separationOfDuty }
        guard !circumstances.hasUnreviewed else { throw .unreviewed }
        guard reason.count(where: { !$0.isWhitespace }) >= Self.reasonMin else {
            throw .reasonTooShort
        }
        guard let provenAt, now.since(provenAt) <= Self.proofMax, provenAt <= now else {
            throw .proofTooOld
        }
        guard now.since(startedAt) < Self.windowMax else { throw .windowOver }
    }
}
