import Approvals
import ControlPlane
import ControlPlaneAPI
import Cryptography
import JSONTree
import Testing
import WireAPI

/// One call, and the problem that it meets.
struct RefusedCall: Sendable, CustomTestStringConvertible {
    let name: String
    let method: String
    let target: String
    var headers: [String: String] = ["authorization": "Bearer cs_x"]
    var body = ""
    let status: Int
    let problem: String

    init(
        _ name: String, _ request: String, headers: [String: String?] = [:], body: String = "",
        _ status: Int, _ problem: String
    ) {
        let parts = request.split(separator: " ", maxSplits: 1).map(String.init)
        self.name = name
        method = parts[0]
        target = parts[1]
        if !body.isEmpty { self.headers["content-type"] = "application/json" }
        for (header, value) in headers { self.headers[header] = value }
        self.body = body
        self.status = status
        self.problem = problem
    }

    var testDescription: String { name }
    var call: APICall {
        APICall(
            method: method, target: target, headers: headers, body: Array(body.utf8),
            receivedAt: Timestamp(milliseconds: 0))
    }
}

private let id = "01a2043d-9860-7e0e-b08c-0ba87d4786f6"
private let submission = #"{"tool":"t","arguments":{}}"#
private let decision =
    #"{"verdict":"approve","displayed_digest":"sha256:\#(String(repeating: "a", count: 64))"}"#

