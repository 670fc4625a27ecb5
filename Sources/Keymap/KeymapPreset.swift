/// A whole set of keys that a person may already know.
///
/// Each is a table of its own in the file of its name. What a table does not name has the keys of
/// the action table; where such a key means something else in the preset, the preset wins. The
/// decisions have the same keys in all of them.
public enum KeymapPreset: String, CaseIterable, Hashable, Sendable {
    /// The keys of the action table, as in vi, less and tig.
    case vi
    /// As in Emacs and its mail readers.
    case emacs
    /// As in mutt and its kin.
    case mail

    /// What the preset says of an action itself, by context.
    var own: [Action: [Context: [String]]] {
        switch self {
        case .vi: [:]
        case .emacs: Self.emacsKeys
        case .mail: Self.mailKeys
        }
    }

    /// A row of a preset: an action and its keys by context.
    struct Row {
        let action: Action
        let bindings: [(contexts: [Context], keys: [String])]

        init(_ action: Action, _ bindings: (contexts: [Context], keys: [String])...) {
            self.action = action
            self.bindings = bindings
        }
    }

    /// The rows as a table.
    static func table(_ rows: [Row]) -> [Action: [Context: [String]]] {
        var table: [Action: [Context: [String]]] = [:]
        for row in rows {
            for binding in row.bindings {
                for context in binding.contexts {
                    table[row.action, default: [:]][context] = binding.keys
                }
            }
        }
        return table
    }

    static let lists: [Context] = [
        .queue, .detail, .editor, .diff, .history, .grants, .bulk,
    ]
    /// Lists below a line of text: a letter there is text.
    static let offers: [Context] = [.help, .commandLine]
    static let texts: [Context] = [.fieldInput, .commandLine, .filter, .help]
}
