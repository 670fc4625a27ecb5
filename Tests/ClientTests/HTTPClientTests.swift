import CurlTransport
import Testing
import WireAPI

@Suite("A request reaches the server as it was meant, and every failure is told by its kind")
struct HTTPClientTests {
    private let okay = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nX-One: a b \r\n\r\n{}"

    @Test("Method, path, headers, token and body arrive; the answer comes back whole")
    func exchange() throws {
        let server = try LoopbackServer { [okay] connection, _ in
            connection.send(okay)
            return true
        }
        let request = HTTPRequest(
            .post, "/v1/approvals?x=1", headers: ["idempotency-key": "k"], body: Array("hello".utf8)
        )
        let response = try client(server, token: "cs_secret").perform(request)
        #expect(response.status == 200)
        #expect(response.headers["x-one"] == "a b")
        #expect(response.body == Array("{}".utf8))
        let seen = try #require(server.requests.first)
        #expect(seen.hasPrefix("POST /v1/approvals?x=1 HTTP/1.1\r\n"))
        #expect(seen.contains("idempotency-key: k\r\n"))
        #expect(seen.contains("Authorization: Bearer cs_secret\r\n"))
        #expect(seen.hasSuffix("\r\n\r\nhello"))
        #expect(!seen.lowercased().contains("expect:"))
    }

    @Test("Every method is sent by its name", arguments: HTTPMethod.allCases)
    func methods(method: HTTPMethod) throws {
        let server = try LoopbackServer { [okay] connection, _ in
            connection.send(okay)
            return true
        }
        _ = try client(server).perform(HTTPRequest(method, "/"))
        #expect(server.requests.first?.hasPrefix(method.rawValue + " / ") == true)
    }

    @Test("One connection serves many requests")
    func keepsConnection() throws {
        let server = try LoopbackServer { [okay] connection, _ in
            connection.send(okay)
            return true
        }
        let client = client(server)
        for _ in 0..<5 { _ = try client.perform(HTTPRequest(.get, "/")) }
        #expect(server.requests.count == 5)
        #expect(server.connections == 1)
    }

    @Test("Heartbeats before the answer are part of the body and end nothing")
    func heartbeats() throws {
        let server = try LoopbackServer { connection, _ in
            connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
            for _ in 0..<3 { connection.send("40\r\n\(String(repeating: " ", count: 64))\r\n") }
            connection.send("2\r\n{}\r\n0\r\n\r\n")
            return true
        }
        let body = try client(server).perform(HTTPRequest(.get, "/", waitSeconds: 25)).body
        #expect(body.count == 194 && body.suffix(2) == [0x7B, 0x7D])
    }

    @Test("A redirect is an answer: the token goes nowhere else")
    func redirect() throws {
        let target = try LoopbackServer { _, _ in false }
        let server = try LoopbackServer { [port = target.port] connection, _ in
            connection.send(
                "HTTP/1.1 307 X\r\nLocation: http://127.0.0.1:\(port)/\r\nContent-Length: 0\r\n\r\n"
            )
            return true
        }
        let response = try client(server, token: "cs_secret").perform(HTTPRequest(.get, "/"))
        #expect(response.status == 307)
        #expect(target.connections == 0)
    }

    @Test("Nobody listens: unreachable, and certainly not sent")
    func refused() throws {
        let address = try #require(ServerAddress("http://127.0.0.1:\(try closedPort())"))
        expect(.unreachable, wasSent: false) {
            try HTTPClient(to: address, token: nil).perform(HTTPRequest(.get, "/"))
        }
    }

    @Test("A server that says nothing: timeout, and the effect is unknown")
    func silence() throws {
        let server = try LoopbackServer { connection, _ in
            connection.awaitClose()
            return false
        }
        let options = TransportOptions(graceMilliseconds: 50)
        expect(.timeout, wasSent: true) {
            try client(server, options: options).perform(HTTPRequest(.get, "/"))
        }
    }

    @Test(
        "An answer that breaks off or is none is no answer",
        arguments: [
            ("", .unreachable), ("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf", .unreachable),
            ("SSH-2.0-OpenSSH_9.2p1\r\n", .malformed),
        ] as [(String, TransportFailure.Kind)])
    func broken(answer: String, kind: TransportFailure.Kind) throws {
        let server = try LoopbackServer { connection, _ in
            connection.send(answer)
            return false
        }
        expect(kind, wasSent: true) { try client(server).perform(HTTPRequest(.get, "/")) }
    }

