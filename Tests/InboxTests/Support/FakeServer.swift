import Approvals
import Cryptography
import JSONTree
import WireAPI

/// A control plane small enough to see through: it holds views and a feed, and decides.
struct FakeServer {
    var views: [ApprovalID: ApproverView] = [:]
    /// The feed, oldest first; a cursor is a place in it.
    var feed: [InboxChange] = []
    var me = ada
    /// What runs without asking.
    var grants: [GrantView] = []
    /// Who decides for whom, and what comes of lending.
    var delegations = DelegationList()
    var lending: DelegationView?
    /// What it answers instead, by the beginning of the path; once each.
    var scripted: [(prefix: String, response: HTTPResponse)] = []
    /// What it answers to `GET`, by the whole path, every time.
    var standing: [String: JSONValue] = [:]
    /// What it answers to changes, once each in this order.
    var posted: [HTTPResponse] = []
    /// Cursors of an earlier life are refused.
    var oldestCursor = 0
    /// Answers given to decisions, by their key.
    private var answered: [String: HTTPResponse] = [:]
    /// Every decision that was recorded.
    private(set) var decided: [(id: ApprovalID, body: DecisionBody)] = []
    private(set) var requests: [HTTPRequest] = []

    /// Adds an approval, or changes one.
    mutating func put(_ view: ApproverView) {
        views[view.id] = view
        feed.append(InboxChange(kind: .changed, id: view.id, approval: Self.row(view)))
    }

    /// Changes an approval and counts its revision up.
    mutating func change(_ number: Int, _ change: (inout ApproverView) -> Void) {
        guard var view = views[approvalID(number)] else { return }
        change(&view)
        view.revision += 1
        view.displayedDigest = displayed(view)
        put(view)
    }

    /// The answer, or nil while a poll waits for news.
    mutating func answer(_ request: HTTPRequest, at now: Timestamp) -> HTTPResponse? {
        requests.append(request)
        let path = request.target.split(separator: "?").first.map(String.init) ?? ""
        if let place = scripted.firstIndex(where: { path.hasPrefix($0.prefix) }) {
            return scripted.remove(at: place).response
        }
        if request.method != .get, !posted.isEmpty { return posted.removeFirst() }
        if request.method == .get, let answer = standing[path] { return Self.ok(answer) }
        if path == "/v1/me" {
            var me = me
            me.serverTime = now
            return Self.ok(me.wire)
        }
        if path == "/v1/inbox" { return page(request, at: now) }
        if path == "/v1/decisions" { return decideMany(request, at: now) }
        if path == "/v1/history" {
            let isReview = Self.query(of: request)["needs_review"] == "true"
            return Self.ok(history(needsReview: isReview).wire)
        }
        if path.hasPrefix("/v1/delegations") { return answerDelegations(request) }
        if path.hasPrefix("/v1/grants") { return answerGrants(request, path) }
        let parts = path.split(separator: "/")
        guard parts.count >= 3, let id = ApprovalID(String(parts[2])), var view = views[id] else {
            return Self.problem(404, "not-found", "There is no such approval.")
        }
        guard parts.count > 3 else {
            view.serverTime = now
            return Self.ok(view.wire)
        }
        return parts[3] == "decision"
            ? decide(view, request, at: now) : note(view, parts[3], request)
    }

    private func answerDelegations(_ request: HTTPRequest) -> HTTPResponse {
        switch request.method {
        case .get: Self.ok(delegations.wire)
        case .post: lending.map { Self.ok($0.wire) } ?? Self.problem(403, "forbidden", "No.")
        case _: HTTPResponse(status: 204)
        }
    }

    private mutating func answerGrants(_ request: HTTPRequest, _ path: String) -> HTTPResponse {
        guard request.method == .post else { return Self.ok(GrantList(items: grants).wire) }
        let id = path.split(separator: "/").dropFirst(2).first.map(String.init)
        guard let place = grants.firstIndex(where: { $0.id.rawValue == id }) else {
            return Self.problem(404, "not-found", "There is no such grant.")
        }
        grants[place].state = .revoked
        grants[place].cause = "revoked"
        grants[place].revokedBy = me.name
        grants[place].revokedAt = noon
        grants[place].reason = Self.body(GrantRevokeBody.self, of: request)?.reason
        return Self.ok(grants[place].wire)
    }

    private func page(_ request: HTTPRequest, at now: Timestamp) -> HTTPResponse? {
        let query = Self.query(of: request)
        let since = query["since"].flatMap { Int($0) } ?? 0
        guard since >= oldestCursor || query["since"] == nil else {
            return Self.problem(410, "cursor-reset", "The feed begins anew.")
        }
        let limit = query["limit"].flatMap { Int($0) } ?? 500
        let start = max(since, oldestCursor)
        let items = Array(feed[min(start, feed.count)...].prefix(limit))
        if items.isEmpty, request.waitSeconds > 0 { return nil }
        let next = min(start, feed.count) + items.count
        return Self.ok(
            InboxAnswer(
                items: items, next: String(next), hasMore: next < feed.count, serverTime: now
            ).wire)
    }

    private func history(needsReview: Bool) -> SummaryList {
        SummaryList(
            items: views.values.filter { $0.state != .pending && ($0.needsReview || !needsReview) }
                .sorted { $0.id > $1.id }
                .map { Self.row($0) })
    }

