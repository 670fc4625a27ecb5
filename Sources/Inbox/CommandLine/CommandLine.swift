package import Keymap

/// The `:` line: runs any action that can be asked for here by its id.
package struct CommandLine: Sendable {
    /// Where the actions it offers would be carried out.
    package let place: Place
    package internal(set) var text: TextField
    /// Which of `matches` is highlighted.
    package internal(set) var choice = 0
    /// Which earlier line is shown; nil for what is being typed.
    private var earlier: Int?

    package init(in place: Place) {
        self.place = place
        text = TextField(bytesMax: 200)
    }

    /// The actions whose id or title holds what was typed; those that begin with it stand first.
    package var matches: [Action] {
        let typed = text.text.lowercased()
        let offered = Action.palette(in: place)
        guard !typed.isEmpty else { return offered }
        let found = offered.filter {
            $0.rawValue.contains(typed) || $0.title.lowercased().contains(typed)
        }
        return found.filter { $0.rawValue.hasPrefix(typed) }
            + found.filter { !$0.rawValue.hasPrefix(typed) }
    }

    /// The action that enter runs: exactly what was typed, or the highlighted one.
    package var chosen: Action? {
        let typed = text.text.lowercased()
        let matches = matches
        if let exact = matches.first(where: { $0.rawValue.isSame(as: typed) }) { return exact }
        guard !typed.isEmpty, matches.indices.contains(choice) else { return nil }
        return matches[choice]
    }

    /// Writes the highlighted id into the line, and highlights the next one.
    mutating func complete() {
        let matches = matches
        guard !matches.isEmpty else { return }
        let action = matches[min(choice, matches.count - 1)]
        text.replace(with: action.rawValue)
        choice = 0
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
        choice = 0
    }
}
