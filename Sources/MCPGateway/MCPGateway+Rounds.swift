import JSONTree

// Calls in several rounds, as revision 2026-07-28 has them: a server answers a call with a
// question, and its client sends the call again, with the answer and the server's own state. That
// is the same run: it was claimed once, and it has one receipt, at its end.
extension MCPGateway {
    /// The request of a call that runs, with the effective arguments in place of the original ones.
    func request(of number: Int) -> JSONObject {
        guard let call = held[number], let arguments = call.running else { return JSONObject() }
        var request = call.request
        var params = request["params"]?.objectValue ?? JSONObject()
        params["arguments"] = arguments
        request["params"] = .object(params)
        return request
    }

    /// Keeps a call for its next round; of the oldest of too many nobody will know the end.
    mutating func pause(
        _ number: Int, _ call: Held, _ message: MCPMessage
    ) -> [MCPGatewayEffect] {
        paused[number] = call
        paused[number]?.state = message["result"]?["requestState"] ?? .null
        guard paused.count > Self.callsMax, let oldest = paused.keys.min() else { return [] }
        paused[oldest] = nil
        return [.abandon(call: oldest)]
    }

    /// The number of the call that a request goes on with; nil when it is a call of its own.
    ///
    /// It is the same tool with the same arguments, and brings back the state that its server gave.
    mutating func goesOn(_ next: Held, with message: MCPMessage) -> Int? {
        let params = message["params"]
        let isRound = params?["requestState"] != nil || params?["inputResponses"] != nil
        let state = params?["requestState"] ?? .null
        guard isRound else { return nil }
        let alike = paused.filter { _, before in
            before.tool.utf8.elementsEqual(next.tool.utf8)
                && before.proposed == next.proposed && before.state == state
        }
        // Of two that look the same nobody can tell which it goes on with: people are asked.
        guard alike.count == 1, let (number, before) = alike.first else { return nil }
        paused[number] = nil
        held[number] = next
        held[number]?.running = before.running
        held[number]?.isEdited = before.isEdited
        return number
    }

    /// The server is gone, and with it the runs that it had asked something about.
    mutating func abandonPaused() -> [MCPGatewayEffect] {
        defer { paused = [:] }
        return paused.keys.sorted().map { .abandon(call: $0) }
    }
}
