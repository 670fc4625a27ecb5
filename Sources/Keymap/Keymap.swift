/// What a press means.
public enum Resolution: Hashable, Sendable {
    /// The presses name this action.
    case action(Action)
    /// More presses may follow; these are the ways to go on.
    case pending([Continuation])
    /// The presses mean nothing here; in a text field a printable one is text.
    case none
}

/// One way to go on after a prefix.
public struct Continuation: Hashable, Sendable {
    /// The press that comes next.
    public let stroke: KeyStroke
    /// The action at the end.
    public let action: Action

    /// A way to go on.
    public init(stroke: KeyStroke, action: Action) {
        self.stroke = stroke
        self.action = action
    }
}

/// Which keys mean which action, in every context.
public struct Keymap: Hashable, Sendable {
    private var actions: [Context: [KeySequence: Action]]
    private var sequences: [Action: [Context: [KeySequence]]]
    /// How the sequences of more than one press begin.
    private var prefixes: [Context: Set<KeySequence>] = [:]

    /// The keys of the action table.
    public static let standard: Keymap = {
        do {
            return try Keymap(changes: [:])
        } catch {
            preconditionFailure("the action table contradicts itself: \(error)")
        }
    }()

    /// The keys of a preset with some actions bound to other keys.
    ///
    /// `changes` names actions by id and gives all keys of the action, which replace its own in
    /// every context. An empty list unbinds it. Ctrl-C keeps its meaning: a person can always
    /// leave.
    public init(
        preset: KeymapPreset = .vi, changes: [String: [String]] = [:]
    ) throws(KeymapError) {
        actions = [:]
        sequences = [:]
        var keys: [Action: [String]] = [:]
        for id in changes.keys.sorted() {
            guard let action = Action(rawValue: id) else { throw .unknownAction(id) }
            guard !Self.fixed.contains(action) else { throw .fixedAction(action) }
            keys[action] = changes[id]
        }
        let own = preset.own
        for action in Action.allCases where keys[action] == nil && own[action] != nil {
            for (context, keys) in action.keys(of: preset, own) where keys.isOwn {
                for notation in keys.notations {
                    try bind(Self.read(notation, for: action, preset), to: action, in: context)
                }
            }
        }
        for action in Action.allCases where keys[action] == nil {
            for (context, keys) in action.keys(of: preset, own) where !keys.isOwn {
                try inherit(keys.notations, for: action, in: context, isWeak: preset != .vi)
            }
        }
        for action in Action.allCases {
            guard let changed = keys[action] else { continue }
            for (context, keys) in action.keys(of: preset, own) {
                try bind(action, changed: changed, instead: keys.notations, in: context, preset)
            }
        }
    }

    /// What these presses mean where `context` has the focus.
    public func resolve(_ strokes: [KeyStroke], in context: Context) -> Resolution {
        guard let bound = actions[context], let sequence = KeySequence(strokes) else {
            return .none
        }
        if let action = bound[sequence] { return .action(action) }
        guard prefixes[context]?.contains(sequence) ?? false else { return .none }
        let longer = bound.compactMap { entry -> Continuation? in
            let (candidate, action) = entry
            guard candidate.strokes.count > strokes.count,
                candidate.strokes.starts(with: strokes)
            else { return nil }
            return Continuation(stroke: candidate.strokes[strokes.count], action: action)
        }
        guard !longer.isEmpty else { return .none }
        return .pending(longer.sorted { $0.stroke.description < $1.stroke.description })
    }

    /// What one press means where `context` has the focus.
    public func resolve(_ stroke: KeyStroke, in context: Context) -> Resolution {
        resolve([stroke], in: context)
    }

    /// The keys of an action in a context, the most important first.
    public func keys(for action: Action, in context: Context) -> [KeySequence] {
        sequences[action]?[context] ?? []
    }

    /// The most important key of an action in a context, as bars show it.
    public func key(for action: Action, in context: Context) -> String? {
        keys(for: action, in: context).first?.description
    }
}

extension Keymap {
    /// Bound for good: a person must always be able to leave, and flow control is the terminal's.
    private static let fixed: Set<Action> = [.suspend]

