import Approvals
import ControlPlane
import ControlPlaneAPI
import Cryptography
import JSONTree
import Simulation
import Testing
import WireAPI

@Suite("Answers say what happened and what to do")
struct APIAnswerTests {
    /// The same key makes one approval, and says whether it was new.
    @Test func submitting() throws {
        let rig = try APIRig()
        let key = ["idempotency-key": "k1"]
        let first = rig.send(.submit, APIRig.refund, headers: key, as: "bot")
        try rig.expect(first, 201)
        let id = try #require(first.json()["id"]?.stringValue)
        #expect(first.headers["location"] == "/v1/approvals/\(id)")
        #expect(first.headers["etag"] == "\"1\"")
        let again = rig.send(.submit, APIRig.refund, headers: key, as: "bot")
        try rig.expect(again, 200)
        #expect(try again.json()["id"] == .string(id))
        let other = rig.send(
            .submit, ["tool": "other", "arguments": [:]], headers: key, as: "bot")
        #expect(other.status == 409)
        #expect(other.problem == "idempotency-conflict")
    }

    /// From submission to receipt in HTTP values, with an edit; what runs is what was decided.
    @Test func wholeLife() throws {
        let rig = try APIRig()
        let id = try rig.submit()
        let edit: JSONValue = [["op": "replace", "path": "/amount_cents", "value": 50_000]]
        let decided = try rig.decide(id, more: [("edits", edit)])
        try rig.expect(decided, 200)
        #expect(decided.headers["etag"] == "\"2\"")
        let nonce: JSONValue = ["nonce": "0123456789abcdef"]
        let claim = rig.send(.claim, nonce, naming: id, as: "bot")
        try rig.expect(claim, 200)
        let right = try ClaimAnswer(wire: claim.json())
        #expect(right.arguments["amount_cents"] == 50_000)
        #expect(right.arguments["recipient"]?["iban"] == "DE89370400440532013000")
        #expect(try Digest(canonical: right.arguments) == right.effectiveDigest)
        let foreign: JSONValue = ["nonce": "fedcba9876543210"]
        #expect(rig.send(.claim, foreign, naming: id, as: "bot").problem == "already-claimed")
        let receipt = ReceiptBody(
            fencingToken: right.fencingToken, outcome: .succeeded,
            effectiveDigest: right.effectiveDigest)
        let done = rig.send(.receipt, receipt.wire, naming: id, as: "bot")
        try rig.expect(done, 200)
        let view = try AgentView(wire: done.json())
        #expect(view.execution == .succeeded)
        #expect(view.isEdited)
        #expect(view.decidedBy == "ada@api.test")
    }

