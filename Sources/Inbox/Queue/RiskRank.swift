import Approvals

extension Risk {
    /// 0 for low to 3 for critical.
    var sortRank: Int {
        switch self {
        case .low: 0
        case .medium: 1
        case .high: 2
        case .critical: 3
        }
    }
}