    private mutating func decide(
        _ view: ApproverView, _ request: HTTPRequest, at now: Timestamp
    ) -> HTTPResponse {
        let key = request.headers["idempotency-key"] ?? ""
        if let before = answered[key] { return before }
        guard let body = Self.body(DecisionBody.self, of: request) else {
            return Self.problem(422, "invalid", "The body is wrong.")
        }
        let response = decide(view, body, ifMatch: request.headers["if-match"] ?? "", at: now)
        answered[key] = response
        return response
    }

    /// Each of many is answered as it had been alone.
    private mutating func decideMany(_ request: HTTPRequest, at now: Timestamp) -> HTTPResponse {
        guard let body = Self.body(BulkDecisionBody.self, of: request),
            (1...100).contains(body.items.count)
        else { return Self.problem(422, "invalid", "The body is wrong.") }
        let results = body.items.map { item in
            guard let view = views[item.id] else {
                return BulkDecisionResult(id: item.id, status: 404)
            }
            let key = item.idempotencyKey ?? ""
            let single = DecisionBody(
                verdict: item.verdict, displayedDigest: item.displayedDigest, edits: item.edits,
                comment: item.comment, fullyShown: item.fullyShown, stepUp: item.stepUp)
            let response =
                answered[key]
                ?? decide(view, single, ifMatch: "\"\(item.revision)\"", at: now)
            answered[key] = response
            return Self.result(item.id, response)
        }
        return Self.ok(BulkDecisionAnswer(items: results).wire)
    }

    private static func result(_ id: ApprovalID, _ response: HTTPResponse) -> BulkDecisionResult {
        do {
            let body = try JSONValue(parsing: response.body)
            if response.status == 200 {
                return BulkDecisionResult(
                    id: id, status: 200, approval: try ApproverView(wire: body))
            }
            return BulkDecisionResult(
                id: id, status: response.status, problem: try Problem(wire: body))
        } catch {
            preconditionFailure("the answer is one of ours: \(error)")
        }
    }

    private mutating func decide(
        _ view: ApproverView, _ body: DecisionBody, ifMatch: String, at now: Timestamp
    ) -> HTTPResponse {
        guard view.state == .pending else {
            return Self.problem(
                409, "already-settled", "It was \(view.state.rawValue) before.", view)
        }
        guard ifMatch == "\"\(view.revision)\"", body.displayedDigest == displayed(view) else {
            return Self.problem(412, "moved", "It moved since you looked.", view)
        }
        guard now < view.requirement.deadline else {
            return Self.problem(410, "past-deadline", "Its deadline has passed.", view)
        }
        var view = view
        view.state = body.verdict == .approve ? .approved : .rejected
        view.settledAt = now
        view.decisions.append(
            DecisionView(
                verdict: body.verdict, by: me.name, edits: body.edits, comment: body.comment,
                at: now, revision: view.revision,
                grant: body.grant == nil ? nil : GrantID("019a0000-0000-7000-9000-000000000001")))
        view.revision += 1
        decided.append((view.id, body))
        put(view)
        return Self.ok(view.wire)
    }

    private mutating func note(
        _ view: ApproverView, _ what: Substring, _ request: HTTPRequest
    ) -> HTTPResponse {
        var view = view
        if what == "comment", let body = Self.body(CommentBody.self, of: request) {
            view.comments.append(CommentView(by: me.name, at: noon, text: body.text))
            view.revision += 1
        } else if what == "extend", let body = Self.body(ExtendBody.self, of: request) {
            view.requirement.deadline = view.requirement.deadline.adding(seconds: body.seconds)
            view.revision += 1
        } else if what == "reveal", let body = Self.body(RevealBody.self, of: request) {
            return Self.ok(
                RevealAnswer(pointer: body.pointer, value: "the hidden value", showSeconds: 30)
                    .wire)
        }
        put(view)
        return Self.ok(view.wire)
    }

    static func ok(_ json: JSONValue) -> HTTPResponse {
        HTTPResponse(status: 200, body: Array(json.text(.compact).utf8))
    }

    static func problem(
        _ status: Int, _ name: String, _ detail: String, _ approval: ApproverView? = nil,
        fields: [FieldProblemBody] = [], headers: [String: String] = [:]
    ) -> HTTPResponse {
        let problem = Problem(
            name, status: status, title: "No.", detail: detail, nextStep: "Look again.",
            fields: fields, approval: approval)
        return HTTPResponse(
            status: status, headers: headers, body: Array(problem.wire.text(.compact).utf8))
    }

    static func row(_ view: ApproverView) -> ApprovalSummary {
        ApprovalSummary(
            id: view.id, revision: view.revision, state: view.state, isReleased: false,
            execution: view.execution, tool: view.tool, summary: view.context.summary,
            agent: view.agent.name, risk: view.risk, group: view.requirement.group,
            createdAt: view.createdAt, updatedAt: view.updatedAt,
            deadline: view.requirement.deadline, posture: view.requirement.posture,
            settledAt: view.settledAt, decidedBy: view.decisions.last?.by,
            reviewing: view.reviewing, needsReview: view.needsReview)
    }

    static func query(of request: HTTPRequest) -> [String: String] {
        guard let text = request.target.split(separator: "?").dropFirst().first else { return [:] }
        var query: [String: String] = [:]
        for item in text.split(separator: "&") {
            let parts = item.split(separator: "=", maxSplits: 1)
            if parts.count == 2 {
                query[String(parts[0])] = PercentEncoding.decode(parts[1]) ?? ""
            }
        }
        return query
    }

    static func body<Body: WireValue>(_ type: Body.Type, of request: HTTPRequest) -> Body? {
        do {
            return try Body(wire: JSONValue(parsing: request.body))
        } catch {
            return nil
        }
    }
}
