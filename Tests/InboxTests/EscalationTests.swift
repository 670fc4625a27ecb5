import Approvals
import GoldenTesting
import Inbox
import JSONTree
import TextGrid
import Testing
import WireAPI

/// Goal: whoever looks at a call sees who is told next and when, and can hold that back.
struct EscalationTests {
    private static func view(isHeld: Bool = false) -> ApproverView {
        var view = InboxTests.view(1, risk: .low)
        func step(_ to: EscalationTargetBody, _ state: String, _ minutes: Int) -> EscalationStepView
        {
            EscalationStepView(
                afterSeconds: 600, to: to, mayDecide: state == "later" ? true : nil, state: state,
                at: noon.adding(seconds: minutes * 60))
        }
        view.escalation = EscalationView(
            steps: [
                step(EscalationTargetBody(group: "leads"), "now", -2),
                step(EscalationTargetBody(people: ["cto@acme.test", "cfo@acme.test"]), "next", 8),
                step(EscalationTargetBody(group: "ops"), "later", 18),
            ], step: 1, repeats: 1, acknowledgedBy: isHeld ? ada.name : nil,
            acknowledgedUntil: isHeld ? noon.adding(seconds: 600) : nil)
        return view
    }

    @Test("the plan, and who is next", arguments: ["60x15", "80x24", "200x50"])
    func plan(_ size: String) {
        let sides = size.split(separator: "x").compactMap { Int($0) }
        let driver = Driver(
            [Self.view()], size: GridSize(columns: sides[0], rows: sides[1]))
        driver.press("enter")
        #expect(driver.shows("cto@acme.test, cfo@acme.test at"))
        driver.press("G")
        let difference = Golden.difference(driver.draw(), "escalation-\(size)")
        #expect(difference == nil, "\(difference ?? "")")
    }

    @Test("a step to a schedule names whom it means")
    func schedule() {
        for (people, words) in [
            (["ada@acme.test"], "whoever is on shift in primary (ada@acme.test)"),
            ([], "whoever is on shift in primary (nobody)"),
        ] {
            var view = Self.view()
            view.escalation?.steps[1].to = EscalationTargetBody(schedule: "primary")
            view.escalation?.steps[1].onDuty = people
            let driver = Driver([view], size: GridSize(columns: 200, rows: 50))
            driver.press("enter")
            #expect(driver.shows(words))
        }
    }

    @Test func itIsHeldBackByOneKey() {
        let driver = Driver([Self.view()], size: GridSize(columns: 80, rows: 24))
        driver.server.scripted = [
            (
                "/v1/approvals/\(approvalID(1).rawValue)/acknowledge",
                FakeServer.ok(Self.view(isHeld: true).wire)
            )
        ]
        driver.press("enter I")
        #expect(driver.sentence.contains("Nobody else is told before"))
        #expect(driver.shows("nobody else is told before"))
        #expect(
            driver.server.requests.count { $0.target.hasSuffix("/acknowledge") && $0.body.isEmpty }
                == 1)
    }

    /// Where nobody is next there is nothing to hold back, and nothing is sent.
    @Test func nothingToHoldBack() {
        let driver = Driver([InboxTests.view(1)], size: GridSize(columns: 80, rows: 24))
        driver.press("enter I")
        #expect(driver.sentence.contains("there is no next step"))
        #expect(!driver.server.requests.contains { $0.target.hasSuffix("/acknowledge") })
    }
}
