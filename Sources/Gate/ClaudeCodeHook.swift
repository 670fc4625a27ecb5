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
            let event: HookEventBody
            do {
                event = try HookEventBody(wire: JSONValue(parsing: bytes))
            } catch let error as WireError {
                let place = error.pointer.description
                throw Malformed("The hook's input \(place) \(error.sentence).")
            } catch {
                throw Malformed("The hook's input is not JSON (\(error)).")
            }
            guard event.hookEventName.utf8.elementsEqual("PreToolUse".utf8) else {
                throw Malformed("The hook's input is not a PreToolUse event.")
            }
            guard event.toolInput.objectValue != nil, !event.sessionID.isEmpty,
                !event.toolUseID.isEmpty
            else {
                throw Malformed(
                    "The event lacks an object as tool_input, session_id or tool_use_id.")
            }
            tool = event.toolName
            arguments = event.toolInput
            // Models reuse ids of calls, so the session stands before it.
            idempotencyKey = "claude-code:\(event.sessionID):\(event.toolUseID)"
            origin = OriginBody(
                framework: "claude-code", callID: event.toolUseID, sessionID: event.sessionID)
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
        guard isEdited else {
            return answer("allow", "Approved in Countersign.", input: claim.arguments)
        }
        return answer(
            "allow", "Approved with changes in Countersign.", input: claim.arguments,
            context: EditNote.text(claim.arguments))
    }

    /// The answer that keeps the call from running.
    public static func deny(_ reason: String) -> JSONValue { answer("deny", reason, input: nil) }

    /// The answer that ends the run in good order, to be resumed once somebody decided.
    ///
    /// Only a run without a person in front of it understands it, and only when a turn has one
    /// call.
    public static let deferred = answer(
        "defer", "The call waits for its approval in Countersign: resume the session later.",
        input: nil)

    /// The answer for a gate that ended; only a claim lets anything run.
    public static func answer(to verdict: GateVerdict, of order: GateOrder) -> JSONValue {
        guard case .released(let claim) = verdict else {
            return deny(verdict.refusal ?? "The gate failed, so the call is refused.")
        }
        return allow(claim, isEdited: claim.effectiveDigest != order.proposedDigest)
    }

    private static func answer(
        _ decision: String, _ reason: String, input: JSONValue?, context: String? = nil
    ) -> JSONValue {
        var output = JSONObject([
            ("hookEventName", .string("PreToolUse")), ("permissionDecision", .string(decision)),
            ("permissionDecisionReason", .string(reason)),
        ])
        if let input { output["updatedInput"] = input }
        if let context { output["additionalContext"] = .string(context) }
        return .object(JSONObject([("hookSpecificOutput", .object(output))]))
    }
}
