import Approvals
import Audit
import ControlPlane
import Cryptography
import JSONTree
import Policies
import Testing

/// Goal: a policy in force decides as it stands, people keep within it, and the record says why.
struct PolicyDecidingTests {
    static let rules: [JSONValue] = [
        [
            "id": "sanctioned", "when": ["==": [["var": "args.customer"], "cus_bad"]],
            "then": ["effect": "deny", "reason_code": "sanctioned", "instead": "Ask legal."],
        ],
        [
            "id": "huge", "when": [">": [["var": "args.amount_cents"], 500_000]],
            "then": ["effect": "require_approval", "group": "ops", "quorum": 2],
        ],
        [
            "id": "large", "when": [">": [["var": "args.amount_cents"], 50_000]],
            "then": [
                "effect": "require_approval", "group": "finance", "timeout_s": 300,
                "risk": "high", "reason_required": true, "editable": ["/amount_cents"],
                "edit_limit": [
                    "<=": [["var": "edited.amount_cents"], ["var": "args.amount_cents"]]
                ],
            ],
        ],
        [
            "id": "small", "when": ["<": [["var": "args.amount_cents"], 300]],
            "then": ["effect": "allow"],
        ],
    ]

    /// A desk with the policy above, in the status that is wanted.
    static func desk(
        _ status: PolicyStatus = .enforced, rules: [JSONValue] = rules,
        default fallback: JSONValue = ["effect": "require_approval", "auto_approve": true]
    ) throws -> Desk {
        let desk = try Desk()
        let document = PublishingTests.document(
            status: status.rawValue, rules: rules, default: fallback)
        try desk.tell(.publishPolicy(document), as: "lea@acme.test")
        if status == .enforced {
            let refunds = try #require(PolicyID("refunds"))
            try desk.tell(.changePolicyMode(refunds, version: 1, .enforced), as: Desk.admin)
        }
        return desk
    }

    static func submit(
        _ desk: Desk, _ cents: JSONValue?, customer: JSONValue = "cus_1", key: String = "k",
        isFlagged: Bool = false
    ) throws -> Approval {
        var arguments: JSONObject = ["customer": customer]
        arguments["amount_cents"] = cents
        var command = try Desk.submission(key: key, arguments: .object(arguments))
        command.isFlagged = isFlagged
        return try desk.stored(try desk.submit(command))
    }

