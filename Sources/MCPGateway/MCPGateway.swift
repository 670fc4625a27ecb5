import Approvals
import Cryptography
import Gate
import JSONTree
import WireAPI

/// Stands between an MCP client and an MCP server and holds every `tools/call`.
///
/// Everything else passes as it came, byte for byte. A call goes on to the server once it was
/// claimed, with the effective arguments; what cannot be understood for certain does not go on.
/// The messages are those of the Model Context Protocol, revisions 2024-11-05 to 2026-07-28.
public struct MCPGateway: Sendable {
    /// How many calls may be held at once.
    public static let callsMax = 48
    /// How often a client that asked for progress hears that the call waits.
    static let progressMilliseconds: Int64 = 10_000
    /// The most bytes of a line that is looked into; longer ones do not pass.
    public static let lineBytesMax = 8 << 20

    struct Held {
        let id: MCPRequestID
        let tool: String
        let request: JSONObject
        let progressToken: JSONValue?
        let proposed: Digest
        var progressCount: Int64 = 0
        var nextProgressAt: Int64
        /// The arguments that run; nil while it waits.
        var running: JSONValue?
        var isEdited = false
        /// What the server wants to see again; nil while it has not asked back.
        var state: JSONValue?
    }

    var held: [Int: Held] = [:]
    /// Calls that ran until their server asked something, and that their client sends again.
    var paused: [Int: Held] = [:]
    private var numbers: [MCPRequestID: Int] = [:]
    private var lastNumber = 0
    var tools = MCPToolList()

    /// Begins with nothing held.
    public init() {}

    /// Takes in what happened and says what to do about it.
    public mutating func update(_ message: MCPGatewayMessage) -> [MCPGatewayEffect] {
        switch message {
        case .fromClient(let line, let now): takeClient(line, at: now)
        case .fromUpstream(let line): takeUpstream(line)
        case .claimed(let call, let claim): run(call, claim.arguments, claim.effectiveDigest)
        case .ended(let call, let verdict): end(call, verdict)
        case .woke(let now): progress(at: now)
        case .upstreamLost(let id): lose(id)
        case .upstreamEnded: loseUpstream()
        }
    }

    private mutating func takeClient(_ line: [UInt8], at now: Int64) -> [MCPGatewayEffect] {
        guard let json = Self.parsed(line) else {
            return [.toClient(Self.error(nil, -32_700, "The message is no valid JSON."))]
        }
        if let batch = json.arrayValue { return takeBatch(batch, line) }
        guard let message = MCPMessage(json) else {
            return [.toClient(Self.error(nil, -32_600, "The message is no JSON-RPC object."))]
        }
        if message.isToolCall { return hold(message, at: now) }
        if message.isMethod("notifications/cancelled") { return cancel(message, line) }
        if message.isMethod("tools/list"), let id = message.id { tools.asked(by: id) }
        return [.toUpstream(line)]
    }

    /// A batch passes when no call is in it: a part of a batch cannot be held.
    private func takeBatch(_ batch: [JSONValue], _ line: [UInt8]) -> [MCPGatewayEffect] {
        let messages = batch.compactMap { MCPMessage($0) }
        let isHarmless = messages.count == batch.count && !messages.contains(where: \.isToolCall)
        guard !isHarmless else { return [.toUpstream(line)] }
        let answers = messages.compactMap(\.id).map {
            MCPGatewayEffect.toClient(
                Self.error($0, -32_600, "A call in a batch cannot be held: send it alone."))
        }
        return answers.isEmpty
            ? [.toClient(Self.error(nil, -32_600, "The batch is no list of requests."))] : answers
    }

    private mutating func hold(_ message: MCPMessage, at now: Int64) -> [MCPGatewayEffect] {
        guard let id = message.id else {
            return [.toClient(Self.error(nil, -32_600, "A call needs an id."))]
        }
        guard numbers[id] == nil else {
            return [.toClient(Self.error(id, -32_600, "A call with this id is under way."))]
        }
        guard held.count < Self.callsMax else {
            return [.toClient(Self.refused(id, "Too many calls wait. Ask again later."))]
        }
        let arguments = message["params"]?["arguments"] ?? .object(JSONObject())
        guard let tool = message["params"]?["name"]?.stringValue, arguments.objectValue != nil,
            let proposed = Self.digest(arguments)
        else {
            return [
                .toClient(
                    Self.error(
                        id, -32_602, "The call names no tool, or its arguments are no object."))
            ]
        }
        let next = Held(
            id: id, tool: tool, request: message.object,
            progressToken: message["params"]?["_meta"]?["progressToken"], proposed: proposed,
            nextProgressAt: now)
        if let number = goesOn(next, with: message) {
            numbers[id] = number
            return [.toUpstream(Self.line(.object(request(of: number))))]
        }
        lastNumber += 1
        numbers[id] = lastNumber
        held[lastNumber] = next
        let call = HeldCall(
            tool: tool, arguments: arguments, schema: tools.schema(of: tool), requestID: id.text)
        return [.hold(call: lastNumber, call)] + progress(at: now)
    }

