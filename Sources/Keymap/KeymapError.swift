/// Why a set of key bindings cannot be used.
public enum KeymapError: Error, Hashable, Sendable, CustomStringConvertible {
    /// No action has this id.
    case unknownAction(String)
    /// The action is bound to this text, which names no key.
    case unknownKey(Action, String)
    /// Two actions of one context would share a key, or one would be the prefix of the other.
    case conflict(KeySequence, Context, Action, Action)
    /// The action would take a key that belongs to the terminal.
    case reservedKey(Action, KeyStroke)
    /// The action keeps its keys.
    case fixedAction(Action)
    /// The key types a character where text is typed.
    case typedKey(Action, KeySequence, Context)
    /// A decision may not be bound to Alt: a stray escape sequence would press it.
    case altDecision(Action)

    /// The id as it stood in the bindings, to find the line of the file.
    public var actionID: String {
        switch self {
        case .unknownAction(let id): id
        case .unknownKey(let action, _), .conflict(_, _, _, let action),
            .reservedKey(let action, _), .fixedAction(let action), .typedKey(let action, _, _),
            .altDecision(let action):
            action.rawValue
        }
    }

    /// One sentence for the person who wrote the bindings.
    public var description: String {
        switch self {
        case .unknownAction(let id): "There is no action “\(id)”."
        case .unknownKey(let action, let text): "“\(text)” for \(action.rawValue) names no key."
        case .conflict(let keys, let context, let first, let second):
            "“\(keys)” in \(context.rawValue) means both \(first.rawValue) and \(second.rawValue)."
        case .reservedKey(let action, let stroke):
            "“\(stroke)” belongs to the terminal and cannot mean \(action.rawValue)."
        case .fixedAction(let action): "The keys of \(action.rawValue) cannot be changed."
        case .typedKey(let action, let keys, let context):
            "“\(keys)” types a character in \(context.rawValue) and cannot mean \(action.rawValue)."
        case .altDecision(let action): "A decision such as \(action.rawValue) cannot use Alt."
        }
    }
}
