public import Approvals

/// How often one person is prompted; what is more is grouped.
public struct PromptBudget: Hashable, Sendable {
    /// The most prompts in any hour.
    public static let hourMax = 30
    /// The most disturbances in one night.
    public static let nightMax = 3

    private var sent: [Timestamp] = []
    private var night: (start: Timestamp, count: Int)?
    private var toldLeadAt: Timestamp?
    public private(set) var grouped = 0

    /// Nothing sent yet.
    public init() {}

    /// What becomes of a prompt.
    public enum Outcome: Hashable, Sendable {
        case sent
        /// Shown together with the others of its rule and tool; the first time a lead is told.
        case grouped(tellsLead: Bool)
    }

    /// Counts a prompt. `nightStart` says which night it disturbs, when it disturbs one; one that
    /// breaks through is always sent.
    public mutating func prompt(
        at now: Timestamp, nightStart: Timestamp? = nil, breaksThrough: Bool = false
    ) -> Outcome {
        sent.removeAll { now.since($0) >= 3_600_000 }
        if let nightStart, night?.start != nightStart { night = (nightStart, 0) }
        let isNightFull = nightStart != nil && (night?.count ?? 0) >= Self.nightMax
        guard breaksThrough || (sent.count < Self.hourMax && !isNightFull) else {
            grouped += 1
            let tells = toldLeadAt.map { now.since($0) >= 3_600_000 } ?? true
            if tells { toldLeadAt = now }
            return .grouped(tellsLead: tells)
        }
        sent.append(now)
        if nightStart != nil { night?.count += 1 }
        return .sent
    }

    public static func == (left: PromptBudget, right: PromptBudget) -> Bool {
        left.sent == right.sent && left.grouped == right.grouped
            && left.toldLeadAt == right.toldLeadAt && left.night?.start == right.night?.start
            && left.night?.count == right.night?.count
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(sent)
        hasher.combine(grouped)
    }
}
