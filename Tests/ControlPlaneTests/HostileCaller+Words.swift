import JSONTree
import WireAPI

// What a hostile caller says.
extension HostileCaller {
    static let secretArguments: JSONValue = [
        "list": ["plain", "canary-secret-1", "more"], "pin": 27_182_818_284,
        "keys": ["canary-secret-name": ["deep": "canary-secret-1"]], "amount": 5,
    ]

    static let methods = ["HEAD", "OPTIONS", "PATCH", "get", "", "GET\u{0}", "TRACE", "PUT"]

    static let queries = [
        "?", "?wait=0", "?wait=61", "?wait=-1", "?wait=99999999999999999999", "?limit=0",
        "?limit=1&limit=2", "?limit=%31", "?since=%00", "?since=..", "?cursor=x", "?matching=%FF",
        "?matching=canary-secret-1", "?matching=27182818284", "?%3f=%3d", "?&&&", "?since=&limit=5",
    ]

    static let targets = [
        "", "/", "//v1/me", "/v1//me", "/v1/me/", "/v1/./me", "/v1/%6d%65", "/v1/approvals/{}",
        "/v1/approvals/%2e%2e/me", "/v1/approvals/../me", "*", "http://x/v1/me", "/v1/members/%00",
        "/v1/approvals/%", "/v1/me?wait=1", "/v1/members/{}", "/openapi.yaml?x", "/\u{1b}[31m",
    ]

    static let names = [
        "", "x", "%", "..", "ada@acme.test", "bot", "acme", "rival", "finance", "ops",
        "01a2027b-d680-7dda-b12d-3a65906612aa", "\u{0}", "\u{202e}", "a/b", "{}",
        String(repeating: "9", count: 300),
    ]

    static let headerValues = [
        "", "*", "\"\"", "\"1\", \"2\"", "W/\"1\"", "\"99999999999999999999\"", "\"-1\"", "Bearer",
        "Bearer a, Bearer b", "Basic eDp4", "text/plain", "application/json; charset=latin-1",
        "k\u{7f}", String(repeating: "k", count: 201), "\"", "\"\u{301}1\"",
    ]

    static let numbers = [
        "0", "-0", "1", "-1", "1.0", "1e3", "0.1", "9223372036854775807", "-9223372036854775808",
        "9223372036854775808", "1e400", "-1e999999999", "1e-999999999", "0e999999999",
        "99999999999999999999999999999999", "253402300800", "1.5", "86400", "604800",
    ]

    static let texts = [
        "", " ", "a", "$redacted", "r1", "sha256:0", "approve", "fail_open", "ada@acme.test",
        "e\u{301}", "\u{E9}", "\u{0}", "\u{1b}]0;x\u{7}", "\u{202e}", "/list/1", "~", "finance",
        "2026-11-22T09:00:00Z", "9999-12-31T23:59:59.999Z", String(repeating: "z", count: 5_000),
    ]

    static let places = ["/amount", "/list/0", "/list/1", "/list/-", "/pin", "/keys", "/new"]

    static let pointers = [
        "", "/", "/amount", "/list", "/list/0", "/list/1", "/list/-", "/list/01", "/list/9",
        "/list/18446744073709551616", "/pin", "/pin/x", "/keys", "/keys/a", "/new", "/a~0b", "/~2",
        "/keys/canary", "/list/1/0", "/$redacted", "no",
    ]

    static func members(of route: Route) -> JSONObject {
        switch route {
        case .submit: submission
        case .claim: ["nonce": "0123456789abcdef", "lease_s": 60]
        case .receipt:
            [
                "fencing_token": "f", "outcome": "succeeded",
                "effective_digest": .string("sha256:" + String(repeating: "0", count: 64)),
                "result_summary": "paid with canary-secret-1 and 27182818284",
            ]
        case .cancel: ["reason": "canary-secret-1 went away"]
        case .decision: ["verdict": "approve", "displayed_digest": "x", "comment": "fine"]
        case .decisions: ["items": []]
        case .extend: ["by_s": 60, "reason": "more"]
        case .reassign: ["group": "ops", "reason": "theirs"]
        case .comment: ["text": "hm"]
        case .reviewing: ["active": true]
        case .reveal: ["pointer": "/pin", "reason": "to compare"]
        case .beginStepUp, .confirmStepUp, .permitStepUp: ["code": "000000"]
        case .addTenant, .changeTenant: ["name": "rival", "admin_email": "x@y.test"]
        case .addGroup: ["name": "ops"]
        case .putMember:
            ["email": "eve@acme.test", "roles": ["approver"], "groups": ["ops", "finance"]]
        case .addAgent: ["name": "bot2", "owner": "bob@acme.test"]
        case .addToken: ["agent": "bot2", "label": "l", "expires_in_s": 3_600]
        case .publishPolicy: ["document": ["id": "p", "version": 1]]
        case .changePolicyMode: ["version": 1, "status": "enforced"]
        case .listPolicies, .policy, .approval, .me, .inbox, .history, .listTenants, .removeTenant,
            .listGroups,
            .removeGroup, .listMembers, .removeMember, .listAgents, .removeAgent, .listTokens,
            .resetStepUp,
            .removeToken, .health, .ready, .metrics, .contract:
            [:]
        }
    }

    private static let submission: JSONObject = [
        "tool": "issue_refund", "redact": ["/list/1", "/pin", "/keys"], "timeout_s": 900,
        "schema": [
            "properties": [
                "list": ["uniqueItems": true, "maxItems": 9],
                "keys": ["additionalProperties": ["type": "object"]],
                "pin": ["enum": [27_182_818_284, 1]],
            ]
        ],
        "context": [
            "summary": "uses canary-secret-1", "reason": "27182818284",
            "preview": "canary-secret-1canary-secret-1",
            "links": [["title": "canary-secret-1", "url": "https://x/27182818284"]],
        ],
        "origin": ["framework": "canary-secret-1", "run_id": "27182818284"],
    ]
}
