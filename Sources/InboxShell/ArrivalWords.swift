/// What a notice outside the inbox says: counts and nothing of what anybody wrote.
enum ArrivalWords {
    static func text(arrived: Int, highRisk: Int) -> String {
        highRisk > 0 ? "\(arrived) new, \(highRisk) high risk" : "\(arrived) new"
    }
}
