import Keymap
import Testing

/// Goal: a key means one thing in a place, and the table is the only place that says what.
struct KeymapTests {
    @Test(arguments: Action.allCases)
    func everyActionHasARow(_ action: Action) {
        let facts = action.facts
        #expect(!facts.title.isEmpty && facts.help.hasSuffix("."))
        let contexts = facts.bindings.flatMap(\.contexts)
        #expect(!contexts.isEmpty && Set(contexts).count == contexts.count)
        for context in action.contexts {
            #expect(!Keymap.standard.keys(for: action, in: context).isEmpty)
        }
    }

    struct Press: Sendable {
        let keys: String
        let context: Context
        let action: Action?
    }

    @Test(arguments: [
        Press(keys: "j", context: .queue, action: .moveDown),
        Press(keys: "down", context: .detail, action: .moveDown),
        Press(keys: "G", context: .queue, action: .bottom),
        Press(keys: "a", context: .queue, action: .approve),
        Press(keys: "a", context: .editor, action: nil),
        Press(keys: "a", context: .filter, action: nil),
        Press(keys: "alt-a", context: .queue, action: nil),
        Press(keys: "ctrl-r", context: .queue, action: .refresh),
        Press(keys: "ctrl-r", context: .editor, action: .redo),
        Press(keys: "q", context: .queue, action: .quit),
        Press(keys: "q", context: .detail, action: .back),
        Press(keys: "space", context: .queue, action: .mark),
        Press(keys: "space", context: .editor, action: .toggleValue),
        Press(keys: "y", context: .dialog, action: .confirm),
        Press(keys: "y", context: .queue, action: .yank),
        Press(keys: "enter", context: .fieldInput, action: .accept),
        Press(keys: "ctrl-z", context: .commandLine, action: .suspend),
    ])
    func standardKeys(_ press: Press) throws {
        let sequence = try #require(KeySequence(notation: press.keys))
        let resolution = Keymap.standard.resolve(sequence.strokes, in: press.context)
        #expect(resolution == press.action.map { .action($0) } ?? .none)
    }

    @Test func aPrefixTellsHowToGoOn() throws {
        let keymap = try Keymap(changes: ["top": ["g g"], "bottom": ["g e"]])
        let g = KeyStroke("g")
        #expect(
            keymap.resolve(g, in: .queue)
                == .pending([
                    Continuation(stroke: KeyStroke("e"), action: .bottom),
                    Continuation(stroke: g, action: .top),
                ]))
        #expect(keymap.resolve([g, g], in: .queue) == .action(.top))
        #expect(keymap.resolve([g, KeyStroke("x")], in: .queue) == .none)
        #expect(keymap.resolve(KeyStroke(.home), in: .queue) == .none)
    }
}
