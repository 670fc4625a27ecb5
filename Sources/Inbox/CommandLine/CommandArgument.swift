package import Keymap

/// What may stand after the name of an action in the `:` line, as in `:sort risk`.
///
/// To let an action take an argument, give it a row in the table.
package struct CommandArgument: Sendable {
    /// One or two words that name it in the list.
    package let label: String
    /// What can be chosen; empty when only a person knows.
    package let choices: @Sendable (Inbox) -> [String]
    /// True when any other text is taken too.
    package let takesText: Bool
    /// Carries the action out. Nothing is decided by it: a decision asks as it always does.
    let run: @Sendable (inout Inbox, String) -> Void

    init(
        _ label: String, choices: @escaping @Sendable (Inbox) -> [String] = { _ in [] },
        takesText: Bool = false, run: @escaping @Sendable (inout Inbox, String) -> Void
    ) {
        self.label = label
        self.choices = choices
        self.takesText = takesText
        self.run = run
    }

    /// The argument of an action; nil when it takes none.
    package static func of(_ action: Action) -> CommandArgument? { table[action] }

    private static let table: [Action: CommandArgument] = [
        .sort: CommandArgument(
            "order", choices: { _ in QueueOrder.allCases.map(\.word) },
            run: { inbox, word in
                guard let order = QueueOrder.allCases.first(where: { $0.word.isSame(as: word) })
                else { return }
                inbox.sort(by: order)
                inbox.say(.info, "Sorted by \(order.title).")
            }),
        .filter: CommandArgument(
            "query", takesText: true,
            run: { inbox, text in
                inbox.find(text)
            }),
        .group: CommandArgument(
            "by", choices: { _ in Grouping.allCases.map(\.rawValue) + ["none"] },
            run: { inbox, word in
                inbox.group(by: Grouping(rawValue: word))
                inbox.say(.info, inbox.groupingSentence)
            }),
        .view: CommandArgument(
            "name", choices: { $0.views.map(\.name) },
            run: { inbox, name in
                if let view = inbox.views.first(where: { $0.name.isSame(as: name) }) {
                    inbox.open(view)
                }
            }),
        .help: CommandArgument(
            "place", choices: { _ in Place.allCases.map { $0.title.lowercased() } },
            run: { inbox, title in
                let place = Place.allCases.first { $0.title.lowercased().isSame(as: title) }
                if let place { inbox.overlays.append(.help(HelpPane(for: place))) }
            }),
        .tour: CommandArgument(
            "start, next or stop", choices: { _ in ["start", "next", "stop"] },
            run: { inbox, word in
                if word.isSame(as: "stop") {
                    _ = inbox.hideTour()
                } else if word.isSame(as: "start") {
                    inbox.show(.running, .move)
                } else {
                    inbox.performTour()
                }
            }),
        .theme: CommandArgument(
            "name", choices: { $0.settings.themes }, takesText: true,
            run: { inbox, name in inbox.effects.append(.useTheme(name)) }),
        .reject: prefilled(.reject, "reason"),
        .comment: prefilled(.comment, "text"),
        .extend: prefilled(.extend, "minutes"),
        .reassign: prefilled(.reassign, "group or e-mail"),
    ]

    /// The form of the action with its first field filled in; nothing is sent by that.
    private static func prefilled(_ action: Action, _ label: String) -> CommandArgument {
        CommandArgument(
            label, takesText: true,
            run: { inbox, text in
                inbox.perform(action)
                inbox.fillForm(with: text)
            })
    }
}
