import WireAPI

/// The pages of a backtest, added up.
struct BacktestSum {
    /// All pages as one.
    private(set) var page: BacktestPage

    /// The most calls that are listed in the end.
    static let casesMax = 200

    /// Begins with the first page.
    init(_ first: BacktestPage) { page = first }

    /// How many stored calls were looked at.
    var looked: Int { page.replayed + page.notReplayable + page.unconcerned }

    /// Adds another page.
    mutating func add(_ next: BacktestPage) {
        page.replayed += next.replayed
        page.notReplayable += next.notReplayable
        page.unconcerned += next.unconcerned
        page.errors += next.errors
        page.stricter += next.stricter
        page.laxer += next.laxer
        page.matrix.allow.add(next.matrix.allow)
        page.matrix.ask.add(next.matrix.ask)
        page.matrix.deny.add(next.matrix.deny)
        page.people.wouldBeFalseApprovals += next.people.wouldBeFalseApprovals
        page.people.wouldBeFalseRejections += next.people.wouldBeFalseRejections
        page.people.asksSaved += next.people.asksSaved
        page.people.minutesSaved += next.people.minutesSaved
        for load in next.groups { add(load) }
        let changed = page.changed + next.changed
        let laxer = changed.filter { $0.leaning == "laxer" }
        let others = changed.filter { $0.leaning != "laxer" }
        page.changed = Array((laxer + others).prefix(Self.casesMax))
        page.next = next.next
    }

    private mutating func add(_ load: GroupLoad) {
        guard let place = page.groups.firstIndex(where: { $0.group == load.group }) else {
            page.groups.append(load)
            return
        }
        page.groups[place].before += load.before
        page.groups[place].after += load.after
    }
}

extension AgreementRow {
    fileprivate mutating func add(_ other: AgreementRow) {
        allow += other.allow
        ask += other.ask
        deny += other.deny
    }
}
