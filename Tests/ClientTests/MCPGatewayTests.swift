import Approvals
import Cryptography
import Gate
import JSONTree
import MCPGateway
import Testing
import WireAPI

/// Goal: only what was claimed reaches the server, only once, and both sides stay in step.
struct MCPGatewayTests {
    private static func line(_ json: JSONValue) -> [UInt8] { Array(json.text().utf8) }

    private static func call(_ id: JSONValue, _ arguments: JSONValue = ["n": 1]) -> JSONValue {
        [
            "jsonrpc": "2.0", "id": id, "method": "tools/call",
            "params": ["name": "pay", "arguments": arguments, "_meta": ["progressToken": 9]],
        ]
    }

    private static func claim(_ arguments: JSONValue) throws -> ClaimAnswer {
        ClaimAnswer(
            id: try #require(ApprovalID(GateAnswers.id)), tool: "pay", arguments: arguments,
            effectiveDigest: try Digest(canonical: arguments), fencingToken: "f",
            expiresAt: Timestamp(milliseconds: 0))
    }

    /// What goes to the client, as JSON.
    private static func answers(_ effects: [MCPGatewayEffect]) throws -> [JSONValue] {
        try effects.compactMap { effect -> [UInt8]? in
            if case .toClient(let line) = effect { line } else { nil }
        }.map { try JSONValue(parsing: $0) }
    }

    private static func goesOn(_ effects: [MCPGatewayEffect]) -> Bool {
        effects.contains { if case .toUpstream = $0 { true } else { false } }
    }

    @Test(arguments: [
        #"{"jsonrpc":"2.0","id":1,"method":"ping"}"#,
        #"{"jsonrpc": "2.0", "method": "notifications/initialized"}"#,
        #"{"jsonrpc":"2.0","id":1,"result":{"roots":[]}}"#,
        #"[{"jsonrpc":"2.0","id":1,"method":"ping"}]"#,
    ])
    func whatIsNoCallPassesByteForByte(_ text: String) {
        var gateway = MCPGateway()
        let line = Array(text.utf8)
        #expect(gateway.update(.fromClient(line, at: 0)) == [.toUpstream(line)])
        #expect(gateway.update(.fromUpstream(line)) == [.toClient(line)])
    }

    @Test(arguments: [
        #"{"jsonrpc":"2.0","id":1,"method":"tools\/call","method":"ping"}"#,
        #"{"jsonrpc":"2.0","method":"tools\u002fcall","params":{"name":"pay"}}"#,
        #"{"jsonrpc":"2.0","id":{},"method":"tools/call","params":{"name":"pay"}}"#,
        #"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":7}}"#,
        #"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"pay","arguments":[]}}"#,
        #"[{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"pay"}}]"#,
        "[1]", "\"tools/call\"", "not JSON",
    ])
    func whatIsNotUnderstoodDoesNotGoOn(_ text: String) throws {
        var gateway = MCPGateway()
        let effects = gateway.update(.fromClient(Array(text.utf8), at: 0))
        #expect(!Self.goesOn(effects))
        #expect(try Self.answers(effects).allSatisfy { $0["error"] != nil } && !effects.isEmpty)
    }

    /// Goal: a server's question belongs to the run that was approved, and to no other.
    @Test func aCallInRoundsIsOneRun() throws {
        func round(_ id: JSONValue, _ arguments: JSONValue, _ state: JSONValue) -> JSONValue {
            [
                "jsonrpc": "2.0", "id": id, "method": "tools/call",
                "params": [
                    "name": "pay", "arguments": arguments, "requestState": state,
                    "inputResponses": ["sure": ["action": "accept"]],
                ],
            ]
        }
        var gateway = MCPGateway()
        _ = gateway.update(.fromClient(Self.line(Self.call(1)), at: 0))
        _ = gateway.update(.claimed(call: 1, try Self.claim(["n": 2])))
        let question = Self.line([
            "jsonrpc": "2.0", "id": 1,
            "result": ["resultType": "input_required", "requestState": "s1"],
        ])
        #expect(gateway.update(.fromUpstream(question)) == [.toClient(question)])
        for other in [round(2, ["n": 1], "s2"), round(3, ["n": 2], "s1")] {
            let effects = gateway.update(.fromClient(Self.line(other), at: 0))
            #expect(!Self.goesOn(effects), "another state, or other arguments")
        }
        let again = gateway.update(.fromClient(Self.line(round(4, ["n": 1], "s1")), at: 0))
        #expect(again == [.toUpstream(Self.line(round(4, ["n": 2], "s1")))])
        let answer: JSONValue = ["jsonrpc": "2.0", "id": 4, "result": ["content": []]]
        let end = gateway.update(.fromUpstream(Self.line(answer)))
        #expect(end.last == .report(call: 1, .succeeded, summary: "the tool answered"))
        let late = gateway.update(.fromClient(Self.line(round(5, ["n": 1], "s1")), at: 0))
        #expect(!Self.goesOn(late), "the run is over")
        _ = gateway.update(.fromClient(Self.line(Self.call(6)), at: 0))
        _ = gateway.update(.claimed(call: 5, try Self.claim(["n": 1])))
        _ = gateway.update(
            .fromUpstream(
                Self.line([
                    "jsonrpc": "2.0", "id": 6, "result": ["resultType": "input_required"],
                ])))
        #expect(gateway.update(.upstreamEnded).contains(.abandon(call: 5)))
    }

