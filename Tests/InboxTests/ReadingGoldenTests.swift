import Approvals
import GoldenTesting
import Inbox
import JSONTree
import TextGrid
import Testing
import WireAPI

/// What people see while they read and edit one approval, at the sizes at which they see it.
struct ReadingGoldenTests {
    static let sizes = GoldenTests.sizes

    private func check(_ driver: Driver, _ name: String) {
        let difference = Golden.difference(driver.draw(), name)
        #expect(difference == nil, "\(difference ?? "")")
    }

    private func size(_ text: String) -> GridSize {
        let sides = text.split(separator: "x").compactMap { Int($0) }
        return GridSize(columns: sides[0], rows: sides[1])
    }

    private func reading(_ size: String) -> Driver {
        Driver(
            [
                view(
                    1, arguments: ReadingTests.arguments, redacted: ReadingTests.redacted,
                    risk: .high)
            ], size: self.size(size))
    }

    @Test("a folded tree counts what it hides, also as not seen yet", arguments: sizes)
    func folded(_ size: String) {
        let driver = reading(size)
        driver.press("enter _ ] ] ]")
        check(driver, "tree-folded-\(size)")
    }

    @Test("JSON in a string, opened in its place", arguments: sizes)
    func string(_ size: String) {
        let driver = reading(size)
        driver.press("enter ] ] ] ] ] l j j")
        check(driver, "tree-string-\(size)")
    }

    @Test("a search while it is typed", arguments: sizes)
    func search(_ size: String) {
        let driver = reading(size)
        driver.press(#"enter ] / "sku""#)
        check(driver, "search-\(size)")
    }

    @Test("values that were not on the screen are counted", arguments: sizes)
    func unseen(_ size: String) {
        let many = JSONValue.array((0..<90).map { JSONValue.string("value \($0)") })
        let driver = Driver(
            [view(1, arguments: ["list": many], risk: .high)], size: self.size(size))
        driver.press("enter U a")
        check(driver, "unseen-\(size)")
    }

    @Test("earlier decisions on calls like this one", arguments: sizes)
    func earlier(_ size: String) {
        var old = view(2, arguments: ["amount_cents": 4_000, "customer_id": "cus_17"])
        old.state = .approved
        old.settledAt = noon.adding(seconds: -7_200)
        old.decisions = [
            DecisionView(
                verdict: .approve, by: "ben@acme.test",
                edits: JSONPatch([.replace(pointer("/amount_cents"), 4_000)]), at: noon, revision: 1
            )
        ]
        let driver = Driver([view(1, risk: .high), old], size: self.size(size))
        driver.press("enter")
        driver.advance(1_000)
        driver.press("G")
        check(driver, "earlier-\(size)")
    }

    @Test("the values of a list are picked", arguments: sizes)
    func picking(_ size: String) {
        let driver = StructureTests.driver(self.size(size))
        driver.press("e j enter down")
        check(driver, "picking-\(size)")
    }

    @Test("the arguments as one text, with a mistake", arguments: sizes)
    func document(_ size: String) {
        let driver = StructureTests.driver(self.size(size))
        driver.press("e w down end bs")
        check(driver, "document-\(size)")
    }

    @Test("texts that are not what they look like", arguments: sizes)
    func warnings(_ size: String) {
        let arguments = json(
            #"""
            {"host": "xn--pypal-4ve.com", "to": "p\u0430ypal support",
             "note": "left          right ", "name": "שלום"}
            """#)
        let driver = Driver([view(1, arguments: arguments, risk: .high)], size: self.size(size))
        driver.press("enter ]")
        check(driver, "warnings-\(size)")
    }

    @Test("a change that can hardly be seen is told in the diff", arguments: sizes)
    func hidden(_ size: String) {
        let driver = Driver(
            [view(1, arguments: ["name": "Zoë", "note": "a b"], risk: .high)],
            size: self.size(size))
        driver.press("e j enter bs")
        driver.tell(.paste("e\u{308}"))
        driver.press(#"enter j enter bs " b" enter d"#)
        check(driver, "diff-hidden-\(size)")
    }
}
