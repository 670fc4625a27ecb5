import JSONTree
import Testing
import WireAPI

@testable import MCPGateway

/// Goal: clients over HTTP hear what their gateway says, each its own and nobody else's, and find
/// it again when their connection broke.
@Suite struct MCPListenerTests {
    /// A listener, and what it did.
    private struct Bench {
        var listener = MCPListener(MCPListenerDoor(token: nil))
        var effects: [MCPListenerEffect] = []
        var lastExchange = 0

        @discardableResult mutating func ask(
            _ body: String, _ headers: [String: String] = [:], method: String = "POST",
            target: String = "/mcp", at now: Int64 = 0
        ) -> Int {
            lastExchange += 1
            let usual = [
                "content-type": "application/json",
                "accept": "application/json, text/event-stream",
            ]
            let request = MCPClientRequest(
                method: method, target: target, headers: usual.merging(headers) { $1 },
                body: Array(body.utf8))
            effects = listener.update(
                .asked(
                    exchange: lastExchange, request, freshName: "name\(lastExchange)", at: now))
            return lastExchange
        }

        mutating func hear(_ line: String, of worker: Int = 1, at now: Int64 = 0) {
            effects = listener.update(.line(worker: worker, Array(line.utf8), at: now))
        }

        mutating func hello() {
            ask(#"{"jsonrpc":"2.0","id":0,"method":"initialize"}"#)
            hear(#"{"jsonrpc":"2.0","id":0,"result":{}}"#)
        }

        /// Pieces of an answer as text, told apart by their exchange.
        func said(_ exchange: Int) -> String {
            effects.map {
                if case .piece(exchange, let bytes) = $0 {
                    String(decoding: bytes, as: UTF8.self)
                } else {
                    ""
                }
            }.joined()
        }

        func told(_ worker: Int) -> [String] {
            effects.compactMap {
                if case .tell(worker, let line) = $0 {
                    String(decoding: line, as: UTF8.self)
                } else {
                    nil
                }
            }
        }

        func answer(_ exchange: Int) -> HTTPResponse? {
            effects.compactMap {
                if case .answer(exchange, let answer) = $0 { answer } else { nil }
            }.first
        }

        func opened(_ exchange: Int) -> HTTPResponse? {
            effects.compactMap {
                if case .open(exchange, let head) = $0 { head } else { nil }
            }.first
        }
    }

    private static let call = #"{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{}}"#
    private static let mine = ["mcp-session-id": "name1"]

    @Test func aSessionHasAGatewayOfItsOwn() {
        var bench = Bench()
        let first = bench.ask(#"{"jsonrpc":"2.0","id":0,"method":"initialize"}"#)
        #expect(bench.effects.contains(.start(worker: 1)))
        #expect(bench.opened(first)?.headers["mcp-session-id"] == "name1")
        bench.hear(#"{"jsonrpc":"2.0","id":0,"result":{}}"#)
        #expect(
            bench.said(first) == "id: 1-1\ndata: {\"jsonrpc\":\"2.0\",\"id\":0,\"result\":{}}\n\n")
        #expect(bench.effects.contains(.close(exchange: first)))
        let second = bench.ask(#"{"jsonrpc":"2.0","id":0,"method":"initialize"}"#)
        #expect(bench.effects.contains(.start(worker: 2)))
        #expect(bench.opened(second)?.headers["mcp-session-id"] == "name2")
        // What one gateway says does not reach the other's client.
        bench.hear(#"{"jsonrpc":"2.0","id":0,"result":{}}"#, of: 1)
        #expect(bench.said(second).isEmpty)
    }

    @Test func whatIsNoneOfOursIsRefused() {
        let hello = #"{"jsonrpc":"2.0","id":0,"method":"initialize"}"#
        let rows: [(Int, String, [String: String], String, String)] = [
            (404, hello, [:], "POST", "/other"),
            (405, hello, [:], "PUT", "/mcp"),
            (403, hello, ["origin": "https://evil.example"], "POST", "/mcp"),
            (403, hello, ["origin": "http://localhost.evil.example"], "POST", "/mcp"),
            (415, hello, ["content-type": "text/plain"], "POST", "/mcp"),
            (406, hello, ["accept": "text/html"], "POST", "/mcp"),
            (400, "{", [:], "POST", "/mcp"), (400, "[]", [:], "POST", "/mcp"),
            (400, "7", [:], "POST", "/mcp"), (400, Self.call, [:], "POST", "/mcp"),
            (404, Self.call, ["mcp-session-id": "name9"], "POST", "/mcp"),
            (400, "", ["mcp-session-id": "x"], "POST", "/mcp"),
            (406, "", ["accept": "application/json"], "GET", "/mcp"),
            (400, "", [:], "GET", "/mcp"), (400, "", [:], "DELETE", "/mcp"),
            (404, "", ["mcp-session-id": "name9"], "DELETE", "/mcp"),
        ]
        for (status, body, headers, method, target) in rows {
            var bench = Bench()
            let exchange = bench.ask(body, headers, method: method, target: target)
            #expect(bench.answer(exchange)?.status == status, "\(method) \(target) \(body)")
            #expect(bench.listener.sessions.isEmpty)
        }
        var bench = Bench()
        bench.ask(hello, ["origin": "http://127.0.0.1:3000"])
        #expect(bench.effects.contains(.start(worker: 1)))
    }

    @Test func aTokenIsWantedWhereThereIsOne() {
        var bench = Bench()
        bench.listener = MCPListener(MCPListenerDoor(token: "secret"))
        for header in [nil, "Bearer", "Bearer secre", "Bearer secret2", "Basic secret"] {
            let exchange = bench.ask(
                Self.call, header.map { ["authorization": $0] } ?? [:], target: "/other")
            #expect(bench.answer(exchange)?.status == 401)
        }
        let exchange = bench.ask(
            #"{"jsonrpc":"2.0","id":0,"method":"initialize"}"#, ["authorization": "bearer secret"])
        #expect(bench.opened(exchange) != nil)
    }

    @Test func progressGoesWhereItIsWantedAndTheRestToWhoListens() {
        var bench = Bench()
        bench.hello()
        let call = bench.ask(
            #"{"id":7,"method":"tools/call","params":{"_meta":{"progressToken":"t"}}}"#, Self.mine)
        let other = bench.ask(#"{"id":8,"method":"tools/list"}"#, Self.mine)
        let progress = #"{"method":"notifications/progress","params":{"progressToken":"t"}}"#
        bench.hear(progress)
        #expect(bench.said(call).contains(progress) && bench.said(other).isEmpty)
        let listening = bench.ask("", Self.mine, method: "GET")
        #expect(bench.opened(listening) != nil)
        let changed = #"{"method":"notifications/tools/list_changed"}"#
        bench.hear(changed)
        #expect(bench.said(listening) == "id: 0-1\ndata: \(changed)\n\n")
        let refused = bench.ask("", Self.mine, method: "GET")
        #expect(bench.answer(refused)?.status == 409)
    }

    @Test func aBrokenAnswerIsTakenUpAgain() {
        var bench = Bench()
        bench.hello()
        let call = bench.ask(
            Self.call, Self.mine.merging(["mcp-protocol-version": "2025-11-25"]) { $1 })
        #expect(bench.said(call) == "id: 2-0\ndata: \n\n")
        bench.effects = bench.listener.update(.left(exchange: call, at: 0))
        #expect(bench.told(1).isEmpty, "a lost connection takes nothing back")
        bench.hear(#"{"id":7,"result":{}}"#)
        #expect(bench.effects.filter { if case .wake = $0 { false } else { true } }.isEmpty)
        let again = bench.ask("", Self.mine.merging(["last-event-id": "2-0"]) { $1 }, method: "GET")
        #expect(bench.said(again) == "id: 2-1\ndata: {\"id\":7,\"result\":{}}\n\n")
        #expect(bench.effects.contains(.close(exchange: again)))
        // The whole answer is still there for a connection that broke unnoticed.
        let third = bench.ask("", Self.mine.merging(["last-event-id": "2-0"]) { $1 }, method: "GET")
        #expect(bench.said(third).contains("\"result\""))
        for id in ["9-0", "2-5", "-1", "x"] {
            let none = bench.ask("", Self.mine.merging(["last-event-id": id]) { $1 }, method: "GET")
            #expect(bench.answer(none)?.status == 400, "\(id)")
        }
    }

    @Test func whatIsTakenBackGetsNoAnswer() {
        var bench = Bench()
        bench.hello()
        let call = bench.ask(Self.call, Self.mine)
        let document = bench.ask(
            #"{"id":8,"method":"tools/call"}"#,
            Self.mine.merging(["accept": "application/json"]) { $1 })
        #expect(bench.answer(document) == nil && bench.opened(document) == nil)
        let cancelled = #"{"method":"notifications/cancelled","params":{"requestId":7}}"#
        let told = bench.ask(cancelled, Self.mine)
        #expect(bench.told(1) == [cancelled])
        #expect(bench.effects.contains(.close(exchange: call)))
        #expect(bench.answer(told)?.status == 202)
        bench.ask(#"{"method":"notifications/cancelled","params":{"requestId":8}}"#, Self.mine)
        #expect(bench.answer(document)?.body.isEmpty == false)
    }

    @Test func anIDUnderWayIsNotTakenTwice() {
        var bench = Bench()
        bench.hello()
        bench.ask(Self.call, Self.mine)
        let refused = bench.ask(Self.call, Self.mine)
        #expect(bench.answer(refused)?.status == 400)
        #expect(bench.told(1).isEmpty)
    }

    @Test func anEndedGatewayIsSaid() {
        var bench = Bench()
        bench.hello()
        let call = bench.ask(Self.call, Self.mine)
        bench.effects = bench.listener.update(.ended(worker: 1))
        #expect(bench.said(call).contains("not known"))
        #expect(bench.effects.contains(.close(exchange: call)))
        let refused = bench.ask(Self.call, Self.mine)
        #expect(bench.answer(refused)?.status == 404)
    }

    @Test func aSessionThatNobodyUsesEnds() {
        var bench = Bench()
        bench.hello()
        let idle = MCPListener.idleMilliseconds
        let call = bench.ask(Self.call, Self.mine, at: 1_000)
        _ = bench.listener.update(.left(exchange: call, at: 2_000))
        // A call that waits keeps its session, also without anybody connected.
        bench.effects = bench.listener.update(.woke(at: idle * 2))
        #expect(!bench.effects.contains(.stop(worker: 1)))
        bench.hear(#"{"id":7,"result":{}}"#, at: idle * 3)
        #expect(bench.effects.contains(.wake(at: idle * 4)))
        bench.effects = bench.listener.update(.woke(at: idle * 4))
        #expect(bench.effects.contains(.stop(worker: 1)))
        #expect(bench.listener.sessions.isEmpty)
    }

    @Test func openStreamsSaySomethingNowAndThen() {
        var bench = Bench()
        bench.hello()
        let call = bench.ask(Self.call, Self.mine, at: 100)
        bench.effects = bench.listener.update(.woke(at: 100 + MCPListener.remarkMilliseconds))
        #expect(bench.said(call) == ": open\n\n")
    }

    @Test func sessionsAndStreamsAreBounded() {
        var bench = Bench()
        for _ in 0..<MCPListener.sessionsMax { bench.hello() }
        let more = bench.ask(#"{"jsonrpc":"2.0","id":0,"method":"initialize"}"#)
        #expect(bench.answer(more)?.status == 503)
        for number in 0..<MCPListenerSession.streamsMax + 5 {
            bench.ask(#"{"id":"x\#(number)","method":"tools/list"}"#, Self.mine)
        }
        #expect(bench.answer(bench.lastExchange)?.status == 429)
    }

    // MARK: - Since 2026-07-28

    private static func modern(_ id: String) -> String {
        """
        {"jsonrpc":"2.0","id":\(id),"method":"tools/call","params":{"name":"pay","_meta":\
        {"io.modelcontextprotocol/protocolVersion":"2026-07-28","progressToken":\(id)},\
        "arguments":{"cents":12345678901234567890.10}}}
        """
    }

    private static let headers = [
        "mcp-protocol-version": "2026-07-28", "mcp-method": "tools/call", "mcp-name": "pay",
    ]

    @Test func clientsWithoutSessionsAreKeptApart() {
        var bench = Bench()
        let first = bench.ask(Self.modern("1"), Self.headers)
        #expect(bench.effects.contains(.start(worker: 0)))
        #expect(bench.told(0).first?.contains("12345678901234567890.10") == true)
        #expect(bench.told(0).first?.contains(#""id":"c1""#) == true)
        let second = bench.ask(Self.modern("1"), Self.headers)
        #expect(!bench.effects.contains(.start(worker: 0)))
        #expect(bench.told(0).first?.contains(#""id":"c3""#) == true)
        bench.hear(
            #"{"method":"notifications/progress","params":{"progressToken":"p4"}}"#, of: 0)
        #expect(bench.said(first).isEmpty)
        #expect(bench.said(second).contains(#""progressToken":1}"#))
        bench.hear(#"{"id":"c3","result":{}}"#, of: 0)
        #expect(bench.said(second) == "data: {\"id\":1,\"result\":{}}\n\n")
        bench.hear(#"{"method":"notifications/message","params":{}}"#, of: 0)
        #expect(bench.said(first).isEmpty, "nobody knows whose it is")
    }

    @Test func aClosedConnectionTakesItsRequestBack() {
        var bench = Bench()
        let first = bench.ask(Self.modern(#""a""#), Self.headers)
        bench.effects = bench.listener.update(.left(exchange: first, at: 0))
        #expect(bench.told(0).count == 1)
        #expect(bench.told(0).first?.contains(#""requestId":"c1""#) == true)
        bench.hear(#"{"id":"c1","result":{}}"#, of: 0)
        #expect(bench.said(first).isEmpty)
    }

    @Test func headersSayWhatTheBodySays() {
        for (header, value) in [
            ("mcp-protocol-version", "2025-11-25"), ("mcp-method", "tools/list"),
            ("mcp-name", "look"), ("mcp-name", ""),
        ] {
            var bench = Bench()
            let exchange = bench.ask(Self.modern("1"), Self.headers.merging([header: value]) { $1 })
            #expect(bench.answer(exchange)?.status == 400, "\(header)")
            #expect(bench.told(0).isEmpty)
        }
    }
}
