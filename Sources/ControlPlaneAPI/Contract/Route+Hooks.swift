import JSONTree
import WireAPI

// What the routes of hooks take and give.
extension Route {
    static let claudeCodeHookOperation = ContractOperation(
        "Hold a call of Claude Code",
        "Answers its PreToolUse hook: submits the call, waits for the decision, claims it, and"
            + " allows it with the effective arguments. Everything else is answered with `deny`,"
            + " and always with 200: on any other status Claude Code runs the original arguments"
            + " unless `onFailure` is `block`. The receipt is not sent by the host, so such calls"
            + " become `unknown` when their lease ends.",
        with: [
            .item(
                "wait_s",
                "Seconds to wait for the decision; keep the hook's `timeout` a minute above it.",
                range: APILimits.hookSeconds, example: APILimits.hookSecondsDefault),
            .item(
                "timeout_s", "How long people have; the policy's or tenant's time without it.",
                range: APILimits.hookSeconds, example: 300),
            ContractOperation.Parameter(
                name: "pending", place: "query", isRequired: false,
                schema: ["type": "string", "enum": ["deny", "defer"]],
                text: "What is answered when nobody decided while it waited: `deny` cancels the"
                    + " approval; `defer` leaves it, for a run without a person that is resumed.",
                example: "defer"),
        ],
        sends: "HookEventBody",
        gives: [.ok("HookAnswer", "Whether the call may run, and with which arguments.")])
}
