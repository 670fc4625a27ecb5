import Approvals

/// What a query may ask that stands in no row.
struct QueryFacts: Sendable {
    var serverTime = Timestamp(milliseconds: 0)
    /// The groups for which I decide; for rows of which the server did not say whether I can.
    var groups: Set<String> = []
    /// How others see me, so that looking at it myself does not count.
    var name: String?
    var marked: Set<PackedID> = []
    var drafts: Set<PackedID> = []
    var edited: Set<PackedID> = []
}
