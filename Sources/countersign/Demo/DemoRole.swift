/// The agents of a demo.
enum DemoRole: String, CaseIterable {
    case support = "support-bot"
    case janitor = "data-janitor"
    case release = "release-bot"
    case treasury = "treasury-bot"

    /// How many calls it submits at once when it starts.
    var callsAtStart: Int {
        switch self {
        case .support: 3
        case .janitor, .release: 2
        case .treasury: 1
        }
    }

    /// How many of its calls wait at most; people are slower than agents.
    var waitingMax: Int {
        switch self {
        case .support: 6
        case .janitor, .release: 4
        case .treasury: 2
        }
    }

    /// Seconds between two of its calls, at least and at most.
    var pauseSeconds: ClosedRange<Int> {
        switch self {
        case .support: 9...26
        case .janitor, .release: 18...45
        case .treasury: 40...90
        }
    }

    /// The next call; `number` counts them.
    func call(_ number: Int, _ dice: inout DemoDice) -> DemoCall {
        let choices = calls
        return choices[number % choices.count](&dice)
    }

    private var calls: [(inout DemoDice) -> DemoCall] {
        switch self {
        case .support:
            [DemoCalls.refund, DemoCalls.email, DemoCalls.urgentRefund, DemoCalls.apology]
        case .janitor: [DemoCalls.deleteSessions, DemoCalls.deleteFiles, DemoCalls.dropTable]
        case .release: [DemoCalls.changeDNS, DemoCalls.grantAccess, DemoCalls.deleteArtifacts]
        case .treasury: [DemoCalls.wire, DemoCalls.wireAbroad]
        }
    }
}

/// Numbers that differ from run to run.
struct DemoDice {
    private var state: UInt64

    init(seed: UInt64) { state = seed | 1 }

    /// A number of the range.
    mutating func roll(_ range: ClosedRange<Int>) -> Int {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return range.lowerBound + Int(state % UInt64(range.count))
    }

    /// One of the texts.
    mutating func pick(_ texts: String...) -> String { texts[roll(0...(texts.count - 1))] }
}
