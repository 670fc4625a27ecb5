import Approvals
package import Keymap

/// The `:` line: runs any action by its name, found by a few of its letters.
package struct CommandLine: Sendable {
    /// What can be run: an action, perhaps with what it is to be done with.
    package struct Row: Hashable, Sendable {
        package let action: Action
        package var argument: String?

        /// As it is typed.
        package var text: String {
            argument.map { "\(action.rawValue) \($0)" } ?? action.rawValue
        }
    }

    /// Where what it offers would be carried out.
    package let place: Place
    /// What was under the cursor when it opened: a decision is about this or about nothing.
    let subject: ApprovalID?
    package internal(set) var text: TextField
    /// What fits what was typed, the best first.
    package internal(set) var rows: [Row] = []
    /// Which of the rows is highlighted.
    package private(set) var choice = 0
    /// True when somebody chose a row by hand.
    private var didChoose = false
    /// Which earlier line is shown; nil for what is being typed.
    private var earlier: Int?

    init(in place: Place, about subject: ApprovalID?) {
        self.place = place
        self.subject = subject
        text = TextField(bytesMax: 200)
    }

    /// What enter runs: exactly what was typed, or the highlighted row; nil when nothing was typed
    /// or chosen, or nothing fits.
    package var chosen: Row? {
        let typed = text.text.lowercased()
        if !didChoose, let exact = rows.first(where: { $0.text.isSame(as: typed) }) { return exact }
        guard !text.isEmpty || didChoose, rows.indices.contains(choice) else { return nil }
        return rows[choice]
    }

    /// The row that is highlighted, if enter would run one.
    package var highlighted: Int? { text.isEmpty && !didChoose ? nil : choice }

    /// The action and what follows its name, when that action takes something.
    var argument: (action: Action, text: String)? {
        let typed = text.text
        guard let space = typed.firstIndex(of: " ") else { return nil }
        let name = typed[..<space].lowercased()
        guard let action = Action.allCases.first(where: { $0.rawValue.isSame(as: name) }),
            CommandArgument.of(action) != nil
        else { return nil }
        return (action, String(typed[space...].drop { $0 == " " }))
    }

    /// Takes what fits now; the first of it is highlighted.
    mutating func offer(_ rows: [Row]) {
        self.rows = rows
        choice = 0
        didChoose = false
    }

    /// Highlights another row; false at the ends.
    mutating func choose(by step: Int) -> Bool {
        guard !rows.isEmpty else { return false }
        guard highlighted != nil else {
            didChoose = step > 0
            return didChoose
        }
        let wanted = min(max(0, choice + step), rows.count - 1)
        guard wanted != choice else { return false }
        choice = wanted
        didChoose = true
        return true
    }

    /// Highlights a row that somebody pointed at.
    mutating func choose(_ row: Int) {
        guard rows.indices.contains(row) else { return }
        choice = row
        didChoose = true
    }

    /// Writes the highlighted row into the line; an action that takes something waits for it.
    mutating func complete() {
        guard rows.indices.contains(choice) else { return }
        let row = rows[choice]
        let waits = row.argument == nil && CommandArgument.of(row.action) != nil
        text.replace(with: row.text + (waits ? " " : ""))
    }

    /// Brings earlier lines back; `step` is 1 for earlier ones and -1 for later ones.
    mutating func recall(_ lines: [String], step: Int) {
        let last = lines.count - 1
        let wanted = (earlier ?? -1) + step
        guard last >= 0 else { return }
        guard wanted >= 0 else {
            earlier = nil
            text.replace(with: "")
            return
        }
        earlier = min(wanted, last)
        text.replace(with: lines[last - min(wanted, last)])
    }

    /// True while an earlier line is shown.
    var isRecalling: Bool { earlier != nil }
}