    /// The client gave up: a held call is withdrawn, one that runs is cancelled by its server.
    private mutating func cancel(
        _ message: MCPMessage, _ line: [UInt8]
    ) -> [MCPGatewayEffect] {
        guard let id = message["params"]?["requestId"].flatMap({ MCPRequestID($0) }),
            let number = numbers[id], let call = held[number], call.running == nil
        else { return [.toUpstream(line)] }
        forget(number)
        return [.withdraw(call: number)]
    }

    /// Sends a claimed call on, with the effective arguments in the place of the original ones.
    private mutating func run(
        _ number: Int, _ arguments: JSONValue, _ effective: Digest
    ) -> [MCPGatewayEffect] {
        guard let call = held[number], call.running == nil else {
            // It was withdrawn while the claim was under way.
            return [.report(call: number, .failed, summary: "not run: the client gave up")]
        }
        held[number]?.running = arguments
        held[number]?.isEdited = effective != call.proposed
        return [.toUpstream(Self.line(.object(request(of: number))))]
    }

    private mutating func end(_ number: Int, _ verdict: GateVerdict) -> [MCPGatewayEffect] {
        guard let call = held[number] else { return [] }
        forget(number)
        let sentence = verdict.refusal ?? "The call was not run."
        // Of a call that somebody else claimed nobody knows here whether it ran.
        let isKnown = verdict != .alreadyClaimed
        let said = isKnown ? "The tool did not run. \(sentence)" : sentence
        return [.toClient(Self.refused(call.id, said))]
    }

    private mutating func takeUpstream(_ line: [UInt8]) -> [MCPGatewayEffect] {
        guard let json = Self.parsed(line), let message = MCPMessage(json) else {
            return [.toClient(line)]
        }
        if message.isMethod("notifications/tools/list_changed") { tools.forget() }
        guard message.method == nil, let id = message.id else { return [.toClient(line)] }
        tools.take(message, answering: id)
        guard let number = numbers[id], let call = held[number] else { return [.toClient(line)] }
        // A server cannot answer what it was not given.
        guard let arguments = call.running else { return [] }
        forget(number)
        if message.asksBack { return [.toClient(line)] + pause(number, call, message) }
        return [.toClient(call.isEdited ? Self.noting(arguments, in: message) : line)]
            + [Self.receipt(number, of: message)]
    }

    private mutating func loseUpstream() -> [MCPGatewayEffect] {
        abandonPaused()
            + held.keys.sorted().flatMap { number -> [MCPGatewayEffect] in
                guard let call = held[number] else { return [] }
                forget(number)
                guard call.running != nil else {
                    let sentence = "The server behind the gateway ended. The tool did not run."
                    return [.withdraw(call: number), .toClient(Self.refused(call.id, sentence))]
                }
                return [.toClient(Self.refused(call.id, Self.unknown("The server ended")))]
            }
    }

    /// One request has no answer: of a call that ran nobody knows the end, so there is no receipt.
    private mutating func lose(_ text: [UInt8]) -> [MCPGatewayEffect] {
        guard let id = Self.parsed(text).flatMap({ MCPRequestID($0) }) else { return [] }
        guard let number = numbers[id], held[number]?.running != nil else {
            return [.toClient(Self.error(id, -32_603, "The server's answer was lost."))]
        }
        forget(number)
        let sentence = Self.unknown("The server's answer was lost")
        return [.abandon(call: number), .toClient(Self.refused(id, sentence))]
    }

    private mutating func forget(_ number: Int) {
        guard let call = held.removeValue(forKey: number) else { return }
        numbers[call.id] = nil
    }

    private mutating func progress(at now: Int64) -> [MCPGatewayEffect] {
        var effects: [MCPGatewayEffect] = []
        for (number, call) in held.sorted(by: { $0.key < $1.key }) {
            guard let token = call.progressToken, call.running == nil, call.nextProgressAt <= now
            else { continue }
            held[number]?.nextProgressAt = now + Self.progressMilliseconds
            held[number]?.progressCount += 1
            effects.append(
                .toClient(Self.waiting(for: call.tool, token, count: call.progressCount + 1)))
        }
        let next = held.values.filter { $0.progressToken != nil && $0.running == nil }
            .map(\.nextProgressAt).min()
        return effects + [.wake(at: next ?? .max)]
    }

    private static func parsed(_ line: [UInt8]) -> JSONValue? {
        do {
            return try JSONValue(parsing: line, limits: JSONLimits(bytesMax: lineBytesMax))
        } catch {
            return nil
        }
    }

    private static func digest(_ arguments: JSONValue) -> Digest? {
        do { return try Digest(canonical: arguments) } catch { return nil }
    }
}