    @Test("More than 16 MiB is refused while it comes")
    func tooLarge() throws {
        let server = try LoopbackServer { connection, _ in
            connection.send("HTTP/1.1 200 OK\r\n\r\n")
            let block = [UInt8](repeating: 32, count: 1 << 20)
            for _ in 0..<64 where !connection.send(block) { break }
            return false
        }
        expect(.tooLarge, wasSent: true) { try client(server).perform(HTTPRequest(.get, "/")) }
    }

    @Test("Headers without end are refused")
    func endlessHeaders() throws {
        let server = try LoopbackServer { connection, _ in
            connection.send("HTTP/1.1 200 OK\r\n")
            for number in 0..<1_000 { connection.send("X-\(number): y\r\n") }
            return false
        }
        expect(.malformed, wasSent: true) { try client(server).perform(HTTPRequest(.get, "/")) }
    }

    @Test("A server without TLS behind https is not safe, and got no request")
    func plainServer() throws {
        let server = try LoopbackServer { _, _ in false }
        let address = try #require(ServerAddress("https://127.0.0.1:\(server.port)"))
        let options = TransportOptions(connectTimeoutMilliseconds: 500)
        let failure = #expect(throws: TransportFailure.self) {
            try HTTPClient(to: address, token: nil, options: options)
                .perform(HTTPRequest(.get, "/"))
        }
        #expect(failure?.wasSent == false)
        #expect(server.requests.isEmpty)
    }

    @Test(
        "What could become another request is refused before anything is sent",
        arguments: [
            HTTPRequest(.get, "/", headers: ["a": "b\r\nc: d"]),
            HTTPRequest(.get, "/", headers: ["a: b\r\nc": "d"]),
            HTTPRequest(.get, "/", headers: ["": "d"]), HTTPRequest(.get, "/ HTTP/1.1\r\nX: y"),
            HTTPRequest(.get, "@evil.example/"), HTTPRequest(.get, ""),
        ])
    func smuggling(request: HTTPRequest) throws {
        let server = try LoopbackServer { _, _ in false }
        expect(.malformed, wasSent: false) { try client(server).perform(request) }
        #expect(server.connections == 0)
    }

    @Test("A token shows itself in no text")
    func tokenHides() throws {
        let token = try #require(BearerToken("cs_secret"))
        var dumped = ""
        dump(token, to: &dumped)
        for text in [dumped, "\(token)", String(reflecting: token), "\([token])"] {
            #expect(!text.contains("cs_secret"))
        }
        #expect(BearerToken("a\r\nb") == nil)
        #expect(BearerToken("") == nil)
    }

    private func client(
        _ server: LoopbackServer, token: String? = nil,
        options: TransportOptions = TransportOptions()
    ) -> HTTPClient {
        guard let address = ServerAddress("http://127.0.0.1:\(server.port)") else {
            preconditionFailure("A loopback address is one.")
        }
        return HTTPClient(to: address, token: token.flatMap(BearerToken.init), options: options)
    }

    /// A port that was free a moment ago.
    private func closedPort() throws -> UInt16 {
        let server = try LoopbackServer { _, _ in false }
        server.stop()
        return server.port
    }

    private func expect(
        _ kind: TransportFailure.Kind, wasSent: Bool, _ body: () throws -> HTTPResponse
    ) {
        let failure = #expect(throws: TransportFailure.self) { try body() }
        #expect(
            failure?.kind == kind && failure?.wasSent == wasSent, "\(String(describing: failure))")
    }
}

@Suite("A server's address is taken only when it cannot be read in two ways")
struct ServerAddressTests {
    @Test(
        "Addresses",
        arguments: [
            ("http://127.0.0.1:8080", true), ("https://[::1]:1/", true), ("HTTP://localhost", true),
            ("http://127.0.0.1.example.com", false), ("https://countersign.example/base", false),
            ("http://127.example.com", false), ("http://10.0.0.1", false),
        ])
    func taken(text: String, isThisMachine: Bool) throws {
        let address = try #require(ServerAddress(text))
        #expect(address.isThisMachine == isThisMachine)
        #expect(address.isEncrypted == text.lowercased().hasPrefix("https"))
        #expect(!address.text.hasSuffix("/"))
    }

    @Test(
        "Refused",
        arguments: [
            "", "ftp://a", "file:///etc/passwd", "//a", "http://", "http:///x", "https://u:p@host",
            "https://host?x=1", "https://host#x", "https://ho st", "https://host\n", "https://h\\a",
        ])
    func refused(text: String) {
        #expect(ServerAddress(text) == nil)
    }
}
