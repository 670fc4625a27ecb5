import Approvals
public import Gate
public import JSONTree
public import WireAPI

/// A call of Claude Code that its hook asks about.
public struct HookCall: Hashable, Sendable {
    /// The call that is held.
    public let event: ClaudeCodeHook.Event
    /// How long the hook waits.
    public let waitSeconds: Int
    /// How long people have; nil for the usual time.
    public let timeoutSeconds: Int?
    /// True when a call that nobody decided in time is left for later.
    public let isDeferring: Bool

    /// An answer to a hook: always 200, so that the host understands it.
    public static func response(_ answer: JSONValue) -> HTTPResponse {
        HTTPResponse(
            status: 200,
            headers: ["content-type": "application/json", "cache-control": "no-store"],
            body: Array(answer.text(.compact).utf8))
    }
}

extension CallReader {
    /// What a hook asks for; whatever is wrong with it is a refusal that its host understands.
    func hook() -> APIPlan {
        do throws(APIFailure) {
            return .hold(try hookCall())
        } catch {
            let problem = error.problem
            let sentence = ([problem.detail] + problem.fields.map { "\($0.field) \($0.detail)" })
                .joined(separator: "; ")
            return .respond(
                HookCall.response(ClaudeCodeHook.deny("\(sentence) \(problem.nextStep)")))
        }
    }

    private func hookCall() throws(APIFailure) -> HookCall {
        _ = try secretDigest()
        try knowing("wait_s", "timeout_s", "pending")
        let wait = try number("wait_s", in: APILimits.hookSeconds)
        let timeout = try number("timeout_s", in: APILimits.hookSeconds)
        let pending = try text("pending", bytesMax: 5) ?? "deny"
        let isDeferring = pending.utf8.elementsEqual("defer".utf8)
        guard isDeferring || pending.utf8.elementsEqual("deny".utf8) else {
            throw .queryWrong("pending", "must be deny or defer")
        }
        do throws(ClaudeCodeHook.Malformed) {
            return HookCall(
                event: try ClaudeCodeHook.Event(parsing: call.body),
                waitSeconds: wait ?? APILimits.hookSecondsDefault, timeoutSeconds: timeout,
                isDeferring: isDeferring)
        } catch {
            throw .bodyWrong([FieldProblem("", error.sentence)])
        }
    }
}
