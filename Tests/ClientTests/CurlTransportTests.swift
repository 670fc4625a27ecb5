import CurlTransport
import Glibc
import Testing
import WireAPI

@Suite("The network thread gives each request one answer and keeps nobody waiting")
struct CurlTransportTests {
    private static let okay = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"

    /// Answers at once, but holds what asks for `/wait` until the client goes.
    private func holdingServer() throws -> LoopbackServer {
        try LoopbackServer { connection, request in
            if request.hasPrefix("GET /wait") {
                connection.awaitClose()
                return false
            }
            connection.send(Self.okay)
            return true
        }
    }

    @Test("Answers come by their names, and the descriptor says when")
    func answers() throws {
        let server = try holdingServer()
        let transport = try transport(server)
        for number in 1...5 { transport.start(TransferID(number), HTTPRequest(.get, "/\(number)")) }
        let answers = collect(5, from: transport)
        #expect(Set(answers.map(\.id)) == Set((1...5).map { TransferID($0) }))
        #expect(answers.allSatisfy { status($0) == 200 })
        #expect(!isReadable(transport.descriptor, within: 0))
    }

    @Test("A held request blocks no other one")
    func longPoll() throws {
        let server = try holdingServer()
        let transport = try transport(server)
        transport.start(TransferID(1), HTTPRequest(.get, "/wait", waitSeconds: 25))
        transport.start(TransferID(2), HTTPRequest(.post, "/decision"))
        #expect(collect(1, from: transport).map(\.id) == [TransferID(2)])
    }

    @Test("A cancelled request is answered as given up, once")
    func cancel() throws {
        let server = try holdingServer()
        let transport = try transport(server)
        transport.start(TransferID(1), HTTPRequest(.get, "/wait", waitSeconds: 25))
        transport.cancel(TransferID(1))
        transport.cancel(TransferID(1))
        #expect(collect(1, from: transport).map(failure) == [.interrupted])
        transport.start(TransferID(1), HTTPRequest(.get, "/again"))
        #expect(collect(1, from: transport).map(status) == [200])
    }

    @Test("Stopping answers everything that was under way; later requests are refused")
    func stop() throws {
        let server = try holdingServer()
        let transport = try transport(server)
        for number in 1...3 {
            transport.start(TransferID(number), HTTPRequest(.get, "/wait", waitSeconds: 25))
        }
        transport.stop()
        transport.start(TransferID(4), HTTPRequest(.get, "/"))
        let answers = collect(4, from: transport)
        #expect(answers.map(failure) == Array(repeating: .interrupted, count: 4))
    }

    @Test("More than the limit under way is refused at once, and the others go on")
    func limit() throws {
        let server = try holdingServer()
        let transport = try transport(server)
        for number in 0...CurlTransport.transfersMax {
            transport.start(TransferID(number), HTTPRequest(.get, "/wait", waitSeconds: 25))
        }
        let refused = collect(1, from: transport)
        #expect(refused.map(\.id) == [TransferID(CurlTransport.transfersMax)])
        #expect(refused.map(failure) == [.interrupted])
    }

    @Test("A request that cannot be sent is answered like any other")
    func unusable() throws {
        let server = try holdingServer()
        let transport = try transport(server)
        transport.start(TransferID(1), HTTPRequest(.get, "/", headers: ["a": "\r\n"]))
        #expect(collect(1, from: transport).map(failure) == [.malformed])
    }

    private func transport(_ server: LoopbackServer) throws -> CurlTransport {
        let address = try #require(ServerAddress("http://127.0.0.1:\(server.port)"))
        return try #require(CurlTransport(to: address, token: nil))
    }

    /// Waits as the inbox does, and gives up after ten seconds.
    private func collect(_ count: Int, from transport: CurlTransport) -> [TransferAnswer] {
        var answers: [TransferAnswer] = []
        while answers.count < count, isReadable(transport.descriptor, within: 10_000) {
            answers += transport.drain()
        }
        return answers
    }

    private func isReadable(_ descriptor: Int32, within milliseconds: Int32) -> Bool {
        var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return poll(&entry, 1, milliseconds) == 1
    }

    private func status(_ answer: TransferAnswer) -> Int? {
        switch answer.outcome {
        case .success(let response): response.status
        case .failure: nil
        }
    }

    private func failure(_ answer: TransferAnswer) -> TransportFailure.Kind? {
        switch answer.outcome {
        case .success: nil
        case .failure(let failure): failure.kind
        }
    }
}
