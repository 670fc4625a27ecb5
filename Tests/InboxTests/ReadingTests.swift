import Approvals
import Inbox
import JSONTree
import TextGrid
import Testing
import WireAPI

/// Reading one approval: a tree with a cursor, nothing hidden without a count, nothing approved
/// unseen.
struct ReadingTests {
    static let arguments = json(
        #"""
        {"customer": "cus_91", "amount": 184000,
         "recipient": {"name": "Zoë", "iban": {"$redacted": "r1"}},
         "lines": [{"sku": "a-1", "qty": 2}, {"sku": "b-2", "qty": 1}],
         "payload": "{\"to\": [\"x\", \"y\"], \"odd key\": true}", "note": "{not json}"}
        """#)
    static let redacted = [
        RedactedBody(pointer: "/recipient/iban", handle: "r1", kind: "string")
    ]

    private func driver(
        _ arguments: JSONValue = ReadingTests.arguments, rows: Int = 40, risk: Risk = .high
    ) -> Driver {
        Driver(
            [
                view(
                    1, arguments: arguments,
                    redacted: arguments == Self.arguments ? Self.redacted : [], risk: risk)
            ], size: GridSize(columns: 120, rows: rows))
    }

    private func copied(_ driver: Driver) -> String? {
        for effect in driver.effects.reversed() {
            if case .copy(let text) = effect { return text }
        }
        return nil
    }

    @Test("types stand behind values while somebody reads, and the path of the cursor below")
    func types() {
        let driver = driver()
        #expect(!driver.shows("object of 2"))
        driver.press("enter ] ] ]")
        #expect(driver.shows("184000  integer"))
        #expect(driver.shows("{  object of 2"))
        #expect(driver.shows("[  array of 2"))
        #expect(driver.shows("/recipient  object of 2"))
        driver.press("j j")
        #expect(driver.shows("/recipient/iban  redacted string"))
    }

    @Test("the next sibling is past what is in this one; at the end it says so")
    func siblings() {
        let driver = driver()
        driver.press("enter ] ] ] ]")
        #expect(driver.inbox.detailLine?.pointer == pointer("/lines"))
        driver.press("[ [")
        #expect(driver.inbox.detailLine?.pointer == pointer("/amount"))
        driver.press("[ [")
        #expect(driver.sentence.contains("nothing before"))
    }

    @Test("folding counts what it hides; everything folds and unfolds at once")
    func folding() {
        let driver = driver()
        driver.press("enter ] ] ] ] -")
        #expect(driver.shows("2 elements folded"))
        driver.press("l")
        #expect(!driver.shows("folded"))
        driver.press("_")
        #expect(driver.shows("2 elements folded") && driver.shows("2 members folded"))
        driver.press("+")
        #expect(!driver.shows("folded"))
        #expect(driver.inbox.detailLine?.pointer == pointer("/lines"))
    }

    @Test("JSON in a string opens in its place, marked, and closes again")
    func strings() {
        let driver = driver()
        driver.press("enter ] ] ] ] ]")
        #expect(driver.shows("JSON: l opens it"))
        driver.press("l")
        #expect(driver.shows("JSON in a string:"))
        #expect(driver.shows("\"odd key\"") && !driver.shows(#"{\"to\""#))
        driver.press("j j")
        #expect(driver.shows("/payload | fromjson /to/0"))
        driver.press("y q")
        #expect(copied(driver) == ".payload | fromjson | .to[0]")
        driver.press("-")
        #expect(driver.shows(#"{\"to\""#))
        driver.press("] l")
        #expect(driver.sentence == "This string is no JSON.")
    }

    @Test(
        "value, key, pointer and jq path are copied",
        arguments: [
            ("y v", #"{"sku":"a-1","qty":2}"#), ("y k", "0"), ("y p", "/lines/0"),
            ("y q", ".lines[0]"), ("y y", #"{"sku":"a-1","qty":2}"#),
        ])
    func copying(_ keys: String, _ text: String) {
        let driver = driver()
        driver.press("enter ] ] ] ] j " + keys)
        #expect(copied(driver) == text)
    }

    @Test("a hidden value is not copied, alone or as part of another")
    func copyingHidden() {
        let driver = driver()
        driver.press("enter ] ] ] y v j j y v")
        #expect(copied(driver) == nil)
        driver.press("y p")
        #expect(copied(driver) == "/recipient/iban")
    }

    @Test("a search finds keys and values, counts, goes round, and opens what hides a match")
    func searching() {
        let driver = driver()
        driver.press(#"enter _ / "B-""#)
        #expect(driver.shows("1 match"))
        driver.press("enter")
        #expect(driver.sentence == "Match 1 of 1 for \"B-\".")
        #expect(driver.inbox.detailLine?.pointer == pointer("/lines/1/sku"))
        driver.press(#"g / "qty" enter n"#)
        #expect(driver.sentence.hasPrefix("Match 2 of 2"))
        driver.press("n")
        #expect(driver.sentence.hasPrefix("Match 1 of 2"))
        driver.press("N")
        #expect(driver.inbox.detailLine?.pointer == pointer("/lines/1/qty"))
        driver.press(#"/ "redacted" enter"#)
        #expect(driver.sentence.contains("nowhere"), "hidden values are not searched")
        driver.press(#"/ "r1" enter"#)
        #expect(driver.sentence.contains("nowhere"), "hidden values are not searched")
    }

    @Test("the search works in the editor and in the diff too")
    func searchingElsewhere() {
        let driver = driver()
        driver.press(#"e / "b-2" enter"#)
        #expect(driver.inbox.editors[approvalID(1)]?.line?.pointer == pointer("/lines/1/sku"))
        driver.press(#"enter "x" enter d / "b-2x" enter"#)
        #expect(driver.sentence == "Match 1 of 1 for \"b-2x\".")
    }

    @Test("what was not on the screen is counted, and a key goes from one unseen value to the next")
    func unseen() {
        let many = JSONValue.array((0..<60).map { JSONValue.string("value \($0)") })
        let driver = driver(["list": many], rows: 24)
        driver.press("a")
        #expect(
            driver.inbox.overlays.isEmpty
                && driver.sentence.contains("not on the screen yet: tab, then U"))
        driver.press("enter")
        #expect(driver.shows("not seen yet: U"))
        for _ in 0..<12 { driver.press("U") }
        #expect(driver.sentence == "Every value was on the screen.")
        #expect(!driver.shows("not seen yet"))
        driver.press("a")
        #expect(!driver.inbox.overlays.isEmpty)
    }

    @Test("folding, JSON shown in place of its string, other widths and the palette see nothing")
    func cheating() {
        let driver = driver(rows: 12)
        driver.press("enter _ ] ] ] G g G")
        #expect(driver.shows("not seen yet"))
        driver.press("U")
        #expect(driver.inbox.detailLine?.pointer == pointer("/recipient/name"))
        driver.press("U U U U U U U U U U")
        #expect(!driver.shows("not seen yet"))
    }

    @Test("the raw text of a string is what must be seen, not the JSON in it")
    func rawText() {
        let driver = driver(
            ["a": .string("{\"x\": [" + String(repeating: "1, ", count: 900) + "1]}")], rows: 16)
        driver.press("enter ] l G")
        #expect(driver.shows("1 value not seen yet"))
        driver.press("U")
        #expect(driver.inbox.pane.opened.isEmpty)
    }

    @Test("half a value seen at one width and half at another is not all of it")
    func widths() {
        let text = String(repeating: "abcdefgh ", count: 60)
        let driver = driver(["a": .string(text), "b": 1], rows: 14)
        driver.press("enter")
        driver.tell(.resized(GridSize(columns: 60, rows: 14)))
        driver.draw()
        #expect(driver.shows("not seen yet"))
    }
}