@Suite("Calls are read strictly")
struct APICallTests {
    /// What is wrong with a call is named, before anything is looked up.
    @Test(arguments: [
        RefusedCall("unknown path", "GET /v1/nothing", 404, "unknown-path"),
        RefusedCall("trailing slash", "GET /v1/me/", 404, "unknown-path"),
        RefusedCall("empty name", "DELETE /v1/groups/", 404, "unknown-path"),
        RefusedCall("broken escape", "DELETE /v1/groups/%f", 404, "unknown-path"),
        RefusedCall("wrong method", "PUT /v1/me", 405, "wrong-method"),
        RefusedCall("unknown method", "BREW /v1/me", 405, "wrong-method"),
        RefusedCall("lower-case method", "get /v1/me", 405, "wrong-method"),
        RefusedCall(
            "no token", "GET /v1/me", headers: ["authorization": nil], 401, "unauthenticated"),
        RefusedCall(
            "another scheme", "GET /v1/me", headers: ["authorization": "Basic cs_x"], 401,
            "unauthenticated"),
        RefusedCall(
            "two tokens", "GET /v1/me", headers: ["authorization": "Bearer a, Bearer b"], 401,
            "unauthenticated"),
        RefusedCall(
            "endless token", "GET /v1/me",
            headers: ["authorization": "Bearer " + String(repeating: "x", count: 201)], 401,
            "unauthenticated"),
        RefusedCall(
            "endless path", "GET /v1/history?matching=" + String(repeating: "x", count: 5_000),
            414, "target-too-long"),
        RefusedCall("not an id", "GET /v1/approvals/1", 404, "not-found"),
        RefusedCall(
            "id in capitals", "GET /v1/approvals/" + id.uppercased(), 404, "not-found"),
        RefusedCall("unknown query item", "GET /v1/me?since=1", 400, "query-wrong"),
        RefusedCall("repeated query item", "GET /v1/inbox?wait=1&wait=1", 400, "query-wrong"),
        RefusedCall("wait too long", "GET /v1/inbox?wait=61", 400, "query-wrong"),
        RefusedCall("wait with a sign", "GET /v1/inbox?wait=+5", 400, "query-wrong"),
        RefusedCall("empty limit", "GET /v1/inbox?limit=", 400, "query-wrong"),
        RefusedCall("limit of none", "GET /v1/inbox?limit=0", 400, "query-wrong"),
        RefusedCall("history cannot wait", "GET /v1/history?wait=1", 400, "query-wrong"),
        RefusedCall("foreign cursor", "GET /v1/history?cursor=x", 400, "query-wrong"),
        RefusedCall("query not UTF-8", "GET /v1/history?matching=%ff", 400, "query-wrong"),
        RefusedCall("body on a read", "GET /v1/me", body: "{}", 400, "body-unexpected"),
        RefusedCall("body on a removal", "DELETE /v1/groups/a", body: "{}", 400, "body-unexpected"),
        RefusedCall(
            "no content type", "POST /v1/groups", headers: ["content-type": nil], body: "{}", 415,
            "content-type-wrong"),
        RefusedCall(
            "a form", "POST /v1/groups",
            headers: ["content-type": "application/x-www-form-urlencoded"], body: "{}", 415,
            "content-type-wrong"),
        RefusedCall(
            "another character set", "POST /v1/groups",
            headers: ["content-type": "application/json; charset=latin1"], body: "{}", 415,
            "content-type-wrong"),
        RefusedCall(
            "compressed", "POST /v1/groups", headers: ["content-encoding": "gzip"], body: "{}",
            415, "content-type-wrong"),
        RefusedCall(
            "no body", "POST /v1/groups", headers: ["content-type": "application/json"], 400,
            "malformed-json"),
        RefusedCall("trailing comma", "POST /v1/groups", body: #"{"a":1,}"#, 400, "malformed-json"),
        RefusedCall(
            "same name twice", "POST /v1/groups", body: #"{"a":1,"a":1}"#, 400, "malformed-json"),
        RefusedCall("not an object", "POST /v1/groups", body: "[]", 422, "invalid"),
        RefusedCall(
            "unknown field", "POST /v1/groups", body: #"{"name":"a","b":1}"#, 422, "invalid"),
        RefusedCall("missing field", "POST /v1/groups", body: "{}", 422, "invalid"),
        RefusedCall("wrong type", "POST /v1/groups", body: #"{"name":1}"#, 422, "invalid"),
        RefusedCall(
            "too deep", "POST /v1/groups",
            body: String(repeating: "[", count: 66)
                + String(repeating: "]", count: 66), 422, "invalid"),
        RefusedCall(
            "too large", "POST /v1/groups",
            body: "\"" + String(repeating: "x", count: APILimits.bodyBytesMax) + "\"", 413,
            "body-too-large"),
        RefusedCall(
            "no key", "POST /v1/approvals", body: submission, 400, "idempotency-key-missing"),
        RefusedCall(
            "key with a space", "POST /v1/approvals", headers: ["idempotency-key": "a b"],
            body: submission, 400, "header-wrong"),
        RefusedCall(
            "endless key", "POST /v1/approvals",
            headers: ["idempotency-key": String(repeating: "k", count: 201)], body: submission,
            400, "header-wrong"),
        RefusedCall(
            "number without a canonical form", "POST /v1/approvals",
            headers: ["idempotency-key": "k"],
            body: #"{"tool":"t","arguments":{"x":0.10000000000000000000001}}"#, 422, "invalid"),
        RefusedCall(
            "redaction that is no pointer", "POST /v1/approvals",
            headers: ["idempotency-key": "k"],
            body: #"{"tool":"t","arguments":{},"redact":["iban"]}"#, 422, "invalid"),
        RefusedCall(
            "no revision", "POST /v1/approvals/\(id)/decision", body: decision, 428,
            "if-match-missing"),
        RefusedCall(
            "any revision", "POST /v1/approvals/\(id)/decision", headers: ["if-match": "*"],
            body: decision, 400, "header-wrong"),
        RefusedCall(
            "weak revision", "POST /v1/approvals/\(id)/decision", headers: ["if-match": "W/\"1\""],
            body: decision, 400, "header-wrong"),
        RefusedCall(
            "no revision to extend", "POST /v1/approvals/\(id)/extend", body: #"{"by_s":1}"#, 428,
            "if-match-missing"),
        RefusedCall(
            "no revision to reassign", "POST /v1/approvals/\(id)/reassign",
            body: #"{"group":"a"}"#, 428, "if-match-missing"),
        RefusedCall(
            "handed to nobody", "POST /v1/approvals/\(id)/reassign", headers: ["if-match": "\"1\""],
            body: "{}", 422, "invalid"),
        RefusedCall(
            "short nonce", "POST /v1/approvals/\(id)/claim", body: #"{"nonce":"short"}"#, 422,
            "invalid"),
        RefusedCall(
            "no decisions", "POST /v1/decisions", body: #"{"items":[]}"#, 422, "invalid"),
        RefusedCall(
            "token for two", "POST /v1/tokens", body: #"{"member":"a@b.c","agent":"x"}"#, 422,
            "invalid"),
        RefusedCall("health with a query", "GET /healthz?x=1", 400, "query-wrong"),
    ])
    func refusing(_ example: RefusedCall) throws {
        guard case .respond(let response) = ControlPlaneAPI().plan(example.call) else {
            Issue.record("the call was accepted")
            return
        }
        #expect(response.status == example.status)
        #expect(response.problem == example.problem)
        #expect(response.headers["cache-control"] == "no-store")
    }

    /// A method that a path does not take is answered with those that it takes.
    @Test func allowedMethods() {
        let refused = RefusedCall("", "PUT /v1/groups", 405, "wrong-method")
        guard case .respond(let response) = ControlPlaneAPI().plan(refused.call) else { return }
        #expect(response.headers["allow"] == "GET, HEAD, POST")
    }

    /// HEAD asks what GET asks; the server sends the answer without its body.
    @Test func headIsGet() {
        let call = APICall(
            method: "HEAD", target: "/healthz", receivedAt: Timestamp(milliseconds: 0))
        guard case .respond(let response) = ControlPlaneAPI().plan(call) else {
            Issue.record("HEAD is taken where GET is")
            return
        }
        #expect(response.status == 200)
        #expect(ControlPlaneAPI().route(of: call) == .health)
    }

    /// The place of a syntax error is told by line and column, and nothing of the text is repeated.
    @Test func placeOfSyntaxError() throws {
        let refused = RefusedCall(
            "", "POST /v1/groups", body: "{\n  \"name\": hunter2\n}", 400, "malformed-json")
        guard case .respond(let response) = ControlPlaneAPI().plan(refused.call) else { return }
        let detail = try #require(try response.json()["detail"]?.stringValue)
        #expect(detail.hasPrefix("Line 2, column 11:"))
        #expect(!detail.contains("hunter2"))
    }

    /// Only the digest of a token goes on, and the scheme is read as RFC 9110 says.
    @Test(arguments: ["Bearer cs_x", "bearer cs_x", "BEARER  cs_x"])
    func tokenBecomesDigest(_ header: String) {
        let call = APICall(
            method: "GET", target: "/v1/me", headers: ["authorization": header],
            receivedAt: Timestamp(milliseconds: 0))
        let plan = ControlPlaneAPI().plan(call)
        #expect(plan == .ask(.me, as: SHA256.hash(Array("cs_x".utf8)), waitSeconds: 0))
    }

    /// Names in paths are percent-decoded once, and only then.
    @Test(arguments: [
        ("ada%40acme.test", "ada@acme.test"), ("a%2Fb", "a/b"), ("a%252Fb", "a%2Fb"),
        ("%C3%A4", "ä"),
    ])
    func namesInPaths(_ sent: String, _ name: String) {
        let call = APICall(
            method: "DELETE", target: "/v1/members/" + sent,
            headers: ["authorization": "Bearer cs_x"], receivedAt: Timestamp(milliseconds: 0))
        guard case .perform(let command, _) = ControlPlaneAPI().plan(call) else {
            Issue.record("the call was refused")
            return
        }
        #expect(command == .removeMember(email: name))
    }

    /// The arguments of a submission may have 64 levels, as promised.
    @Test func deepestArguments() throws {
        let nested =
            String(repeating: "{\"a\":", count: 63) + "{}" + String(repeating: "}", count: 63)
        let call = APICall(
            method: "POST", target: "/v1/approvals",
            headers: [
                "authorization": "Bearer cs_x", "idempotency-key": "k",
                "content-type": "application/json; charset=UTF-8",
            ],
            body: Array(#"{"tool":"t","arguments":\#(nested)}"#.utf8),
            receivedAt: Timestamp(milliseconds: 0))
        guard case .perform(.submit(let command), _) = ControlPlaneAPI().plan(call) else {
            Issue.record("the call was refused")
            return
        }
        #expect(command.arguments.text() == nested)
    }
}