    /// Binds keys of the action table; in a preset those that mean something else there are left.
    private mutating func inherit(
        _ notations: [String], for action: Action, in context: Context, isWeak: Bool
    ) throws(KeymapError) {
        for notation in notations {
            do throws(KeymapError) {
                try bind(Self.read(notation, for: action, .vi), to: action, in: context)
            } catch {
                guard isWeak, case .conflict = error else { throw error }
            }
        }
    }

    private mutating func bind(
        _ action: Action, changed: [String], instead usual: [String], in context: Context,
        _ preset: KeymapPreset
    ) throws(KeymapError) {
        let own = usual.filter { KeySequence(notation: $0)?.strokes.first?.isReserved ?? false }
        var sequences: [KeySequence] = []
        for notation in changed + own {
            sequences.append(try Self.read(notation, for: action, preset))
        }
        // Where text is typed, a letter cannot be a command; there the action keeps its keys.
        let isForTextOnly = action.contexts.allSatisfy(\.takesText)
        let commands = sequences.filter { $0.strokes.first?.typed == nil }
        if context.takesText, !isForTextOnly, commands.count < sequences.count {
            sequences = usual.compactMap { KeySequence(notation: $0) }
        }
        for sequence in sequences { try bind(sequence, to: action, in: context) }
    }

    private static func read(
        _ notation: String, for action: Action, _ preset: KeymapPreset
    ) throws(KeymapError) -> KeySequence {
        guard let sequence = KeySequence(notation: notation) else {
            throw .unknownKey(action, notation)
        }
        if let stroke = sequence.strokes.first(where: \.isReserved) {
            let usual =
                action.facts.bindings.flatMap(\.keys)
                + (preset.own[action] ?? [:]).values.joined()
            guard usual.contains(notation) else { throw .reservedKey(action, stroke) }
        }
        if action.isDecision, sequence.strokes.contains(where: \.alt) {
            throw .altDecision(action)
        }
        return sequence
    }

    private mutating func bind(
        _ sequence: KeySequence, to action: Action, in context: Context
    ) throws(KeymapError) {
        if context.takesText, let first = sequence.strokes.first, first.typed != nil {
            throw .typedKey(action, sequence, context)
        }
        if let owner = owner(besides: action, of: sequence, in: context) {
            throw .conflict(sequence, context, owner, action)
        }
        guard actions[context]?[sequence] == nil else { return }
        actions[context, default: [:]][sequence] = action
        for length in 1..<max(1, sequence.strokes.count) {
            if let prefix = KeySequence(Array(sequence.strokes.prefix(length))) {
                prefixes[context, default: []].insert(prefix)
            }
        }
        sequences[action, default: [:]][context, default: []].append(sequence)
    }
}

extension Action {
    /// Its keys in every context of a preset, and whether the preset itself names them.
    fileprivate func keys(
        of preset: KeymapPreset, _ own: [Action: [Context: [String]]]
    ) -> [(context: Context, keys: (notations: [String], isOwn: Bool))] {
        facts.bindings.flatMap { binding in
            binding.contexts.map { context in
                if let keys = own[self]?[context] { return (context, (keys, true)) }
                return (context, (binding.keys, false))
            }
        }
    }
}

extension Keymap {
    /// Another action that has this sequence, or a beginning of it, or one that begins with it.
    private func owner(
        besides action: Action, of sequence: KeySequence, in context: Context
    ) -> Action? {
        guard let bound = actions[context] else { return nil }
        if let owner = bound[sequence], owner != action { return owner }
        for length in 1..<max(1, sequence.strokes.count) {
            let start = KeySequence(Array(sequence.strokes.prefix(length)))
            if let owner = start.flatMap({ bound[$0] }), owner != action { return owner }
        }
        guard prefixes[context]?.contains(sequence) ?? false else { return nil }
        return bound.first {
            $0.value != action && $0.key.strokes.starts(with: sequence.strokes)
        }?.value
    }
}

extension KeyStroke {
    /// Suspend, leave and flow control: they belong to the terminal.
    fileprivate var isReserved: Bool {
        guard ctrl, !alt, case .character(let scalar) = key else { return false }
        return scalar == "z" || scalar == "c" || scalar == "s" || scalar == "q"
    }
}

extension KeySequence {
    init?(_ strokes: [KeyStroke]) {
        guard (1...Self.strokesMax).contains(strokes.count) else { return nil }
        self.strokes = strokes
    }
}
