import Keymap
import Testing

/// Goal: a key means one thing in a place, and the table is the only place that says what.
struct KeymapTests {
    @Test func everyActionHasARow() {
        for action in Action.allCases {
            let facts = action.facts
            #expect(!facts.title.isEmpty && facts.help.hasSuffix("."), "\(action)")
            let contexts = facts.bindings.flatMap(\.contexts)
            #expect(!contexts.isEmpty && Set(contexts).count == contexts.count, "\(action)")
            for context in action.contexts {
                #expect(!Keymap.standard.keys(for: action, in: context).isEmpty, "\(action)")
            }
        }
    }

    /// Decisions are far from the keys that move, need no Alt, and mean nothing in text.
    @Test func decisionsAreOnKeysOfTheirOwn() {
        for action in Action.allCases where action.isDecision {
            for context in action.contexts {
                #expect(!context.takesText)
                for sequence in Keymap.standard.keys(for: action, in: context) {
                    #expect(sequence.strokes.allSatisfy { !$0.alt && !$0.ctrl })
                }
            }
        }
        #expect(Action.approve.isDecision && Action.reject.isDecision && Action.press.isDecision)
        #expect(Action.moveDown.kind == .navigation && Action.mark.kind == .ordinary)
    }

    @Test func theTerminalsOwnKeysAreNotTaken() throws {
        for context in Context.allCases {
            for key in ["ctrl-s", "ctrl-q"] {
                let stroke = try #require(KeyStroke(notation: key))
                #expect(Keymap.standard.resolve(stroke, in: context) == .none)
            }
            let suspend = KeyStroke(.character("z"), ctrl: true)
            #expect(Keymap.standard.resolve(suspend, in: context) == .action(.suspend))
            let leave = KeyStroke(.character("c"), ctrl: true)
            #expect(Keymap.standard.resolve(leave, in: context) == .action(.quit))
        }
    }

    @Test(arguments: [
        "j", "G", "ctrl-d", "alt-x", "ctrl-alt-x", "space", "enter", "esc", "tab", "shift-tab",
        "bs",
        "del", "ins", "up", "down", "left", "right", "home", "end", "pgup", "pgdn", "f1", "f12",
        "-",
        "/", "?", "é", "ctrl-space", "alt-enter", "f", "ctrl-]",
    ])
    func notationIsReadBack(_ notation: String) throws {
        #expect(try #require(KeyStroke(notation: notation)).description == notation)
    }

    @Test(arguments: ["", "ctrl-", "ctrl-D", "ctrl-1", "f0", "f13", "enterr", "ab", " ", "\u{7F}"])
    func otherNotationIsRefused(_ notation: String) {
        #expect(KeyStroke(notation: notation) == nil)
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

    struct Wrong: Sendable {
        let changes: [String: [String]]
        let error: KeymapError
    }

    @Test func changesReplaceAllKeysOfAnAction() throws {
        let keymap = try Keymap(changes: ["approve": ["A"], "quit": ["Z Z"], "yank": []])
        #expect(keymap.key(for: .approve, in: .detail) == "A")
        #expect(keymap.resolve(KeyStroke("a"), in: .queue) == .none)
        #expect(keymap.resolve(KeyStroke("y"), in: .queue) == .none)
        #expect(keymap.keys(for: .quit, in: .queue).map(\.description) == ["Z Z", "ctrl-c"])
        #expect(keymap.keys(for: .quit, in: .filter).map(\.description) == ["ctrl-c"])
    }

    private static let j = KeySequence(KeyStroke("j"))

    @Test(arguments: [
        Wrong(changes: ["aprove": ["a"]], error: .unknownAction("aprove")),
        Wrong(changes: ["approve": ["ctrl-D"]], error: .unknownKey(.approve, "ctrl-D")),
        Wrong(changes: ["approve": ["j"]], error: .conflict(j, .queue, .moveDown, .approve)),
        Wrong(changes: ["help": ["ctrl-s"]], error: reserved(.help, "s")),
        Wrong(changes: ["help": ["ctrl-c"]], error: reserved(.help, "c")),
        Wrong(changes: ["suspend": ["f5"]], error: .fixedAction(.suspend)),
        Wrong(changes: ["approve": ["alt-a"]], error: .altDecision(.approve)),
        Wrong(
            changes: ["accept": ["x"]],
            error: .typedKey(.accept, KeySequence(KeyStroke("x")), .fieldInput)),
    ])
    func wrongChangesAreExplained(_ wrong: Wrong) {
        #expect(throws: wrong.error) { try Keymap(changes: wrong.changes) }
        #expect(wrong.changes.keys.contains(wrong.error.actionID))
        #expect(wrong.error.description.hasSuffix("."))
    }

    @Test func aPrefixOfAnotherKeyIsAConflict() {
        #expect(throws: KeymapError.self) {
            try Keymap(changes: ["top": ["g g"], "bottom": ["g"]])
        }
    }

    private static func reserved(_ action: Action, _ key: Unicode.Scalar) -> KeymapError {
        .reservedKey(action, KeyStroke(.character(key), ctrl: true))
    }
}
