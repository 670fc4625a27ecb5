import Keymap
import Testing

/// Goal: each preset is whole and means one thing by one key, so that nobody who chose one is
/// stuck or surprised. Method: every place, every preset, every action.
struct KeymapPresetTests {
    @Test(arguments: KeymapPreset.allCases)
    func noKeyMeansTwoThings(_ preset: KeymapPreset) throws {
        let keymap = try Keymap(preset: preset)
        for context in Context.allCases {
            var owners: [KeySequence: Action] = [:]
            for action in Action.allCases {
                for keys in keymap.keys(for: action, in: context) {
                    #expect(owners[keys] == nil, "\(keys) in \(context.rawValue)")
                    owners[keys] = action
                    #expect(keymap.resolve(keys.strokes, in: context) == .action(action))
                }
            }
        }
    }

    /// By a key, or by the palette where that opens.
    @Test(arguments: KeymapPreset.allCases)
    func everythingCanBeReached(_ preset: KeymapPreset) throws {
        let keymap = try Keymap(preset: preset)
        for context in Context.allCases {
            let hasPalette = !keymap.keys(for: .commandLine, in: context).isEmpty
            for action in Action.allCases where action.contexts.contains(context) {
                let hasKey = !keymap.keys(for: action, in: context).isEmpty
                #expect(hasKey || hasPalette, "\(action.rawValue) in \(context.rawValue)")
                let isNeeded = Self.needed.contains(action) || action.isDecision
                #expect(hasKey || !isNeeded, "\(action.rawValue) in \(context.rawValue)")
            }
        }
    }

    /// What nobody can be without a key for.
    private static let needed: Set<Action> = [
        .moveDown, .moveUp, .pageDown, .pageUp, .top, .bottom, .open, .back, .cancel, .edit, .diff,
        .filter, .clearFilter, .undo, .help, .commandLine, .quit, .accept, .nextButton, .nextPane,
        .deleteBackward,
    ]

    /// A hand that learnt one preset decides nothing by mistake in another.
    @Test func decisionsHaveTheSameKeys() throws {
        let standard = Keymap.standard
        for preset in KeymapPreset.allCases {
            let keymap = try Keymap(preset: preset)
            for action in [Action.approve, .reject, .confirm, .press, .extend] {
                for context in action.contexts {
                    let keys = keymap.keys(for: action, in: context)
                    #expect(keys == standard.keys(for: action, in: context))
                }
            }
        }
    }

    @Test(arguments: KeymapPreset.allCases)
    func theTerminalsOwnKeysAreNotTaken(_ preset: KeymapPreset) throws {
        let keymap = try Keymap(preset: preset)
        for context in Context.allCases {
            for action in Action.allCases where action != .quit && action != .suspend {
                for stroke in keymap.keys(for: action, in: context).flatMap(\.strokes) {
                    #expect(!["ctrl-z", "ctrl-c", "ctrl-s", "ctrl-q"].contains("\(stroke)"))
                }
            }
            let leave = KeyStroke(.character("c"), ctrl: true)
            #expect(keymap.resolve(leave, in: context) == .action(.quit))
        }
    }

    struct Press: Sendable {
        let preset: KeymapPreset
        let keys: String
        let context: Context
        let action: Action
    }

    @Test(arguments: [
        Press(preset: .emacs, keys: "n", context: .queue, action: .moveDown),
        Press(preset: .emacs, keys: "alt-x", context: .queue, action: .commandLine),
        Press(preset: .emacs, keys: "ctrl-x ctrl-c", context: .detail, action: .quit),
        Press(preset: .emacs, keys: "ctrl-x u", context: .editor, action: .undo),
        Press(preset: .emacs, keys: "ctrl-g", context: .fieldInput, action: .cancel),
        Press(preset: .emacs, keys: "g", context: .queue, action: .refresh),
        Press(preset: .mail, keys: "l", context: .queue, action: .filter),
        Press(preset: .mail, keys: "t", context: .queue, action: .mark),
        Press(preset: .mail, keys: "i", context: .detail, action: .back),
        Press(preset: .mail, keys: "space", context: .detail, action: .pageDown),
        Press(preset: .mail, keys: "j", context: .queue, action: .moveDown),
    ])
    func presetKeys(_ press: Press) throws {
        let sequence = try #require(KeySequence(notation: press.keys))
        let resolution = try Keymap(preset: press.preset).resolve(
            sequence.strokes, in: press.context)
        #expect(resolution == .action(press.action))
    }

    /// Own keys come on top; a key that the preset uses already is refused by the action's id.
    @Test func ownKeysComeOnTop() throws {
        let keymap = try Keymap(preset: .emacs, changes: ["approve": ["A"]])
        #expect(keymap.key(for: .approve, in: .queue) == "A")
        #expect(keymap.key(for: .moveDown, in: .queue) == "n")
        let keys = KeySequence(KeyStroke("n"))
        #expect(throws: KeymapError.conflict(keys, .queue, .moveDown, .approve)) {
            try Keymap(preset: .emacs, changes: ["approve": ["n"]])
        }
    }
}
