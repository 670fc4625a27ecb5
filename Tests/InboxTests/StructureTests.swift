import Approvals
import JSONTree
import Keymap
import TextGrid
import Testing
import WireAPI

@testable import Inbox

/// Editing the shape of arguments, choosing from a schema, and the arguments as one text.
struct StructureTests {
    static let arguments = json(
        #"""
        {"currency": "EUR", "level": 2, "items": [{"sku": "a"}, {"sku": "b"}, {"sku": "c"}],
         "recipient": {"iban": {"$redacted": "r1"}, "name": "Zoë"}, "notify": true}
        """#)
    static let schema = json(
        #"""
        {"properties": {"currency": {"enum": ["EUR", "USD", "GBP", "CHF"]},
          "level": {"enum": [1, 2, 3, null]},
          "recipient": {"properties": {"name": {"type": "string", "maxLength": 8,
            "pattern": "^[A-Z]"}}}}}
        """#)

    static func driver(_ size: GridSize = GridSize(columns: 120, rows: 40)) -> Driver {
        Driver(
            [
                view(
                    1, arguments: arguments,
                    redacted: [
                        RedactedBody(pointer: "/recipient/iban", handle: "r1", kind: "string")
                    ], schema: schema)
            ], size: size)
    }

    private func patch(_ driver: Driver) -> String {
        driver.inbox.editors[approvalID(1)]?.patch.json.text(.compact) ?? ""
    }

    @Test(
        "keys change the shape",
        arguments: [
            // Names.
            (
                #"e j r "_code" enter"#,
                #"[{"op":"remove","path":"/currency"},"#
                    + #"{"op":"add","path":"/currency_code","value":"EUR"}]"#
            ),
            ("e j r enter", "[]"), (#"e j r "x" enter u"#, "[]"),
            // Copies.
            (
                "e j j j j D",
                #"[{"op":"add","path":"/items/1","value":{"sku":"a"}}]"#
            ),
            (
                #"e j D "2" enter"#,
                #"[{"op":"add","path":"/currency2","value":"EUR"}]"#
            ),
            // Places: one element moves, nothing else is touched.
            (
                "e j j j j }",
                #"[{"op":"remove","path":"/items/0"},"#
                    + #"{"op":"add","path":"/items/1","value":{"sku":"a"}}]"#
            ),
            ("e j j j j } {", "[]"), ("e j j j j } u", "[]"), ("e j j j j {", "[]"),
            // Restoring.
            (#"e / "iban" enter enter "DE1" enter R"#, "[]"),
            (#"e / "name" enter enter "x" enter R"#, "[]"),
            ("e j j x u R", "[]"),
        ] as [(String, String)])
    func keys(_ script: String, _ expected: String) {
        let driver = Self.driver()
        driver.press(script)
        let found = patch(driver)
        if script.hasSuffix("} {") {
            // Moved there and back it may count as new, but must be the same in the end.
            #expect(driver.inbox.editors[approvalID(1)]?.tree.value == Self.arguments)
        } else {
            #expect(found == expected || (expected == "[]" && found == ""))
        }
    }

    @Test("what is hidden is neither renamed, nor copied as text, nor moved into another name")
    func hidden() {
        let driver = Self.driver()
        for key in ["r", "D"] {
            driver.press(#"e / "recipient" enter \#(key)"#)
            #expect(driver.sentence.contains("hidden value stays"))
            #expect(driver.inbox.place == .editor)
            driver.press("esc")
        }
        #expect(driver.inbox.editors[approvalID(1)] == nil)
    }

    @Test("values of a list are chosen by arrow, by tab, or by typing a part and choosing")
    func choosing() {
        let driver = Self.driver()
        driver.press("e j enter")
        #expect(driver.shows("USD") && driver.shows("CHF"))
        driver.press("down enter")
        #expect(patch(driver) == #"[{"op":"replace","path":"/currency","value":"USD"}]"#)
        driver.press(#"enter ctrl-u "f""#)
        #expect(driver.shows("CHF"))
        #expect(driver.shows("must be one of"))
        driver.press("tab enter")
        #expect(patch(driver) == #"[{"op":"replace","path":"/currency","value":"CHF"}]"#)
    }

    @Test("a chosen value keeps its type, and what is typed means the value of the list")
    func choosingTypes() {
        let driver = Self.driver()
        driver.press("e j j enter up up enter")
        #expect(patch(driver) == #"[{"op":"replace","path":"/level","value":null}]"#)
        driver.press(#"enter ctrl-u "3" enter"#)
        #expect(patch(driver) == #"[{"op":"replace","path":"/level","value":3}]"#)
    }

    @Test("bounds, pattern and type stay in sight while somebody types, beside the verdict")
    func hints() {
        let driver = Self.driver()
        driver.press(#"e / "name" enter enter"#)
        #expect(driver.shows("at most 8 characters") && driver.shows("like ^[A-Z]"))
        #expect(driver.shows("fits the schema"))
        driver.press(#"ctrl-u "zoe""#)
        #expect(driver.shows("at most 8 characters") && !driver.shows("fits the schema"))
    }

    @Test("an accepted change is in the local copy at once, not when the editor is left")
    func keptAtOnce() {
        let driver = Self.driver()
        driver.press("e G space")
        #expect(driver.keptDrafts[approvalID(1)]?.edits.operations.count == 1)
        driver.press("u")
        #expect(driver.keptDrafts.isEmpty)
    }

    @Test("the whole document is edited in place; a mistake is shown where it is")
    func document() {
        let driver = Self.driver()
        driver.press("enter w")
        #expect(driver.inbox.place == .document)
        #expect(driver.shows("1  {") && driver.shows(#""$redacted": "r1""#))
        driver.press(#"down end "," ctrl-x"#)
        #expect(driver.sentence.contains("Nothing was taken over: line 2"))
        #expect(driver.inbox.place == .document)
    }

    @Test("a document is taken over as a patch; one that writes a mask elsewhere is refused")
    func taking() {
        let driver = Self.driver()
        driver.press("e w down down end left ctrl-w")
        driver.tell(.paste(#"3"#))
        driver.press("ctrl-x")
        #expect(patch(driver) == #"[{"op":"replace","path":"/level","value":3}]"#)
        #expect(driver.sentence == "Taken over: 1 change, not sent.")
        driver.press("w down end")
        driver.tell(.paste(#" "stolen": {"$redacted": "r1"},"#))
        driver.press("ctrl-x")
        #expect(driver.sentence.contains("hidden value"))
        driver.press("esc")
        #expect(driver.sentence.contains("Your text is kept"))
        #expect(patch(driver) == #"[{"op":"replace","path":"/level","value":3}]"#)
        driver.press("w")
        #expect(driver.shows("stolen"))
    }

    @Test("a text that was left and not taken over keeps its edit from being approved by mistake")
    func keptText() {
        let driver = Self.driver()
        driver.press("e w")
        driver.tell(.paste("x"))
        driver.press("esc esc a")
        #expect(driver.sentence.contains("A text of yours is not taken over"))
        #expect(driver.inbox.overlays.isEmpty)
        driver.press("enter X tab enter a")
        #expect(!driver.inbox.overlays.isEmpty)
    }

    @Test("nor is it approved with others as if nobody had written anything")
    func keptTextAmongMany() {
        let driver = Driver([
            view(1, risk: .low, minutes: 600), view(2, risk: .low, minutes: 601),
        ])
        driver.press("e w")
        driver.tell(.paste("x"))
        driver.press("esc esc * a a")
        #expect(driver.inbox.bulkTitle == "Approve 1 of 2")
        #expect(driver.shows("A text of yours is not taken over"))
        driver.press("y")
        #expect(driver.server.decided.map(\.id) == [approvalID(2)])
    }

    @Test("in a document changes are taken back and made again, typed words as one")
    func undoing() {
        var document = TextDocument("{\n}")
        _ = document.perform(.cursorEnd, rows: 9)
        for scalar in "abc" { document.insert(String(scalar)) }
        _ = document.perform(.insertNewline, rows: 9)
        document.insert("x")
        _ = document.perform(.deleteBackward, rows: 9)
        #expect(document.text == "{abc\n\n}")
        let texts = ["{abc\nx\n}", "{abc\n\n}", "{abc\n}", "{\n}", "{\n}"]
        for text in texts {
            _ = document.perform(.undo, rows: 9)
            #expect(document.text == text)
        }
        #expect(document.row == 0 && document.column == 1)
        for text in texts.reversed().dropFirst(2) + ["{abc\n\n}"] {
            _ = document.perform(.redo, rows: 9)
            #expect(document.text == text)
        }
        _ = document.perform(.undo, rows: 9)
        document.insert("y")
        _ = document.perform(.redo, rows: 9)
        #expect(document.text == "{abc\nxy\n}", "a change forgets what was taken back")
    }

    @Test("random typing taken back whole gives the first text, and made again the last")
    func undoingAll() {
        var seed: UInt64 = 11
        func random(_ count: Int) -> Int {
            seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(seed >> 33) % count
        }
        let actions: [Action] = [
            .insertNewline, .deleteBackward, .deleteForward, .deleteWord, .deleteLine, .cursorLeft,
            .lineUp, .cursorEnd,
        ]
        var document = TextDocument("{\n  \"a\": 1\n}")
        for _ in 0..<150 {
            if random(2) == 0 {
                document.insert(["a", "\n", "ü", "{}"][random(4)])
            } else {
                _ = document.perform(actions[random(actions.count)], rows: 5)
            }
        }
        let last = document.text
        for _ in 0..<150 { document.undo() }
        #expect(document.text == document.base)
        for _ in 0..<150 { document.redo() }
        #expect(document.text == last)
        #expect(document.bytes == last.utf8.count)
    }

    @Test(
        "a text that does not parse survives a crash, and is offered again",
        arguments: [true, false])
    func crash(_ wasLeft: Bool) {
        let before = Self.driver()
        before.press("e w")
        before.tell(.paste("no JSON "))
        if wasLeft { before.press("esc") } else { before.advance(2_500) }
        let kept = before.keptDrafts
        #expect(kept.count == 1)
        let draft = kept.values.first.unsafelyKnown
        #expect(draft.stage == .editing && draft.text?.hasPrefix("no JSON ") == true)
        let again = try? Draft(wire: JSONValue(parsing: Array(draft.wire.text(.compact).utf8)))
        #expect(again == draft)
        let driver = Driver(before.server, cached: CachedInbox(drafts: [draft], me: ada))
        driver.advance(1_000)
        driver.press("a")
        #expect(driver.sentence.contains("A text of yours is not taken over"))
        driver.press("e w")
        #expect(driver.shows("no JSON") && driver.sentence.contains("the text that you left"))
        driver.press("f3 esc esc enter X tab enter")
        driver.rest()
        #expect(driver.keptDrafts.isEmpty)
    }

    @Test("what $EDITOR made wrong is opened here, and goes out again with what is wrong on top")
    func outside() {
        let driver = Self.driver()
        driver.press("e E")
        driver.tell(.editorReturned(.success("{\"currency\": \"USD\",,}")))
        #expect(driver.inbox.place == .document)
        #expect(driver.shows("USD") && driver.sentence.contains("line 1, column 20"))
        driver.press("esc E")
        guard
            case .openEditor(let text)? = driver.effects.last(where: {
                if case .openEditor = $0 { true } else { false }
            })
        else {
            Issue.record("no editor was asked for")
            return
        }
        #expect(text.hasPrefix("// countersign: line 2, column 20"))
        driver.tell(.editorReturned(.success(text.replacing(",,}", with: "}"))))
        #expect(patch(driver).contains(#"{"op":"replace","path":"/currency","value":"USD"}"#))
    }
}
