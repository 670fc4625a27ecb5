import Approvals
import ControlPlaneAPI
import Gate
import HTTPServer
import SystemClock
import WireAPI

// A hook's host gives the call and takes the verdict; the gate between the two is ours.
extension Desk {
    /// Holds the call of a hook, step by step through the same routes that every agent uses.
    func hold(_ hook: HookCall, of call: APICall, from caller: Caller) async -> HTTPResponse {
        guard let order = order(of: hook) else {
            return HookCall.response(
                ClaudeCodeHook.deny("The arguments hold a number that no double holds exactly."))
        }
        let milliseconds = Int64(hook.waitSeconds) * 1_000
        var gate = Gate(
            order,
            patience: hook.isDeferring
                ? .leaving(milliseconds: milliseconds) : .exactly(milliseconds: milliseconds),
            runsTool: false, seed: UInt64.random(in: 0...UInt64.max))
        var effects = gate.update(.started(at: clock.monotonicMilliseconds))
        var isLeaving = false
        while gate.verdict == nil {
            effects = await step(&gate, effects, of: call, from: caller)
            let isOver = await isOver(caller)
            guard isOver, !isLeaving, gate.verdict == nil else { continue }
            // Left for later, the approval waits for the same call in another request.
            if hook.isDeferring { return HookCall.response(ClaudeCodeHook.deferred) }
            isLeaving = true
            effects = gate.update(.interrupted(at: clock.monotonicMilliseconds))
        }
        return answer(gate.verdict ?? .gaveUp, to: hook, order)
    }

    private func answer(
        _ verdict: GateVerdict, to hook: HookCall, _ order: GateOrder
    ) -> HTTPResponse {
        guard hook.isDeferring, verdict == .gaveUp else {
            return HookCall.response(ClaudeCodeHook.answer(to: verdict, of: order))
        }
        return HookCall.response(ClaudeCodeHook.deferred)
    }

    private func order(of hook: HookCall) -> GateOrder? {
        let submission = SubmitBody(
            tool: hook.event.tool, arguments: hook.event.arguments,
            timeoutSeconds: hook.timeoutSeconds, origin: hook.event.origin)
        do {
            return try GateOrder(
                submission, idempotencyKey: hook.event.idempotencyKey, nonce: nonce())
        } catch {
            return nil
        }
    }

    /// Lives as long as this request: another one for the same call cannot claim it again.
    private func nonce() -> String {
        SystemEntropy().bytes(32).map { byte in
            let digits = String(byte, radix: 16)
            return byte < 16 ? "0" + digits : digits
        }.joined()
    }

    /// Carries out what the gate wants, and tells it what came of it.
    private func step(
        _ gate: inout Gate, _ effects: [GateEffect], of call: APICall, from caller: Caller
    ) async -> [GateEffect] {
        var wakeAt = clock.monotonicMilliseconds
        for effect in effects {
            switch effect {
            case .send(let number, let request):
                let response = await respond(to: inner(request, of: call), from: caller)
                return gate.update(
                    .answered(
                        call: number, .success(response), at: clock.monotonicMilliseconds))
            case .wake(let at): wakeAt = at
            case .drop, .run, .finish: continue
            }
        }
        await pause(milliseconds: max(0, wakeAt - clock.monotonicMilliseconds))
        return gate.update(.woke(at: clock.monotonicMilliseconds))
    }

    /// A step of the gate as a call of whoever called the hook.
    private func inner(_ request: HTTPRequest, of call: APICall) -> APICall {
        var inner = APICall(
            request, token: nil,
            receivedAt: Timestamp(milliseconds: clock.wallMilliseconds))
        inner.headers["authorization"] = call.headers["authorization"]
        return inner
    }

    private func isOver(_ caller: Caller) async -> Bool {
        if hub.isClosed { return true }
        return await caller.isGone
    }
}
