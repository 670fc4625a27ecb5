package import Approvals

/// One marked approval in the table of many.
package struct BulkItem: Sendable {
    package let id: ApprovalID
    /// The row as it is now, or as it was before it left the queue.
    package internal(set) var row: QueueRow
    /// The revision that was marked; another one is looked at first.
    var revision: Int
    package internal(set) var known: KnownView?
    var fetching = Fetching.wanted
    /// True when the person left it out.
    package internal(set) var isLeftOut = false
    /// True while all of its arguments are on the screen.
    package internal(set) var isOpen = false
    /// What is below its row while it is open.
    package internal(set) var lines: [DetailLine] = []
    var linesColumns = 0
    var linesRevision: Int?
    /// Which of those lines were on the screen.
    var seen = SeenValues()
    /// The revision whose arguments were on the screen in one line, all of them.
    var revisionInOneLine: Int?
    package internal(set) var status = BulkStatus.coming
    /// Where it stands; it changes only while nobody looks at it.
    package internal(set) var section = BulkSection.ready
    package internal(set) var outcome: BulkOutcome?

    /// How far its view came.
    enum Fetching: Hashable, Sendable {
        case wanted, asked, here
        case failed(String)
    }

    init(_ row: QueueRow, revision: Int) {
        id = row.id.id
        self.row = row
        self.revision = revision
    }

    /// Worst risk first, then what ends soonest.
    static func precedes(_ left: BulkItem, _ right: BulkItem) -> Bool {
        let leftKey = (-left.row.risk.sortRank, left.row.deadline.milliseconds)
        let rightKey = (-right.row.risk.sortRank, right.row.deadline.milliseconds)
        return leftKey == rightKey ? left.row.id < right.row.id : leftKey < rightKey
    }

    /// True for one whose answer is still to come.
    var isWaiting: Bool { outcome == .onItsWay }
}

/// What becomes of one item of the table when the button is pressed, and what became of it.
package enum BulkStatus: Hashable, Sendable {
    /// It is decided with the others.
    case goes
    /// The person left it out.
    case leftOut
    /// Its arguments are on their way.
    case coming
    /// It must be looked at first.
    case look(String)
    /// It is not decided here.
    case apart(String)
    case settled(BulkOutcome)

    /// Why it does not go, or what became of it.
    var text: String? {
        switch self {
        case .goes, .leftOut, .coming: nil
        case .look(let text), .apart(let text): text
        case .settled(let outcome): outcome.text
        }
    }
}

/// What became of one decision of many.
package enum BulkOutcome: Hashable, Sendable {
    case onItsWay
    /// Confirmed, and to be sent.
    case held
    /// The server has it.
    case recorded(String)
    /// The server said no, or it was not sent because something changed.
    case refused(String)
    /// Sent, and nobody knows whether it arrived.
    case unknown(String)
    /// Not sent; a draft.
    case kept(String)

    /// The words of its row.
    package var text: String {
        switch self {
        case .onItsWay: "on its way; the server has not answered yet"
        case .held: "not sent yet"
        case .recorded(let text), .refused(let text), .unknown(let text), .kept(let text): text
        }
    }
}

/// How many had which outcome.
package struct BulkOutcomes: Hashable, Sendable {
    package private(set) var recorded = 0
    package private(set) var refused = 0
    package private(set) var unknown = 0
    package private(set) var kept = 0
    package private(set) var onItsWay = 0
    package private(set) var held = 0

    init(_ outcomes: [BulkOutcome]) {
        for outcome in outcomes {
            switch outcome {
            case .onItsWay: onItsWay += 1
            case .held: held += 1
            case .recorded: recorded += 1
            case .refused: refused += 1
            case .unknown: unknown += 1
            case .kept: kept += 1
            }
        }
    }

    /// `7 recorded`, `1 refused` and so on, for a sentence.
    package var parts: [String] {
        let counts = [
            (recorded, "recorded"), (refused, "refused"), (unknown, "sent, not confirmed"),
            (kept, "not sent, kept as drafts"), (onItsWay, "on the way"), (held, "not sent yet"),
        ]
        return counts.compactMap { count, what in count > 0 ? "\(count) \(what)" : nil }
    }
}

/// The parts of the table, from top to bottom.
package enum BulkSection: Int, CaseIterable, Hashable, Sendable {
    case refused, unknown, kept, waiting, recorded, look, ready, apart

    init(_ status: BulkStatus) {
        self =
            switch status {
            case .goes, .leftOut: .ready
            case .coming, .look: .look
            case .apart: .apart
            case .settled(.onItsWay), .settled(.held): .waiting
            case .settled(.recorded): .recorded
            case .settled(.refused): .refused
            case .settled(.unknown): .unknown
            case .settled(.kept): .kept
            }
    }

    /// The words above it.
    package func title(_ verdict: Verdict) -> String {
        switch self {
        case .ready: verdict == .approve ? "Ready to be approved" : "Ready to be rejected"
        case .look: "Not yet: look at these first"
        case .apart: "Left out: these are not decided here"
        case .waiting: "Waiting"
        case .recorded: "Recorded by the server"
        case .refused: "Refused"
        case .unknown: "Sent, not confirmed"
        case .kept: "Not sent: drafts"
        }
    }
}
