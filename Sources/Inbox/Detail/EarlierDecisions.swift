import JSONTree
import Approvals
package import WireAPI

/// What was decided lately on calls like the one on the screen: the same tool, the same agent.
package struct EarlierDecisions: Sendable {
    /// What makes two calls alike.
    package struct Key: Hashable, Sendable {
        let tool: [UInt8]
        let agent: [UInt8]

        init(_ view: ApproverView) {
            tool = Array(view.tool.utf8)
            agent = Array(view.agent.name.utf8)
        }

        func fits(_ row: ApprovalSummary) -> Bool {
            row.tool.utf8.elementsEqual(tool) && row.agent.utf8.elementsEqual(agent)
        }
    }

    /// What is known of a key.
    package enum State: Hashable, Sendable {
        case known([ApprovalSummary])
        case failed(String)
    }

    private var states: [Key: (state: State, at: Timestamp)] = [:]
    private var recent: [Key] = []

    /// So many decisions are shown.
    static let rowsMax = 5
    /// Of so many rows that the server finds, those that fit are taken.
    static let fetchedMax = 40
    /// So many keys are remembered.
    static let keysMax = 16
    /// The detail must stand still for so long before anything is fetched.
    static let restMilliseconds: Int64 = 700
    /// What was fetched is taken for new for so long.
    static let freshMilliseconds: Int64 = 120_000

    package init() {}

    package subscript(key: Key) -> State? { states[key]?.state }

    /// True when a key was not fetched lately, nor since the approval is on the screen.
    func wants(_ key: Key, since shown: Timestamp, at now: Timestamp) -> Bool {
        guard let known = states[key] else { return true }
        return known.at < shown && now.since(known.at) >= Self.freshMilliseconds
    }

    mutating func put(_ state: State, for key: Key, at now: Timestamp) {
        states[key] = (state, now)
        recent.removeAll { $0 == key }
        recent.append(key)
        if recent.count > Self.keysMax { states[recent.removeFirst()] = nil }
    }
}

/// One earlier decision, in a line.
package struct EarlierDecision: Hashable, Sendable {
    let row: ApprovalSummary
    /// How many edits it was decided with; nil while that is not known.
    let edits: Int?
    /// What ran, or would have, where it differs from the call on the screen.
    let differing: [(name: String, value: JSONValue)]

    /// `view` is nil while it was not fetched.
    init(_ row: ApprovalSummary, _ view: ApproverView?, beside now: ApproverView) {
        self.row = row
        edits = view.map { view in
            view.decisions.reduce(0) { $0 + ($1.edits?.operations.count ?? 0) }
        }
        let then = view?.effectiveArguments ?? view?.arguments
        differing = Self.differing(then, now.arguments)
    }

    /// The most arguments that one line tells of.
    private static let differingMax = 3

    /// Single values at the top that are others than now; never a hidden one.
    private static func differing(
        _ then: JSONValue?, _ now: JSONValue
    ) -> [(name: String, value: JSONValue)] {
        let members = then?.objectValue?.members ?? []
        return members.filter { member in
            member.value.children == nil && now[member.name] != member.value
                && !Redaction.containsMarker(member.value)
        }.prefix(differingMax).map { ($0.name, $0.value) }
    }

    package static func == (left: EarlierDecision, right: EarlierDecision) -> Bool {
        left.row == right.row && left.edits == right.edits
            && left.differing.elementsEqual(right.differing) {
                $0.name.isSame(as: $1.name) && $0.value == $1.value
            }
    }

    package func hash(into hasher: inout Hasher) { hasher.combine(row) }
}
