import Approvals
import Inbox
import Keymap
import TextGrid
import Testing
import WireAPI

/// Filtering, grouping, views and jumping, as a person at the keys sees them.
struct TriageTests {
    private func driver(views: [SavedView] = []) -> Driver {
        var server = FakeServer()
        server.put(view(1, minutes: 9))
        server.put(view(2, tool: "send_email", risk: .high, minutes: 3))
        server.put(view(3, tool: "db.execute", agent: "janitor", risk: .critical, minutes: 20))
        server.put(view(4, tool: "send_email", minutes: 30))
        var strange = view(5, minutes: 1)
        strange.youCanDecide = false
        server.put(strange)
        return Driver(
            server, size: GridSize(columns: 120, rows: 40),
            settings: InboxSettings(views: views))
    }

    private func numbers(_ driver: Driver) -> [Int] {
        driver.inbox.queue.list.map {
            Int(driver.inbox.queue.store.row($0).id.id.rawValue.suffix(4), radix: 16) ?? -1
        }
    }

    private func selected(_ driver: Driver) -> ApprovalID? { driver.inbox.queue.selected?.id }

    @Test("a query that is not understood says so and hides nothing more")
    func badQuery() {
        let driver = driver()
        driver.press(#"/ "tool:send""#)
        #expect(numbers(driver) == [2, 4])
        driver.press(#"" rsk:high""#)
        #expect(numbers(driver) == [2, 4], "what is understood stays")
        #expect(driver.shows("no field \"rsk\""))
        driver.press("enter")
        #expect(driver.inbox.place == .filter, "enter keeps a line that is not understood open")
        driver.press(#"ctrl-e ctrl-w "risk:high" enter"#)
        #expect(numbers(driver) == [2])
        driver.press("/ esc")
        #expect(numbers(driver) == [2], "cancelling brings back what was shown")
        driver.press("esc")
        #expect(numbers(driver) == [5, 2, 1, 3, 4])
    }

    @Test("tab completes with what is in the queue, and up brings the last query back")
    func completion() {
        let driver = driver()
        driver.press(#"/ "tool:" tab"#)
        #expect(driver.shows("/tool:issue_refund"))
        driver.press("tab enter")
        #expect(numbers(driver) == [2, 4])
        driver.press("esc / up")
        #expect(numbers(driver) == [2, 4])
        driver.press("enter")
    }

    @Test("groups: headings are passed over, fold and open, and decide nothing")
    func groups() {
        let driver = driver()
        driver.press("b")
        #expect(numbers(driver) == [5, 1, 2, 4, 3])
        #expect(driver.shows("- issue_refund  2"))
        #expect(selected(driver) == approvalID(5))
        driver.press("j j")
        #expect(selected(driver) == approvalID(2), "the heading between is passed over")
        driver.press("z")
        #expect(selected(driver) == nil)
        #expect(driver.shows("+ send_email  2"))
        driver.press("a")
        #expect(driver.inbox.overlays.isEmpty, "a heading is no approval")
        driver.press("k j")
        #expect(selected(driver) == nil, "the heading of a folded group is a stop")
        driver.press("enter")
        #expect(selected(driver) == approvalID(2))
        driver.press("B B b b")
        #expect(driver.shows("no run") == false)
        driver.press("b")
        #expect(numbers(driver) == [5, 2, 1, 3, 4])
    }

    @Test("what comes while the list is grouped stands below a heading of its own, at the end")
    func arrivals() {
        let driver = driver()
        driver.press("b j")
        let before = driver.text.prefix(9)
        driver.server.put(view(8, minutes: 1))
        driver.news()
        #expect(numbers(driver) == [5, 1, 2, 4, 3, 8])
        #expect(driver.text.dropFirst(3).prefix(6) == before.dropFirst(3))
        #expect(driver.shows("came since"))
        driver.press("ctrl-r")
        #expect(numbers(driver) == [5, 8, 1, 2, 4, 3])
    }

    @Test("the picker opens a view, with its order and groups, and leaving it undoes them")
    func views() {
        let driver = driver(views: [
            SavedView(name: "grave", query: "risk>=high sort:newest by:tool")
        ])
        driver.press("f")
        #expect(driver.shows("high-risk"))
        driver.press(#""grave" enter"#)
        #expect(numbers(driver) == [3, 2])
        #expect(driver.shows("view grave: 2"))
        #expect(driver.shows("- db.execute"))
        driver.press("esc")
        #expect(numbers(driver) == [5, 2, 1, 3, 4])
        #expect(driver.inbox.triage.view == nil)
        driver.press(#": "view mine" enter"#)
        #expect(numbers(driver) == [2, 1, 3, 4])
        driver.press(#": "view nothing" enter"#)
        #expect(driver.sentence.contains("view takes one of grave, mine"))
        driver.press(#": "group agent" enter"#)
        #expect(numbers(driver) == [2, 1, 4, 3])
    }

    @Test("a view that cannot be read says so and changes nothing")
    func badView() {
        let driver = driver(views: [SavedView(name: "broken", query: "risk>>")])
        driver.press(#": "view broken" enter"#)
        #expect(driver.sentence.contains("cannot be used"))
        #expect(numbers(driver).count == 5)
    }

    @Test("the next that needs me: only what I can decide, the most urgent first, round and round")
    func nextMine() {
        let driver = driver()
        driver.press("]")
        #expect(selected(driver) == approvalID(2))
        driver.press("s ]")
        #expect(selected(driver) == approvalID(1), "whatever the list is sorted by")
        driver.press("] ]")
        #expect(selected(driver) == approvalID(4))
        driver.press("]")
        #expect(selected(driver) == approvalID(2))
        driver.press("[")
        #expect(selected(driver) == approvalID(4))
        driver.press("b z ]")
        #expect(selected(driver) == approvalID(2), "a folded group opens for it")
    }

    @Test("time brings rows into a view without moving another row")
    func timeBringsRows() {
        let driver = driver()
        driver.press(#"/ "left<5m" enter"#)
        #expect(numbers(driver) == [5, 2])
        driver.advance(5 * 60_000)
        #expect(numbers(driver) == [5, 2, 1])
    }

    @Test("history: one word is searched by the server, anything else among what was fetched")
    func history() {
        let driver = driver()
        for number in 1...3 {
            driver.server.change(number) { view in
                view.state = .rejected
                view.settledAt = noon
            }
        }
        driver.news()
        driver.press(#"H / "risk>=high" enter"#)
        #expect(driver.inbox.history.rows.map(\.id) == [approvalID(3), approvalID(2)])
        driver.press(#"/ ctrl-u "email" enter"#)
        #expect(
            driver.server.requests.last { $0.target.contains("history") }?.target
                .contains("matching=email") == true)
        driver.press(#"/ ctrl-u "tool=send_email agent=support-bot -risk:low" enter"#)
        let target = driver.server.requests.last { $0.target.contains("history") }?.target ?? ""
        #expect(target.contains("tool=send_email&agent=support-bot"), "\(target)")
        driver.press(#"/ ctrl-u "-tool=send_email" enter"#)
        let other = driver.server.requests.last { $0.target.contains("history") }?.target ?? ""
        #expect(!other.contains("tool="), "what is not wanted is not asked for")
        driver.press("\\")
        #expect(driver.inbox.history.rows.count == 3)
    }

    @Test("the header counts what runs out of time, whatever the list is sorted by")
    func urgency() {
        let driver = driver()
        #expect(driver.inbox.triage.urgency.urgent == 1)
        #expect(driver.shows("1 urgent"))
        driver.advance(62_000)
        #expect(driver.inbox.triage.urgency.expired == 1)
        #expect(driver.inbox.triage.urgency.urgent == 1)
        #expect(driver.shows("1 expired here"))
        driver.press("s s")
        driver.advance(11_000)
        driver.press("j")
        #expect(driver.inbox.triage.urgency.expired == 1)
    }

    @Test("arrivals of the last hour are counted once, and forgotten after it")
    func lastHour() {
        let driver = driver()
        driver.advance(60_000)
        #expect(driver.inbox.triage.arrivals.bars.last == 1)
        #expect(driver.shows("last hour"))
        let bars = driver.inbox.triage.arrivals.bars
        driver.server.change(1) { $0.risk = .low }
        driver.news()
        #expect(driver.inbox.triage.arrivals.bars == bars, "a change is no arrival")
        driver.advance(70 * 60_000)
        #expect(driver.inbox.triage.arrivals.bars.isEmpty)
    }
}