    /// Goal: of two calls that look the same, neither edit is taken for the other.
    @Test func aRoundThatCouldBeOfTwoIsHeld() throws {
        var gateway = MCPGateway()
        for (id, edited) in [(1, 2), (2, 3)] {
            let id = JSONValue.number(JSONNumber(id))
            _ = gateway.update(.fromClient(Self.line(Self.call(id)), at: 0))
            let number = edited - 1
            let claim = try Self.claim(["n": .number(JSONNumber(edited))])
            _ = gateway.update(.claimed(call: number, claim))
            let question: JSONValue = [
                "jsonrpc": "2.0", "id": id, "result": ["resultType": "input_required"],
            ]
            _ = gateway.update(.fromUpstream(Self.line(question)))
        }
        let round: JSONValue = [
            "jsonrpc": "2.0", "id": 3, "method": "tools/call",
            "params": ["name": "pay", "arguments": ["n": 1], "inputResponses": [:]],
        ]
        #expect(!Self.goesOn(gateway.update(.fromClient(Self.line(round), at: 0))))
    }

    @Test func theServerGetsTheEffectiveArgumentsOnce() throws {
        var gateway = MCPGateway()
        _ = gateway.update(.fromClient(Self.line(Self.call("a")), at: 0))
        let again = gateway.update(.fromClient(Self.line(Self.call("a")), at: 0))
        #expect(try Self.answers(again).first?["error"]?["message"] != nil)
        let claim = try Self.claim(["n": 2])
        let effects = gateway.update(.claimed(call: 1, claim))
        #expect(effects == [.toUpstream(Self.line(Self.call("a", ["n": 2])))])
        #expect(!Self.goesOn(gateway.update(.claimed(call: 1, claim))))
        let answer: JSONValue = ["jsonrpc": "2.0", "id": "a", "result": ["content": []]]
        let end = gateway.update(.fromUpstream(Self.line(answer)))
        let note = try Self.answers(end).first?["result"]?["content"]?[0]?["text"]?.stringValue
        #expect(note?.contains(#"{"n":2}"#) == true)
        #expect(end.last == .report(call: 1, .succeeded, summary: "the tool answered"))
        #expect(gateway.update(.fromUpstream(Self.line(answer))).count == 1)
    }

    @Test func anAnswerOfTheServerToAHeldCallIsDropped() {
        var gateway = MCPGateway()
        _ = gateway.update(.fromClient(Self.line(Self.call(1)), at: 0))
        let forged: JSONValue = ["jsonrpc": "2.0", "id": 1, "result": ["content": []]]
        #expect(gateway.update(.fromUpstream(Self.line(forged))).isEmpty)
        let other: JSONValue = ["jsonrpc": "2.0", "id": "1", "result": ["content": []]]
        #expect(gateway.update(.fromUpstream(Self.line(other))).count == 1)
    }

    @Test func aClaimThatComesAfterTheClientGaveUpIsReportedAsNotRun() throws {
        var gateway = MCPGateway()
        _ = gateway.update(.fromClient(Self.line(Self.call(1)), at: 0))
        let gone: JSONValue = [
            "jsonrpc": "2.0", "method": "notifications/cancelled", "params": ["requestId": 1],
        ]
        #expect(gateway.update(.fromClient(Self.line(gone), at: 1)) == [.withdraw(call: 1)])
        let effects = gateway.update(.claimed(call: 1, try Self.claim(["n": 1])))
        #expect(effects == [.report(call: 1, .failed, summary: "not run: the client gave up")])
        #expect(gateway.update(.ended(call: 1, .interrupted)).isEmpty)
    }

    @Test func progressGrowsAndStopsWhenTheCallRuns() throws {
        var gateway = MCPGateway()
        var effects = gateway.update(.fromClient(Self.line(Self.call(1)), at: 1_000))
        var values: [Double] = []
        for _ in 0..<3 {
            let told = try Self.answers(effects).compactMap { $0["params"]?["progress"] }
            values += told.compactMap {
                if case .number(let number) = $0 { number.double } else { nil }
            }
            guard case .wake(let at)? = effects.last else { break }
            effects = gateway.update(.woke(at: at))
        }
        #expect(values.count == 3 && values == values.sorted() && Set(values).count == 3)
        _ = gateway.update(.claimed(call: 1, try Self.claim(["n": 1])))
        #expect(gateway.update(.woke(at: 1_000_000)) == [.wake(at: .max)])
    }

    @Test func theListedSchemaGoesWithTheCall() throws {
        var gateway = MCPGateway()
        let ask: JSONValue = ["jsonrpc": "2.0", "id": 5, "method": "tools/list"]
        _ = gateway.update(.fromClient(Self.line(ask), at: 0))
        let list: JSONValue = [
            "jsonrpc": "2.0", "id": 5,
            "result": ["tools": [["name": "pay", "inputSchema": ["type": "object"]]]],
        ]
        _ = gateway.update(.fromUpstream(Self.line(list)))
        let effects = gateway.update(.fromClient(Self.line(Self.call(1)), at: 0))
        guard case .hold(_, let held)? = effects.first else { throw Missing() }
        #expect(held.schema == ["type": "object"] && held.arguments == ["n": 1])
        #expect(held.tool == "pay" && held.requestID == "1")
    }

    private struct Missing: Error {}
}