    /// Who comes too late is told who won, and sees the approval as it is.
    @Test func losing() throws {
        let rig = try APIRig()
        let id = try rig.submit()
        let seen = rig.send(.approval, naming: id, as: "ada")
        try rig.expect(try rig.decide(id, "reject"), 200)
        let body = DecisionBody(
            verdict: .approve, displayedDigest: try ApproverView(wire: seen.json()).displayedDigest)
        let match = ["if-match": try #require(seen.headers["etag"])]
        let late = rig.send(.decision, body.wire, naming: id, headers: match, as: "ada")
        #expect(late.status == 409)
        let problem = try Problem(wire: late.json())
        #expect(problem.name == "already-settled")
        #expect(problem.detail.contains("rejected") && problem.detail.contains("ada@api.test"))
        #expect(problem.approval?.state == .rejected)
    }

    /// Who looked at something else is shown the fresh view, and nothing is applied to it.
    @Test func moved() throws {
        let rig = try APIRig()
        let id = try rig.submit()
        let seen = rig.send(.approval, naming: id, as: "ada")
        let match = ["if-match": try #require(seen.headers["etag"])]
        try rig.expect(
            rig.send(.extend, ["by_s": 60], naming: id, headers: match, as: "ada"), 200)
        let body = DecisionBody(
            verdict: .approve, displayedDigest: try ApproverView(wire: seen.json()).displayedDigest)
        let refused = rig.send(.decision, body.wire, naming: id, headers: match, as: "ada")
        #expect(refused.status == 412)
        let problem = try Problem(wire: refused.json())
        #expect(problem.name == "moved")
        #expect(problem.approval?.revision == 2)
        #expect(problem.approval?.state == .pending)
    }

    /// Without authority there is a reason; a stranger does not even learn that it exists.
    @Test func withoutAuthority() throws {
        let rig = try APIRig()
        let id = try rig.submit()
        let audited = try rig.decide(id, as: "aud")
        #expect(audited.status == 403)
        #expect(try Problem(wire: audited.json()).whoCould == ["ada@api.test"])
        #expect(rig.send(.approval, naming: id, as: "eve").status == 404)
        #expect(rig.send(.listTokens, as: "ada").problem == "forbidden")
        #expect(rig.send(.me, as: "cs_wrong").problem == "unauthenticated")
        #expect(rig.send(.me, as: "cs_wrong").headers["www-authenticate"] == "Bearer")
    }

    /// An approval that did not change is not sent again, and one that did is.
    @Test func conditionalApproval() throws {
        let rig = try APIRig()
        let id = try rig.submit()
        for who in ["bot", "ada"] {
            let seen = rig.send(.approval, naming: id, as: who)
            let known = ["if-none-match": try #require(seen.headers["etag"])]
            let again = rig.send(.approval, naming: id, headers: known, as: who)
            #expect(again.status == 304)
            #expect(again.body.isEmpty)
            #expect(again.headers["etag"] == seen.headers["etag"])
        }
        let old = ["if-none-match": "\"1\", \"7\""]
        try rig.expect(try rig.decide(id), 200)
        #expect(rig.send(.approval, naming: id, headers: old, as: "bot").status == 200)
    }

    /// The tag of a page of the feed covers what it says, and not the clock in it.
    @Test func conditionalInbox() throws {
        let rig = try APIRig()
        _ = try rig.submit()
        let page = rig.send(.inbox, as: "ada")
        let known = ["if-none-match": try #require(page.headers["etag"])]
        rig.pass(seconds: 1)
        #expect(rig.send(.inbox, headers: known, as: "ada").status == 304)
        _ = try rig.submit(key: "k2")
        #expect(rig.send(.inbox, headers: known, as: "ada").status == 200)
    }

    /// A row says which run it is of and who can decide it, as long as anybody can.
    @Test func reach() throws {
        let rig = try APIRig()
        let id = try rig.submit()
        func row() throws -> ApprovalSummary {
            let page = try InboxAnswer(wire: rig.send(.inbox, as: "ada").json())
            return try #require(page.items.first?.approval)
        }
        let pending = try row()
        let view = try ApproverView(wire: rig.send(.approval, naming: id, as: "ada").json())
        #expect(pending.youCanDecide == view.youCanDecide)
        #expect(pending.deciders == view.whoCanDecide.count)
        #expect(pending.runID == view.origin.runID)
        try rig.expect(try rig.decide(id), 200)
        let past = try SummaryList(wire: rig.send(.history, as: "ada").json())
        #expect(past.items.first?.youCanDecide == nil)
        #expect(past.items.first?.deciders == nil)
    }

    /// A cursor of another history makes the client start again instead of missing something.
    @Test func foreignCursor() throws {
        let rig = try APIRig()
        let refused = rig.send(.inbox, query: "?since=nonsense", as: "ada")
        #expect(refused.status == 410)
        #expect(refused.problem == "cursor-reset")
    }

    /// Many decisions are answered one by one, each with the status that it alone had got.
    @Test func manyDecisions() throws {
        let rig = try APIRig()
        let ids = [try rig.submit(key: "a"), try rig.submit(key: "b")]
        let items: [JSONValue] = try ids.enumerated().map { place, id in
            let seen = try rig.send(.approval, naming: id, as: "ada").json()
            return [
                "id": .string(id), "revision": .number(JSONNumber(place + 1)),
                "verdict": "approve", "displayed_digest": try #require(seen["displayed_digest"]),
                "fully_shown": true,
            ]
        }
        let response = rig.send(.decisions, ["items": .array(items)], as: "ada")
        try rig.expect(response, 200)
        let answer = try BulkDecisionAnswer(wire: response.json())
        #expect(answer.items.map(\.status) == [200, 412])
        #expect(answer.items.map(\.id.rawValue) == ids)
        #expect(answer.items[1].problem?.approval?.revision == 1)
    }

    /// One answer does not grow without bound: what has no place for its view still says what
    /// became of it, and is read by itself.
    @Test func manyLargeViews() throws {
        let rig = try APIRig()
        let text = JSONValue.string(String(repeating: "x", count: 150_000))
        let items: [JSONValue] = try (0..<15).map { place in
            var body = try #require(APIRig.refund.objectValue)
            body["arguments"] = ["text": text]
            body["redact"] = []
            let id = try rig.submit(key: "k\(place)", .object(body))
            let seen = try rig.send(.approval, naming: id, as: "ada").json()
            return [
                "id": .string(id), "revision": 1, "verdict": "approve",
                "displayed_digest": try #require(seen["displayed_digest"]), "fully_shown": true,
            ]
        }
        let response = rig.send(.decisions, ["items": .array(items)], as: "ada")
        #expect(response.body.count < APILimits.bulkViewBytesMax + 100_000)
        let limits = JSONLimits(bytesMax: 4 << 20)
        let answer = try BulkDecisionAnswer(
            wire: JSONValue(parsing: response.body, limits: limits))
        #expect(answer.items.map(\.status) == Array(repeating: 200, count: 15))
        #expect(answer.items.first?.approval != nil)
        #expect(answer.items.last?.approval == nil)
    }

    /// A batch whose answer was lost is sent again with the same keys, and decides nothing twice.
    @Test func manyDecisionsAgain() throws {
        let rig = try APIRig()
        let ids = [try rig.submit(key: "a"), try rig.submit(key: "b")]
        let items: [JSONValue] = try ids.map { id in
            let seen = try rig.send(.approval, naming: id, as: "ada").json()
            return [
                "id": .string(id), "revision": 1, "verdict": "approve",
                "displayed_digest": try #require(seen["displayed_digest"]), "fully_shown": true,
                "idempotency_key": .string("press-" + id),
            ]
        }
        for _ in 0..<2 {
            let response = rig.send(.decisions, ["items": .array(items)], as: "ada")
            let answer = try BulkDecisionAnswer(wire: response.json())
            #expect(answer.items.map(\.status) == [200, 200])
            #expect(answer.items.map { $0.approval?.decisions.count } == [1, 1])
        }
        var wrong = items[0].objectValue
        wrong?["idempotency_key"] = "two words"
        let refused = rig.send(
            .decisions, ["items": .array([wrong.map { .object($0) } ?? .null])], as: "ada")
        #expect(refused.status == 422)
        #expect(refused.problem == "invalid")
    }

    /// Nobody may keep what is answered under /v1, whether it is good or bad news.
    @Test func nothingIsKept() throws {
        let rig = try APIRig()
        let id = try rig.submit()
        let answers = [
            rig.send(.me, as: "ada"), rig.send(.approval, naming: id, as: "ada"),
            rig.send(.inbox, as: "ada"), rig.send(.me, as: nil),
            rig.send(.removeGroup, naming: "nothing", as: "admin"),
            rig.send(.addGroup, ["name": "ops"], as: "admin"),
            rig.send(.removeGroup, naming: "ops", as: "admin"),
        ]
        for answer in answers { #expect(answer.headers["cache-control"] == "no-store") }
        #expect(answers.last?.status == 204)
    }

    /// Waiting makes sense while an approval is pending, or is still the one that the client has.
    @Test func worthWaiting() throws {
        let rig = try APIRig()
        let id = try rig.submit()
        let known = ["if-none-match": "\"1\""]
        let outdated = ["if-none-match": "\"9\""]
        #expect(try waits(rig, id, [:], as: "bot"))
        #expect(try waits(rig, id, known, as: "ada"))
        #expect(try !waits(rig, id, outdated, as: "ada"))
        try rig.expect(try rig.decide(id), 200)
        #expect(try !waits(rig, id, [:], as: "bot"))
        #expect(try !waits(rig, id, known, as: "ada"))
        #expect(try waits(rig, id, ["if-none-match": "\"2\""], as: "ada"))
    }

    private func waits(
        _ rig: APIRig, _ id: String, _ headers: [String: String], as who: String
    ) throws -> Bool {
        let request = HTTPRequest(
            .get, Route.approval.path(naming: id) + "?wait=20", headers: headers)
        let call = APICall(request, token: rig.tokens[who], receivedAt: rig.clock.wall)
        guard case .ask(let query, let secret, 20) = rig.api.plan(call) else { return false }
        return rig.api.isWorthWaiting(call, rig.ask(query, as: secret))
    }

    /// What broke is answered without its reason, and says whether to try again.
    @Test(arguments: [
        (StoreFailure.busy("secret"), 503, "busy", "1"),
        (.stopped("secret"), 503, "stopped", "5"), (.damaged("secret"), 500, "damaged", "none"),
    ])
    func brokenStore(
        _ failure: StoreFailure, _ status: Int, _ name: String, _ retry: String
    ) {
        let response = ControlPlaneAPI().response(.store(failure))
        #expect(response.status == status)
        #expect(response.problem == name)
        #expect((response.headers["retry-after"] ?? "none") == retry)
        #expect(!String(decoding: response.body, as: UTF8.self).contains("secret"))
    }
}
