import Keymap
import Approvals
import Inbox
import JSONTree
import TextGrid
import Testing
import WireAPI

/// Editing in place: every kind of value, checked while it is typed, with a way back.
struct EditorTests {
    private static let arguments = json(
        #"""
        {"amount_cents": 184000, "name": "Bob", "flag": true, "none": null,
         "recipient": {"iban": {"$redacted": "r1"}}, "tags": ["a", "b"]}
        """#)
    private static let redacted = [
        RedactedBody(pointer: "/recipient/iban", handle: "r1", kind: "string")
    ]
    private static let schema = json(
        #"""
        {"type": "object", "required": ["amount_cents"],
         "properties": {"amount_cents": {"type": "integer", "minimum": 1, "maximum": 184000},
           "name": {"type": "string", "maxLength": 8}, "note": {"type": "string"},
           "count": {"type": "integer"},
           "recipient": {"type": "object", "properties": {"iban": {"type": "string"}}}}}
        """#)

    private func driver(_ editable: [String]? = nil, schema: JSONValue? = schema) -> Driver {
        Driver([
            view(
                1, arguments: Self.arguments, redacted: Self.redacted, schema: schema,
                editable: editable)
        ])
    }

    private func patch(_ driver: Driver) -> String {
        driver.inbox.editors[approvalID(1)]?.patch.json.text(.compact) ?? ""
    }

    @Test(
        "keys make patches",
        arguments: [
            (
                #"e j enter ctrl-u "50000" enter"#,
                #"[{"op":"replace","path":"/amount_cents","value":50000}]"#
            ),
            (
                #"e j enter ctrl-u "1.50e2" enter"#,
                #"[{"op":"replace","path":"/amount_cents","value":1.50e2}]"#
            ),
            (
                #"e j j enter home "J" del enter"#,
                #"[{"op":"replace","path":"/name","value":"Job"}]"#
            ),
            ("e j j j space", #"[{"op":"replace","path":"/flag","value":false}]"#),
            ("e j j j enter", #"[{"op":"replace","path":"/flag","value":false}]"#),
            ("e j j z", #"[{"op":"replace","path":"/name","value":null}]"#),
            ("e j j z z", "[]"),
            ("e j j x", #"[{"op":"remove","path":"/name"}]"#),
            ("e j j x u", "[]"),
            ("e j j x u ctrl-r", #"[{"op":"remove","path":"/name"}]"#),
            (
                #"e o "note" enter "hello" enter"#,
                #"[{"op":"add","path":"/note","value":"hello"}]"#
            ),
            (#"e o "count" enter "3" enter"#, #"[{"op":"add","path":"/count","value":3}]"#),
            (#"e o "note" enter esc"#, "[]"),
            (#"e G o "c" enter"#, #"[{"op":"add","path":"/tags/2","value":"c"}]"#),
            ("e G k x", #"[{"op":"remove","path":"/tags/0"}]"#),
            ("e j j t", #"[{"op":"replace","path":"/name","value":0}]"#),
            ("e j j t t t t", #"[{"op":"replace","path":"/name","value":{}}]"#),
            ("e j j t t t t u u u u", "[]"),
            // The hidden value: kept, replaced, removed.
            (
                #"e j j j j j j enter "DE1" enter"#,
                #"[{"op":"replace","path":"/recipient/iban","value":"DE1"}]"#
            ),
            ("e j j j j j j x", #"[{"op":"remove","path":"/recipient/iban"}]"#),
            ("e j j j j j j z u", "[]"),
        ] as [(String, String)])
    func keys(_ script: String, _ expected: String) {
        let driver = driver()
        driver.press(script)
        #expect(patch(driver) == expected || (expected == "[]" && patch(driver) == ""))
    }

    @Test("what the schema refuses is said while it is typed, at the field, and is not sent")
    func schemaWhileTyping() {
        let driver = driver()
        driver.press(#"e j enter ctrl-u "184001""#)
        #expect(driver.shows("at most 184000"))
        driver.press("enter esc")
        #expect(driver.sentence.contains("cannot be sent"))
        driver.press("a")
        #expect(driver.sentence.contains("cannot be sent"))
        #expect(driver.inbox.overlays.isEmpty)
        driver.press(#"e enter bs enter esc a tab enter"#)
        #expect(driver.server.decided.count == 1)
    }

    @Test("text that is no number is not taken for one")
    func noNumber() {
        let driver = driver()
        driver.press(#"e j enter ctrl-u "12x" enter"#)
        #expect(driver.sentence.contains("must be a number"))
        driver.press("esc")
        #expect(patch(driver) == "[]")
    }

    @Test("outside of what the rule lets people change, nothing opens, and it says what may be")
    func envelope() {
        let driver = driver(["/amount_cents"])
        driver.press("e j j enter")
        #expect(driver.inbox.place == .editor)
        #expect(driver.sentence == "The rule lets you change only /amount_cents.")
        driver.press("x t z")
        #expect(patch(driver) == "[]")
        driver.press(#"k enter ctrl-u "5" enter"#)
        #expect(patch(driver) == #"[{"op":"replace","path":"/amount_cents","value":5}]"#)
        driver.press(#"o "note" enter"#)
        #expect(driver.shows("change only /amount_cents"))
    }

    @Test("a name is new, not empty, and not the mark of hidden values")
    func names() {
        for name in ["", "name", "$redacted"] {
            let driver = driver()
            driver.press("e o \"\(name)\" enter")
            #expect(driver.inbox.place == .fieldInput, "\(name) is no name")
            driver.press("esc")
            #expect(patch(driver) == "[]")
        }
    }

    @Test("a hidden value that does not fit the schema as a mask is no problem of the edit")
    func masksAreNoProblem() {
        let driver = driver()
        driver.press("e j j j space")
        #expect(driver.inbox.editors[approvalID(1)]?.problems == [])
    }

    @Test("leaving keeps the edit in the local copy; discarding forgets it there too")
    func kept() {
        let driver = driver()
        driver.press("e j j j space esc")
        #expect(driver.keptDrafts[approvalID(1)]?.stage == .editing)
        #expect(driver.keptDrafts[approvalID(1)]?.edits.operations.count == 1)
        driver.press("enter X tab enter")
        #expect(driver.keptDrafts.isEmpty)
        #expect(driver.inbox.editors.isEmpty)
    }

    @Test("$EDITOR gives a document; what is wrong with it is said and nothing is taken over")
    func outside() {
        let driver = driver()
        driver.press("e E")
        guard
            case .openEditor(let text)? = driver.effects.last(where: {
                if case .openEditor = $0 { true } else { false }
            })
        else {
            Issue.record("no editor was asked for")
            return
        }
        #expect(json(text) == Self.arguments)
        driver.tell(.editorReturned(.success("{")))
        #expect(driver.sentence.contains("Nothing was taken over"))
        #expect(patch(driver) == "[]")
        driver.tell(.editorReturned(.success(text.replacing("Bob", with: "Rob"))))
        #expect(patch(driver) == #"[{"op":"replace","path":"/name","value":"Rob"}]"#)
        driver.tell(.editorReturned(.failure(EditorFailure("There is no editor."))))
        #expect(driver.sentence == "There is no editor.")
    }

    @Test("pasting types; a paste with lines stays in one field")
    func paste() {
        let driver = driver(schema: nil)
        driver.press("e j j enter ctrl-u")
        driver.tell(.paste("two\nlines"))
        driver.press("enter")
        #expect(patch(driver) == #"[{"op":"replace","path":"/name","value":"two\nlines"}]"#)
    }
}
