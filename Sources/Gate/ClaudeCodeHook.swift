public import JSONTree
public import WireAPI

/// The PreToolUse hook of Claude Code: one event in, one answer out.
///
/// Claude Code runs the original arguments when a hook fails, answers badly or stays silent, so
/// there is an answer for everything, and it is `deny` unless the call was claimed.
public enum ClaudeCodeHook {
    /// How long the gate waits by itself: less than the ten minutes after which Claude Code gives
    /// its hook up and runs the call.
    public static let patienceSeconds = 540

    /// The call that an event is about.
    public struct Event: Hashable, Sendable {
        /// The tool, as Claude Code names it.
        public let tool: String
        /// The arguments of the call.
        public let arguments: JSONValue
        /// The call's own name: the session's id and the tool use's id.
        public let idempotencyKey: String
        /// Where the call comes from.
        public let origin: OriginBody

        /// Reads an event; refuses whatever is no complete PreToolUse.
        public init(parsing bytes: [UInt8]) throws(Malformed) {
            let event: JSONValue
            do {
                event = try JSONValue(parsing: bytes)
            } catch {
                throw Malformed("The hook's input is not JSON (\(error)).")
            }
            guard event["hook_event_name"]?.stringValue == "PreToolUse" else {
                throw Malformed("The hook's input is not a PreToolUse event.")
            }
            guard
                let tool = event["tool_name"]?.stringValue, let input = event["tool_input"],
                input.objectValue != nil, let session = event["session_id"]?.stringValue,
                let use = event["tool_use_id"]?.stringValue, !session.isEmpty, !use.isEmpty
            else {
                throw Malformed(
                    "The event lacks tool_name, tool_input, session_id or tool_use_id.")
            }
            self.tool = tool
            arguments = input
            // Models reuse ids of calls, so the session stands before it.
            idempotencyKey = "claude-code:\(session):\(use)"
            origin = OriginBody(framework: "claude-code", callID: use, sessionID: session)
        }
    }

    /// Why an event cannot be acted on.
    public struct Malformed: Error, Hashable, Sendable {
        /// A sentence for a person.
        public let sentence: String

        init(_ sentence: String) { self.sentence = sentence }
    }

    /// The answer that lets the call run, with the complete input that replaces the original.
    public static func allow(_ claim: ClaimAnswer, isEdited: Bool) -> JSONValue {
        let words = isEdited ? "Approved with changes in Countersign." : "Approved in Countersign."
        return answer("allow", words, input: claim.arguments)
    }

    /// The answer that keeps the call from running.
    public static func deny(_ reason: String) -> JSONValue { answer("deny", reason, input: nil) }

    /// The answer for a gate that ended; only a claim lets anything run.
    public static func answer(to verdict: GateVerdict, of order: GateOrder) -> JSONValue {
        switch verdict {
        case .released(let claim):
            allow(claim, isEdited: claim.effectiveDigest != order.proposedDigest)
        case .rejected(let person, let comment):
            deny(rejection(by: person, comment))
        case .expired: deny("Nobody approved the call in time, so it is refused.")
        case .cancelled: deny("The approval was cancelled.")
        case .alreadyClaimed:
            deny(
                "This is no rejection: the call was claimed before, and whether it ran is not "
                    + "known. Do not run it again; ask a person to look.")
        case .claimTooLate: deny("The call was approved, but not claimed in time.")
        case .unreachable(let sentence): deny("The control plane cannot be reached. \(sentence)")
        case .refused(_, let detail, let nextStep): deny("\(detail) \(nextStep)")
        case .tampered(let sentence): deny(sentence)
        case .gaveUp: deny("Nobody decided before the hook's own time was over.")
        case .interrupted, .executed: deny("The gate was stopped before the call was approved.")
        }
    }

    private static func rejection(by person: String?, _ comment: String?) -> String {
        let who = person.map { "\($0) rejected the call" } ?? "The call was rejected"
        return who + (comment.map { ": \($0)" } ?? ".")
    }

    private static func answer(
        _ decision: String, _ reason: String, input: JSONValue?
    ) -> JSONValue {
        var output = JSONObject([
            ("hookEventName", .string("PreToolUse")), ("permissionDecision", .string(decision)),
            ("permissionDecisionReason", .string(reason)),
        ])
        if let input { output["updatedInput"] = input }
        return .object(JSONObject([("hookSpecificOutput", .object(output))]))
    }
}
