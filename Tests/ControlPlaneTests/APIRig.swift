import Approvals
import ControlPlane
import ControlPlaneAPI
import Cryptography
import JSONTree
import Simulation
import Synchronization
import Testing
import WireAPI

/// A control plane in memory that is only spoken to in HTTP values, as a client would.
final class APIRig {
    let api = ControlPlaneAPI()
    let clock = JumpingClock()
    private let store: MemoryStore
    private let plane = ControlPlane(settings: ControlPlaneSettings(host: "api.test"))
    private(set) var tokens: [String: String] = [:]
    private var elapsed: Int64 = 0

    /// `ada` decides for `finance`, `eve` is in no group, `aud` audits, `bot` is an agent.
    init() throws {
        let clock = clock
        store = MemoryStore(
            clock: { (clock.wall, clock.monotonic) }, entropy: SeededEntropy(seed: 7))
        try found()
        try expect(send(.addGroup, ["name": "finance"], as: "admin"), 201)
        for (name, role, groups) in [
            ("ada", "approver", ["finance"]), ("eve", "approver", []), ("aud", "auditor", []),
        ] {
            let email = JSONValue.string("\(name)@api.test")
            let groups = JSONValue.array(groups.map { .string($0) })
            let body: JSONValue = ["email": email, "roles": [.string(role)], "groups": groups]
            try expect(send(.putMember, body, as: "admin"), 200)
            try giveToken(to: name, for: ["member": email])
        }
        try expect(send(.addAgent, ["name": "bot"], as: "admin"), 201)
        try giveToken(to: "bot", for: ["agent": "bot"])
    }

    private func found() throws {
        let plane = plane
        let tenant = try #require(TenantName("acme"))
        let made = Mutex<Result<String, CommandFailure>?>(nil)
        store.write({ (store, surroundings) throws(CommandFailure) in
            try plane.initialise(
                tenant: tenant, adminEmail: "admin@api.test", in: store, with: &surroundings)
        }) { result in made.withLock { $0 = result } }
        tokens["admin"] = try #require(made.withLock { $0 }).get()
    }

    func giveToken(to name: String, for body: JSONValue) throws {
        let response = send(.addToken, body, as: "admin")
        try expect(response, 201)
        tokens[name] = try response.json()["token"]?.stringValue
    }

    /// Passes time.
    func pass(seconds: Int) {
        elapsed += Int64(seconds) * 1_000
        clock.advance(to: elapsed)
    }

    /// Sends a request to a route.
    func send(
        _ route: Route, _ body: JSONValue? = nil, naming name: String? = nil, query: String = "",
        headers: [String: String] = [:], as who: String?
    ) -> HTTPResponse {
        var all = headers
        if body != nil { all["content-type"] = all["content-type"] ?? "application/json" }
        let request = HTTPRequest(
            route.method, (name.map { route.path(naming: $0) } ?? route.path) + query,
            headers: all, body: body?.bytes() ?? [])
        return answer(
            APICall(request, token: who.map { tokens[$0] ?? $0 }, receivedAt: clock.wall))
    }

    /// Answers a call as a server would that never waits.
    func answer(_ call: APICall) -> HTTPResponse {
        switch api.plan(call) {
        case .respond(let response): response
        case .observe, .hold: .plain(200, "observed\n")
        case .perform(let command, let secret):
            api.response(to: call, perform(command, as: secret))
        case .ask(let query, let secret, _): api.response(to: call, ask(query, as: secret))
        }
    }

    private func perform(
        _ command: Command, as secret: Digest
    ) -> Result<Answer, CommandFailure> {
        let plane = plane
        let done = Mutex<Result<Answer, CommandFailure>?>(nil)
        store.write({ (store, surroundings) throws(CommandFailure) in
            try plane.perform(command, as: secret, in: store, with: &surroundings)
        }) { result in done.withLock { $0 = result } }
        return done.withLock { $0 } ?? .failure(.store(.stopped("no answer")))
    }

    func ask(_ query: Query, as secret: Digest) -> Result<Answer, CommandFailure> {
        let now = clock.wall
        do throws(CommandFailure) {
            return .success(
                try store.read { (store) throws(CommandFailure) in
                    try plane.answer(query, as: secret, in: store, at: now)
                })
        } catch {
            return .failure(error)
        }
    }

    static let refund: JSONValue = [
        "tool": "issue_refund",
        "arguments": [
            "customer_id": "cus_91", "amount_cents": 184_000,
            "recipient": ["iban": "DE89370400440532013000"],
        ],
        "redact": ["/recipient/iban"], "group": "finance", "timeout_s": 60,
        "context": ["summary": "Refund"],
    ]

    /// Has `bot` submit a call, and gives its id.
    func submit(key: String = "k1", _ body: JSONValue = refund) throws -> String {
        let response = send(.submit, body, headers: ["idempotency-key": key], as: "bot")
        try expect(response, 201)
        return try #require(response.json()["id"]?.stringValue)
    }

    /// Decides on what `who` sees now.
    func decide(
        _ id: String, _ verdict: String = "approve", more: [(String, JSONValue)] = [],
        as who: String = "ada"
    ) throws -> HTTPResponse {
        let seen = send(.approval, naming: id, as: who)
        try expect(seen, 200)
        var body = JSONObject([("verdict", .string(verdict))])
        body["displayed_digest"] = try seen.json()["displayed_digest"]
        if verdict == "reject" { body["comment"] = "No." } else { body["fully_shown"] = true }
        for (name, value) in more { body[name] = value }
        let match = ["if-match": try #require(seen.headers["etag"])]
        return send(.decision, .object(body), naming: id, headers: match, as: who)
    }

    /// Fails the test, with the answer, unless the status is this one.
    func expect(
        _ response: HTTPResponse, _ status: Int,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let text = Comment(rawValue: String(decoding: response.body, as: UTF8.self))
        try #require(response.status == status, text, sourceLocation: sourceLocation)
    }
}

extension HTTPResponse {
    /// The body as JSON.
    func json() throws -> JSONValue { try JSONValue(parsing: body) }

    /// The name of the problem that the body is; nil for anything else.
    var problem: String? {
        guard headers["content-type"] == "application/problem+json" else { return nil }
        let prefix = Problem.typePrefix
        let type = (try? json())?["type"]?.stringValue
        return type.flatMap { $0.hasPrefix(prefix) ? String($0.dropFirst(prefix.count)) : nil }
    }
}