    @Test func aSmallCallRunsByItself() throws {
        let desk = try Self.desk()
        let approval = try Self.submit(desk, 299)
        #expect(approval.state == .approved)
        #expect(approval.provenance == .policy("refunds@1#small"))
        let (claimed, _) = try desk.claim(approval.id)
        #expect(claimed.effectiveArguments == approval.arguments)
        #expect(
            try desk.types(approval.id).prefix(2) == ["approval.requested", "approval.decided"])
        let decided = try #require(
            try desk.events().first { $0["type"]?.stringValue == "approval.decided" })
        #expect(decided["actor"]?["kind"] == "policy")
        #expect(decided["provenance"]?["basis"] == "policy")
        #expect(decided["provenance"]?["policy"]?["version"] == 1)
        #expect(decided["provenance"]?["policy"]?["rule"] == "small")
        #expect(
            decided["provenance"]?["policy"]?["digest"]?.stringValue?.hasPrefix("sha256:") == true)
    }

    @Test func aForbiddenCallIsRefused() throws {
        let desk = try Self.desk()
        let approval = try Self.submit(desk, 299, customer: "cus_bad")
        #expect(approval.state == .rejected)
        #expect(!approval.isReleased)
        #expect(approval.provenance == .policy("refunds@1#sanctioned"))
        #expect(approval.policyRecord?["reason_code"] == "sanctioned")
        #expect(approval.policyRecord?["instead"] == "Ask legal.")
        #expect(refusal { try desk.claim(approval.id) } == .notReleased(.rejected))
    }

    @Test(
        arguments: [
            (60_000, "refunds@1#large"), (600_000, "refunds@1#huge"), (1_000, "refunds@1#default"),
            (nil, "refunds@1#on_error"), ("299", "refunds@1#on_error"),
            (.null, "refunds@1#on_error"),
        ] as [(JSONValue?, String)])
    func aPersonIsAsked(_ cents: JSONValue?, _ rule: String) throws {
        let approval = try Self.submit(try Self.desk(), cents)
        #expect(approval.state == .pending)
        #expect(approval.requirement.rule == rule)
    }

    @Test func theRuleSaysWhoAndHow() throws {
        let desk = try Self.desk()
        let large = try Self.submit(desk, 60_000)
        #expect(large.requirement.group == Desk.finance)
        #expect(large.requirement.deadline.since(large.createdAt) == 300_000)
        #expect(large.risk >= .high)
        #expect(large.requirement.envelope == .only([try JSONPointer(parsing: "/amount_cents")]))
        let huge = try Self.submit(desk, 600_000, key: "k2")
        #expect(huge.requirement.group == Desk.ops)
        #expect(huge.requirement.quorum == 2, "a quorum is never lowered")
    }

    /// The agent may hurry people where nothing happens without them, and nowhere else.
    @Test func silenceReleasesNoSoonerThanTheRuleSays() throws {
        for (terms, wanted, seconds) in [
            (["timeout_s": 300], 20, 20), (["timeout_s": 300], 900, 300), ([:], 20, 20),
            (["timeout_s": 300, "on_timeout": "fail_open"], 20, 300),
            (["on_timeout": "fail_open"], 20, nil), ([:], nil, nil),
        ] as [(JSONObject, Int?, Int64?)] {
            var effect = terms
            effect["effect"] = "require_approval"
            let desk = try Self.desk(rules: [], default: .object(effect))
            var command = try Desk.submission()
            command.timeoutSeconds = wanted
            let approval = try desk.stored(try desk.submit(command))
            let waits = approval.requirement.deadline.since(approval.createdAt)
            #expect(waits == (seconds ?? 900) * 1_000, "\(terms) \(wanted ?? 0)")
        }
    }

    /// Where a policy speaks and names no group, the tenant's default decides, not the agent.
    @Test func theAgentDoesNotChooseWhoDecides() throws {
        let desk = try Self.desk()
        var command = try Desk.submission(arguments: ["amount_cents": 1_000, "customer": "c"])
        command.group = Desk.ops
        #expect(try desk.stored(try desk.submit(command)).requirement.group == Desk.finance)
        var other = try Desk.submission(key: "k2", tool: "send_email")
        other.group = Desk.ops
        #expect(try desk.stored(try desk.submit(other)).requirement.group == Desk.ops)
    }

    @Test func aFlagCountsWhereTheRuleAllowsIt() throws {
        let desk = try Self.desk()
        let flagged = try Self.submit(desk, 1_000, isFlagged: true)
        #expect(flagged.state == .approved)
        #expect(flagged.provenance == .toolFlag)
        #expect(try Self.submit(desk, 60_000, key: "k2", isFlagged: true).state == .pending)
        #expect(try Self.submit(desk, nil, key: "k3", isFlagged: true).state == .pending)
        #expect(try Self.submit(try Desk(), 5, isFlagged: true).state == .pending, "no policy")
    }

    /// A second policy about the same tool is lax in everything: the first one's terms hold.
    @Test func aLaxPolicyWeakensNoOther() throws {
        let desk = try Self.desk(default: [
            "effect": "require_approval", "risk": "high", "reason_required": true,
            "timeout_s": 60, "editable": ["/amount_cents"],
        ])
        let lax = PublishingTests.document(
            status: "enforced",
            default: [
                "effect": "require_approval", "auto_approve": true, "on_timeout": "fail_open",
                "timeout_s": 60, "editable": ["/amount_cents", "/customer"],
            ], id: "alax")
        try desk.tell(.publishPolicy(lax), as: "lea@acme.test")
        let id = try #require(PolicyID("alax"))
        try desk.tell(.changePolicyMode(id, version: 1, .enforced), as: Desk.admin)
        let approval = try Self.submit(desk, 1_000, isFlagged: true)
        #expect(approval.state == .pending)
        #expect(approval.requirement.posture == .failClosed)
        #expect(approval.risk == .high)
        #expect(approval.requirement.envelope == .only([try JSONPointer(parsing: "/amount_cents")]))
        #expect(approval.policyRecord?["reason_required"] == true)
    }

    /// The refusing rule reads a field that the agent leaves out, beside a rule that is lax.
    @Test func leavingAFieldOutReleasesNothing() throws {
        let desk = try Self.desk(
            rules: [
                [
                    "id": "sanctioned", "when": ["==": [["var": "args.customer"], "cus_bad"]],
                    "then": ["effect": "deny"],
                ],
                [
                    "id": "middling", "when": [">": [["var": "args.amount_cents"], 100]],
                    "then": [
                        "effect": "require_approval", "auto_approve": true,
                        "on_timeout": "fail_open", "timeout_s": 60,
                    ],
                ],
            ])
        #expect(try Self.submit(desk, 200, isFlagged: true).state == .approved)
        for arguments in [
            ["amount_cents": 200], ["amount_cents": 200, "customer": .null],
            ["amount_cents": 200, "customer": 7],
        ] as [JSONValue] {
            var command = try Desk.submission(key: arguments.text(), arguments: arguments)
            command.isFlagged = true
            let approval = try desk.stored(try desk.submit(command))
            #expect(approval.state == .pending)
            #expect(approval.requirement.posture == .failClosed)
        }
    }

    @Test func editsKeepWithinTheRule() throws {
        let desk = try Self.desk()
        let id = try Self.submit(desk, 60_000).id
        let amount = try JSONPointer(parsing: "/amount_cents")
        func deciding(_ cents: JSONValue) throws -> Refusal? {
            var command = try desk.decision(
                .approve, on: id, edits: JSONPatch([.replace(amount, cents)]))
            command.comment = "fine"
            return refusal { try desk.tell(.decide(command), as: "ada@acme.test") }
        }
        for (cents, words) in [
            (60_001, "past what the rule refunds@1#large lets change"),
            ("6", "whether this keeps the limit"), (600_000, "past what the rule"),
        ] as [(JSONValue, String)] {
            guard case .editInvalid(_, let sentence)? = try deciding(cents) else {
                Issue.record("\(cents.text()) was taken")
                continue
            }
            #expect(sentence.contains(words), "\(sentence)")
        }
        let customer = try JSONPointer(parsing: "/customer")
        var outside = try desk.decision(
            .approve, on: id, edits: JSONPatch([.replace(customer, "cus_2")]))
        outside.comment = "fine"
        #expect(
            refusal { try desk.tell(.decide(outside), as: "ada@acme.test") }
                == .editOutOfEnvelope(customer))
        #expect(try deciding(40_000) == nil)
        #expect(try desk.stored(id).effectiveArguments?["amount_cents"] == 40_000)
    }

    @Test func aRuleMayWantAReason() throws {
        let desk = try Self.desk()
        let id = try Self.submit(desk, 60_000).id
        let silent = try desk.decision(.approve, on: id)
        guard
            case .invalid(let problems)? = refusal({
                try desk.tell(.decide(silent), as: "ada@acme.test")
            })
        else {
            Issue.record("an approval without a reason was taken")
            return
        }
        #expect(problems.map(\.field) == ["/comment"])
        var said = silent
        said.comment = "Checked with the customer."
        try desk.tell(.decide(said), as: "ada@acme.test")
        #expect(try desk.stored(id).state == .approved)
    }

    /// A shadow decides nothing, and what it would have decided is kept beside.
    @Test func aShadowOnlyWatches() throws {
        let desk = try Self.desk(.shadow)
        let approval = try Self.submit(desk, 299)
        #expect(approval.state == .pending)
        #expect(approval.requirement.rule == "tenant default")
        let shadow = approval.policyRecord?["shadows"]?[0]
        #expect(shadow?["effect"] == "allow")
        #expect(shadow?["leaning"] == "laxer")
        #expect(
            try Self.submit(desk, 299, customer: "cus_bad", key: "k2").policyRecord?["shadows"]?[
                0]?["leaning"] == "stricter")
    }

    @Test func withoutAPolicyAPersonIsAsked() throws {
        let desk = try Self.desk()
        let other = try desk.stored(
            try desk.submit(try Desk.submission(tool: "send_email")))
        #expect(other.state == .pending)
        #expect(other.requirement.rule == "tenant default")
        #expect(other.policyRecord == nil)
    }

    /// The record comes back whole, and the input in it gives the same verdict again.
    @Test func theInputIsKeptForReplay() throws {
        let desk = try Self.desk()
        let approval = try Self.submit(desk, 60_000)
        #expect(try Approval(record: approval.record) == approval)
        let record = try #require(approval.policyRecord)
        var input = try #require(record["input"]?.objectValue)
        input["args"] = approval.arguments
        let document = PublishingTests.document(
            status: "enforced", rules: Self.rules,
            default: ["effect": "require_approval", "auto_approve": true])
        let program = try PolicyProgram(try Policy(document))
        var kept = try #require(record["verdicts"]?[0]?.objectValue)
        let asked: JSONValue = [
            "group": "finance", "timeout_s": 300, "risk": "high", "reason_required": true,
        ]
        #expect(kept["asks"] == asked)
        kept["asks"] = nil
        #expect(program.decide(.object(input)).json == .object(kept))
    }

    @Test func aGroupThatIsAskedStays() throws {
        let desk = try Self.desk()
        let ops = try #require(Desk.ops)
        #expect(
            refusal { try desk.tell(.removeGroup(ops), as: Desk.admin) }
                == .conflict(
                    "the policy refunds@1 sends calls to this group",
                    next: "Publish a version that names another group, put it in force, and "
                        + "remove the group then."))
    }

    @Test(
        "An agent may count on a policy: without it in force for the tool, the call is refused",
        arguments: [("refunds", []), ("refund", ["/policy"]), ("", ["/policy"])])
    func aPolicyThatIsCountedOn(_ name: String, _ fields: [String]) throws {
        let desk = try Self.desk()
        var command = try Desk.submission(key: "k")
        command.policy = name
        #expect(refusal { try desk.submit(command) }?.fields ?? [] == fields)
        var other = try Desk.submission(key: "l", tool: "send_email")
        other.policy = "refunds"
        #expect(refusal { try desk.submit(other) }?.fields == ["/policy"])
        let shadow = try Self.desk(.shadow)
        #expect(refusal { try shadow.submit(command) }?.fields == ["/policy"])
    }
}
