public import Approvals
import Authority

/// One use of break-glass: an approval that somebody decided without the authority for it.
///
/// An approval is settled once, so it names its use. Why it was done stays with the decision, where
/// an erasure finds it.
public struct BrokenGlass: Hashable, Sendable {
    public let approval: ApprovalID
    public let by: MemberID
    public let at: Timestamp
    public var reviewedBy: MemberID?
    public var reviewedAt: Timestamp?

    /// Puts it together.
    public init(
        approval: ApprovalID, by: MemberID, at: Timestamp, reviewedBy: MemberID? = nil,
        reviewedAt: Timestamp? = nil
    ) {
        self.approval = approval
        self.by = by
        self.at = at
        self.reviewedBy = reviewedBy
        self.reviewedAt = reviewedAt
    }

    /// Until when a lead has to look at it.
    public var dueAt: Timestamp { at.adding(seconds: BreakGlass.reviewHours * 3_600) }

    /// `open`, `overdue` or `reviewed`.
    public func state(at now: Timestamp) -> State {
        if reviewedAt != nil { return .reviewed }
        return now < dueAt ? .open : .overdue
    }

    /// How far its review is.
    public enum State: String, Hashable, Sendable, CaseIterable {
        case open, overdue, reviewed
    }
}

/// A use with the names of its people.
public struct ShownGlass: Hashable, Sendable {
    public var glass: BrokenGlass
    public var state: BrokenGlass.State
    public var tool: ToolName?
    public var email: String
    /// Nil once it was erased.
    public var reason: String?
    public var reviewerEmail: String?
}

/// What leads owe: uses that nobody reviewed.
public struct GlassDebt: Hashable, Sendable {
    public var open: Int
    public var overdue: Int
    /// The newest of them.
    public var newest: ShownGlass
}

/// What a snapshot of the store can be asked about break-glass.
public protocol BreakGlassReader {
    func brokenGlass(
        _ id: ApprovalID, of tenant: TenantName
    ) throws(StoreFailure) -> BrokenGlass?
    /// Those that nobody reviewed first, then the newest first.
    func brokenGlass(of tenant: TenantName, limit: Int) throws(StoreFailure) -> [BrokenGlass]
}

/// What a transaction can do with it.
public protocol BreakGlassWriter {
    /// Adds a use, or its review; false when it was reviewed before.
    func save(_ glass: BrokenGlass, in tenant: TenantName) throws(StoreFailure) -> Bool
}
