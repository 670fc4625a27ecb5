import Approvals
import Inbox
import TextGrid
import Testing
import WireAPI

/// Rows are marked by what they are, not by where they stand, and a mark never outlives its row.
struct MarkTests {
    private static func many(_ count: Int = 6) -> [ApproverView] {
        (1...count).map { view($0, tool: $0 % 2 == 0 ? "send_email" : "issue_refund", minutes: $0) }
    }

    private func marked(_ driver: Driver) -> [Int] {
        driver.inbox.queue.list.indices.filter { index in
            driver.inbox.queue.row(at: index).map { driver.inbox.marks.contains($0.id) } ?? false
        }.map { $0 + 1 }
    }

    @Test("space marks the row and goes on; again takes the mark away")
    func toggling() {
        let driver = Driver(Self.many())
        driver.press("space space j space")
        #expect(marked(driver) == [1, 2, 4])
        #expect(driver.shows("3 marked"))
        #expect(driver.shows("[marked]"))
        driver.press("g space")
        #expect(marked(driver) == [2, 4])
    }

    @Test("a range goes from the row marked last to the cursor, in either direction")
    func range() {
        let driver = Driver(Self.many())
        driver.press("V")
        #expect(marked(driver).isEmpty)
        driver.press("j j space j V")
        #expect(marked(driver) == [3, 4, 5])
        driver.press("* n G space g j V")
        #expect(marked(driver) == [2, 3, 4, 5, 6])
    }

    @Test("all, none and the others mean what the filter shows")
    func filtered() {
        let driver = Driver(Self.many())
        driver.press(#"/ "email" enter * a esc"#)
        #expect(marked(driver) == [2, 4, 6])
        driver.press("* i")
        #expect(marked(driver) == [1, 3, 5])
        driver.press("* n")
        #expect(marked(driver).isEmpty)
    }

    @Test("marks stay through refreshes and another order, and leave with what was settled")
    func surviving() {
        let driver = Driver(Self.many())
        driver.press("space space")
        driver.server.put(view(9, risk: .critical, minutes: 1))
        driver.news()
        driver.press("s ctrl-r")
        #expect(driver.inbox.marks.count == 2)
        driver.server.change(1) { $0.state = .rejected }
        driver.news()
        #expect(driver.inbox.marks.count == 1)
        driver.server.feed.append(InboxChange(kind: .gone, id: approvalID(2)))
        driver.news()
        #expect(driver.inbox.marks.isEmpty)
    }

    @Test("what is settled cannot be marked")
    func settled() {
        let driver = Driver(Self.many(1))
        driver.server.change(1) { $0.state = .rejected }
        driver.news()
        driver.press("space")
        #expect(driver.inbox.marks.isEmpty)
        #expect(driver.sentence == "Only what is pending can be marked.")
    }

    @Test("no more are marked than a person can look through, and that is said")
    func bounded() {
        var server = FakeServer()
        for number in 1...(Marks.countMax + 20) { server.put(view(number, minutes: number)) }
        let driver = Driver(server)
        driver.advance(5_000)
        driver.press("* a")
        #expect(driver.inbox.marks.count == Marks.countMax)
        #expect(driver.sentence.contains("no more"))
    }
}
