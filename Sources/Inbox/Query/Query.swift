/// What was typed after `/`, understood.
///
/// Words search tool, agent and summary; `field:value` asks for one fact; terms are and-ed, `or`,
/// `not`, `-` and parentheses do what they say. `sort:` and `by:` say how the list is shown.
package struct Query: Hashable, Sendable {
    /// As typed.
    package let text: String
    package let node: QueryNode
    /// The order that it asks for.
    package let order: QueueOrder?
    /// The grouping that it asks for.
    package let grouping: Grouping?

    /// Reads a query; an empty one finds everything.
    package init(parsing text: String) throws(QueryProblem) {
        var parser = QueryParser(text)
        node = try parser.parse()
        self.text = text
        order = parser.order
        grouping = parser.grouping
    }

    /// True when time or what I do can change what it finds.
    package var isDynamic: Bool { node.isDynamic }

    /// The whole name that a field must have, when it asks for one; servers understand that too.
    func wholeName(_ field: NameField) -> String? { node.wholeName(field) }

    /// The only thing it asks for, when that is a word to search for; servers understand that.
    var soleWord: [UInt8]? {
        switch node {
        case .test(.text(let word)): word
        case .all, .any, .not, .test: nil
        }
    }
}

/// By what the rows of a list are put together.
package enum Grouping: String, CaseIterable, Hashable, Sendable {
    case tool
    case agent
    case run
}

/// What can stand before `:` in a query.
package enum QueryField: String, CaseIterable, Hashable, Sendable {
    case tool
    case agent
    case run
    case group
    case state
    case risk
    case left
    case age
    case `is`
    case sort
    case by

    /// A few words for the completion.
    package var help: String {
        switch self {
        case .tool: "the tool: a part of its name, or with *"
        case .agent: "the agent's name"
        case .run: "the agent's run"
        case .group: "who is asked"
        case .state: "pending, approved …"
        case .risk: "risk>=high"
        case .left: "time left: left<5m"
        case .age: "time since it came: age>10m"
        case .is: "mine, urgent, marked …"
        case .sort: "how the list is sorted"
        case .by: "how the list is grouped"
        }
    }

    /// What usually stands behind it.
    package var operators: [String] {
        switch self {
        case .tool, .agent, .run, .group, .state, .is, .sort, .by: [":"]
        case .risk: [">=", ":", "<="]
        case .left, .age: ["<", ">"]
        }
    }

    /// Everything that can be asked for, where that is a short list.
    package var values: [String] {
        switch self {
        case .tool, .agent, .run, .group, .left, .age: []
        case .state: ["pending", "approved", "rejected", "expired", "cancelled"]
        case .risk: ["low", "medium", "high", "critical"]
        case .is: QueryFlag.allCases.map(\.rawValue)
        case .sort: QueueOrder.allCases.map(\.word)
        case .by: Grouping.allCases.map(\.rawValue)
        }
    }
}
