extension Role {
    /// What it means, in a sentence for the role sheet and for people who write themes.
    public var meaning: String {
        switch self {
        case .text: "Ordinary text."
        case .dim: "Less important than `text`: units, hints, old values."
        case .heading: "The title of a pane or a column."
        case .selection: "The focused row of the focused list."
        case .selectionUnfocused: "The selected row of a list that is not focused."
        case .marker: "Our own pointers and marks: `▸`, `…`, `x`."
        case .marked: "A row the person has marked for a bulk action."
        case .danger: "Something is about to go wrong: high risk, seconds left."
        case .warning: "Needs attention, not yet dangerous."
        case .success: "It went well: approved, connected."
        case .accent: "A calm highlight: names, identifiers, keys of the key bar."
        case .added: "A line or value that an edit adds."
        case .removed: "A line or value that an edit removes."
        case .changed: "A value that an edit changes."
        case .redacted: "A value hidden from the reader by redaction."
        case .escaped: "A visible mark that stands for a character the terminal must not see."
        case .agentWords: "Words of the agent, never to be taken for ours."
        case .border: "Lines and boxes."
        case .bar: "The bars on top and at the bottom."
        case .barKey: "A key named in a bar."
        case .input: "A field that takes typed text."
        case .match: "Part of the text that matches the search."
        case .disabled: "An action or a value that is not available now."
        case .dialog: "The background and text of a dialog."
        case .button: "The button that Enter presses."
        case .jsonName: "The name of a JSON member."
        case .jsonString: "A JSON string."
        case .jsonNumber: "A JSON number."
        case .jsonWord: "A JSON true, false or null."
        }
    }
}
