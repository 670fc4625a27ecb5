import Approvals
import Inbox
import JSONTree
import TextGrid
import Testing
import WireAPI

/// The server's no is told with who and when, with what changed, and with what to do next.
struct RefusalTests {
    private func refused(_ status: Int, _ problem: Problem) -> Driver {
        let driver = Driver([view(1)])
        let response = HTTPResponse(
            status: status, body: Array(problem.wire.text(.compact).utf8))
        driver.server.scripted.append(
            (prefix: "/v1/approvals/\(approvalID(1))/decision", response: response))
        driver.press("a y", pause: 300)
        return driver
    }

    private func problem(_ status: Int, _ name: String) -> Problem {
        Problem(
            name, status: status, title: "No.", detail: "The reason.", nextStep: "Look again.")
    }

    @Test("409 says who decided before, and when")
    func settled() {
        var current = view(1, revision: 2)
        current.state = .rejected
        current.settledAt = noon.adding(seconds: -180)
        current.decisions = [
            DecisionView(verdict: .reject, by: "ben@acme.test", at: noon, revision: 1)
        ]
        var problem = problem(409, "already-settled")
        problem.approval = current
        let driver = refused(409, problem)
        #expect(
            driver.sentence
                == "Not decided by you: it was rejected by ben@acme.test, 3 min ago. Look again.")
        #expect(driver.inbox.outbox.outgoing.isEmpty && driver.keptDrafts.isEmpty)
    }

    @Test("412 says what changed, before and after")
    func moved() {
        var problem = problem(412, "moved")
        problem.approval = view(1, risk: .high, revision: 2)
        let driver = refused(412, problem)
        #expect(
            driver.sentence
                == "It changed, so nothing was decided: its risk is high now (it was medium). "
                + "Look again.")
    }

    @Test("403 says who could")
    func forbidden() {
        var problem = problem(403, "forbidden")
        problem.whoCould = ["lea@acme.test", "ben@acme.test"]
        let driver = refused(403, problem)
        #expect(
            driver.sentence
                == "Not decided: The reason. Look again. Could: lea@acme.test, ben@acme.test.")
    }

    @Test("422 names the field")
    func invalid() {
        var problem = problem(422, "invalid")
        problem.fields = [FieldProblemBody(field: "/comment", detail: "is too long")]
        let driver = refused(422, problem)
        #expect(driver.sentence == "Not decided: /comment is too long. Look again.")
    }

    @Test("a success says what was recorded, also when more approvals are needed")
    func counted() {
        let driver = Driver([view(1, quorum: 2)])
        var current = view(1, revision: 2, quorum: 2)
        current.requirement.approvals = 1
        driver.server.scripted.append(
            (
                prefix: "/v1/approvals/\(approvalID(1))/decision",
                response: FakeServer.ok(current.wire)
            ))
        driver.press("a y", pause: 300)
        #expect(
            driver.sentence
                == "Recorded: you approved issue_refund 0001; 1 of 2 approvals so far.")
    }
}
