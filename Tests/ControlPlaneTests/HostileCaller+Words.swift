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
        case .receipt: receipt
        case .claudeCodeHook: hook
        case .cancel, .revokeGrant: ["reason": "canary-secret-1 went away"]
        case .decision: ["verdict": "approve", "displayed_digest": "x", "comment": "fine"]
        case .decisions: ["items": []]
        case .extend: ["by_s": 60, "reason": "more"]
        case .reassign: ["group": "ops", "reason": "theirs"]
        case .comment: ["text": "hm"]
        case .reviewBreakGlass: ["note": "canary-secret-1"]
        case .reviewing: ["active": true]
        case .reveal: ["pointer": "/pin", "reason": "to compare"]
        case .beginStepUp, .confirmStepUp, .permitStepUp: ["code": "000000"]
        case .addTenant, .changeTenant: ["name": "rival", "admin_email": "x@y.test"]
        case .addGroup: ["name": "ops"]
        case .putMember: member
        case .addAgent: ["name": "bot2", "owner": "bob@acme.test"]
        case .addToken: ["agent": "bot2", "label": "l", "expires_in_s": 3_600]
        case .publishPolicy: ["document": ["id": "p", "version": 1]]
        case .proposeErasure: ["agent": "bot", "reason": "asked for"]
        case .halt, .liftHalt: ["reason": "it pays twice"]
        case .changePolicyMode: ["version": 1, "status": "enforced"]
        case .reviewShadow: ["approvals": ["01a2027b-d680-7dda-b12d-3a65906612aa"]]
        case .backtest: ["document": ["id": "p", "version": 1], "since": "P30D", "cursor": "x.1"]
        case .lend: delegation
        case .planEscalation: plan
        case .putSchedule: ["version": 0, "group": "ops", "zone": "UTC", "rotations": [turns]]
        case .putCalendar: ["version": 0, "group": "ops", "zone": "UTC", "calendar": "BEGIN:X"]
        case .addOverride: override
        case .setMemberReach, .setGroupReach: reach
        case .offerSwap: swap
        case .offShift: ["until": "2030-11-23T09:00:00Z"]
        case .escalationPlan, .acknowledge, .listSchedules, .removeSchedule, .listShifts,
            .calendar, .listOverrides, .removeOverride, .coverage, .onShift, .listDelegations,
            .memberReach, .groupReach, .listSwaps, .takeSwap, .withdrawSwap,
            .revokeDelegation, .explanation, .policyDifference, .shadowReport,
            .listGrants, .grant, .listPolicies, .policy, .approval, .me, .inbox, .history,
            .listTenants, .removeTenant, .listGroups, .removeGroup, .listMembers, .removeMember,
            .listAgents, .removeAgent, .listTokens, .resetStepUp, .auditCheckpoint,
            .auditCheckpoints, .auditEvents, .auditDisclosures, .auditInclusion,
            .auditConsistency, .auditKeys, .logFile, .removeToken, .health, .ready, .metrics,
            .contract, .listErasures, .confirmErasure, .story,
            .listBreakGlass:
            [:]
        }
    }

    private static let hook: JSONObject = [
        "hook_event_name": "PreToolUse", "tool_name": "pay", "tool_input": ["a": 1],
        "session_id": "s", "tool_use_id": "canary-secret-1",
    ]

    private static let receipt: JSONObject = [
        "fencing_token": "f", "outcome": "succeeded",
        "effective_digest": .string("sha256:" + String(repeating: "0", count: 64)),
        "result_summary": "paid with canary-secret-1 and 27182818284",
    ]

    private static let swap: JSONObject = [
        "start": "2030-11-23T09:00:00Z", "end": "2030-11-24T09:00:00Z",
        "take": "bob@acme.test", "reason": "canary-secret-1",
    ]

    private static let reach: JSONObject = [
        "version": 0, "zone": "UTC", "quiet": [["days": ["mon"], "from": "22:00", "to": "07:00"]],
        "out_of_office": [["start": "2026-11-23T09:00:00Z", "end": "2026-11-30T09:00:00Z"]],
    ]

    private static let plan: JSONObject = [
        "version": 0, "repeat": 1,
        "steps": [["after_s": 60, "to": ["people": ["eve@acme.test"]]]],
    ]

    private static let turns: JSONValue = [
        "name": "primary", "people": ["ada@acme.test"], "start": "2026-11-23T09:00",
        "recurrence": "FREQ=WEEKLY", "length_s": 3_600, "repeats": "FREQ=DAILY",
    ]

    private static let override: JSONObject = [
        "start": "2026-11-23T09:00:00Z", "end": "2030-11-23T09:00:00Z",
        "remove": "ada@acme.test", "add": "bob@acme.test", "reason": "canary",
    ]

    private static let member: JSONObject = [
        "email": "eve@acme.test", "roles": ["approver"], "groups": ["ops", "finance"],
    ]

    private static let delegation: JSONObject = [
        "grantor": "ada@acme.test", "delegate": "eve@acme.test", "scope": ["all"],
        "ceiling": "high", "reason": "ada is away", "preview": true,
    ]

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
