import Approvals
import Gate
import JSONTree
import Testing
import WireAPI

/// Goal: the hook lets a call run only after a claim. Method: every ending, and broken input.
@Suite struct ClaudeCodeHookTests {
    static let event = """
        {"session_id":"s-1","transcript_path":"/t","cwd":"/c","prompt_id":"p",
         "permission_mode":"default","hook_event_name":"PreToolUse",
         "tool_name":"mcp__bank__issue_refund","tool_input":{"amount":90000},
         "tool_use_id":"toolu_01","mcp_server":{"name":"bank","source":"sdk"}}
        """

    private static func event(
        input: String = "{}", session: String = "s", use: String = "u"
    ) -> String {
        """
        {"hook_event_name":"PreToolUse","tool_name":"x","tool_input":\(input),
         "session_id":"\(session)","tool_use_id":"\(use)"}
        """
    }

    @Test func theEventNamesTheCallBySessionAndUse() throws {
        let event = try ClaudeCodeHook.Event(parsing: Array(Self.event.utf8))
        #expect(event.tool == "mcp__bank__issue_refund")
        #expect(event.arguments == ["amount": 90000])
        #expect(event.idempotencyKey == "claude-code:s-1:toolu_01")
        #expect(event.origin.callID == "toolu_01")
    }

    @Test(arguments: [
        "", "not json", "[]", "{}", #"{"hook_event_name":"PostToolUse"}"#,
        event(input: "[]"), event(session: ""), event(use: ""), event(input: #"{"a":1,"a":2}"#),
        event(input: "null"), event(input: "{}") + "x",
    ])
    func garbageIsRefused(_ text: String) {
        #expect(throws: ClaudeCodeHook.Malformed.self) {
            try ClaudeCodeHook.Event(parsing: Array(text.utf8))
        }
    }

    @Test func onlyAClaimAllowsAndItSendsTheCompleteInput() throws {
        let order = try GateOrder(
            SubmitBody(tool: "issue_refund", arguments: ["amount": 5, "to": "cus_91"]),
            idempotencyKey: "k", nonce: "n")
        let claim = try ClaimAnswer(wire: GateAnswers.claim(["amount": 3, "to": "cus_91"]))
        let verdicts: [GateVerdict] = [
            .released(claim), .executed(isReported: true), .rejected(Rejection()),
            .expired, .cancelled, .alreadyClaimed, .claimTooLate, .unreachable(""),
            .refused(status: 422, detail: "", nextStep: ""), .tampered("It differs."), .gaveUp,
            .interrupted,
        ]
        for verdict in verdicts {
            let output = ClaudeCodeHook.answer(to: verdict, of: order)["hookSpecificOutput"]
            let decision = output?["permissionDecision"]?.stringValue
            #expect(output?["hookEventName"]?.stringValue == "PreToolUse")
            if case .released = verdict {
                #expect(decision == "allow")
                #expect(output?["updatedInput"] == ["amount": 3, "to": "cus_91"])
                let context = output?["additionalContext"]?.stringValue
                #expect(context?.contains(#"{"amount":3,"to":"cus_91"}"#) == true)
            } else {
                #expect(decision == "deny")
                #expect(output?["updatedInput"] == nil)
                #expect(output?["permissionDecisionReason"]?.stringValue?.isEmpty == false)
            }
        }
    }

    /// Goal: who, for whom, why, and what may be done instead.
    @Test func aRejectionSaysWhatMayBeDone() throws {
        let order = try GateOrder(
            SubmitBody(tool: "t", arguments: [:]), idempotencyKey: "k", nonce: "n")
        let rejection = Rejection(
            person: "bea@acme.test", onBehalfOf: "ann@acme.test", comment: "Too much",
            reasonCode: "limit", instead: "Refund at most 500 EUR.")
        let output = ClaudeCodeHook.answer(to: .rejected(rejection), of: order)[
            "hookSpecificOutput"]
        #expect(
            output?["permissionDecisionReason"]?.stringValue
                == "bea@acme.test for ann@acme.test rejected the call (limit): Too much. Instead: "
                + "Refund at most 500 EUR. It did not run. Do not repeat it unchanged: do what the "
                + "reason asks for, or tell the user.")
    }

    @Test func aSecondClaimIsNotToldToTheModelAsARejection() throws {
        let order = try GateOrder(
            SubmitBody(tool: "t", arguments: [:]), idempotencyKey: "k", nonce: "n")
        let output = ClaudeCodeHook.answer(to: .alreadyClaimed, of: order)["hookSpecificOutput"]
        #expect(output?["permissionDecisionReason"]?.stringValue?.contains("no rejection") == true)
    }
}
