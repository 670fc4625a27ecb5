import Audit
import CLinux
import Glibc
import WireAPI

/// Listens on one address and answers one connection after another, each with one request.
final class WitnessListener {
    /// Where it listens, with the port that the system chose for 0.
    let address: String
    private let descriptor: Int32

    /// How long one connection may take in all: nobody waits longer behind a slow one.
    private static let millisecondsMax: Int64 = 5_000

    /// Listens on an IPv4 address and a port.
    init(_ text: String) throws(Complaint) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        var place = sockaddr_in()
        place.sin_family = sa_family_t(AF_INET)
        guard parts.count == 2, let port = UInt16(parts[1]),
            inet_pton(AF_INET, String(parts[0]), &place.sin_addr) == 1
        else {
            throw Complaint(
                "\"\(text)\" is no address.", next: "For example 127.0.0.1:7790.", .badInput)
        }
        place.sin_port = port.bigEndian
        let opened = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | O_CLOEXEC, 0)
        var yes: Int32 = 1
        setsockopt(opened, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &place) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(opened, $0, length) == 0 && listen(opened, 64) == 0
                    && getsockname(opened, $0, &length) == 0
            }
        }
        guard isBound else {
            let sentence = systemSentence()
            close(opened)
            throw Complaint(
                "\(text) cannot be listened on: \(sentence).",
                next: "Name another with --listen.", .failed)
        }
        descriptor = opened
        address = "\(parts[0]):\(UInt16(bigEndian: place.sin_port))"
        _ = cs_ignore_sigpipe()
    }

    deinit { close(descriptor) }

    /// Waits for a connection, reads its request and writes the answer.
    func serveNext(_ answer: (WitnessRequestHead, [UInt8]) -> HTTPResponse) {
        let connection = accept(descriptor, nil, nil)
        guard connection >= 0 else {
            // No descriptor is free, or the peer has gone: not again at once.
            _ = poll(nil, 0, 100)
            return
        }
        defer { close(connection) }
        let end = SystemSource.steadyMilliseconds + Self.millisecondsMax
        guard let response = response(on: connection, until: end, answer) else { return }
        write(response, to: connection, until: end)
    }

    /// Nil when the other end went away or was too slow.
    private func response(
        on connection: Int32, until end: Int64,
        _ answer: (WitnessRequestHead, [UInt8]) -> HTTPResponse
    ) -> HTTPResponse? {
        let mark = Array("\r\n\r\n".utf8)
        var bytes: [UInt8] = []
        var headEnd: Int?
        while headEnd == nil {
            guard bytes.count <= WitnessRequestHead.bytesMax else {
                return WitnessDesk.plain(431, "the head is too long")
            }
            guard let more = read(connection, until: end) else { return nil }
            let from = max(0, bytes.count - mark.count)
            bytes += more
            guard bytes.count >= mark.count else { continue }
            headEnd = (from...bytes.count - mark.count).first {
                bytes[$0..<$0 + mark.count].elementsEqual(mark)
            }
        }
        guard let headEnd, let head = WitnessRequestHead(Array(bytes[..<headEnd])) else {
            return WitnessDesk.plain(400, "the request needs a content-length, and not too much")
        }
        var body = Array(bytes[(headEnd + mark.count)...])
        while body.count < head.bodyCount {
            guard let more = read(connection, until: end) else { return nil }
            body += more
        }
        return answer(head, Array(body.prefix(head.bodyCount)))
    }

    private func read(_ connection: Int32, until end: Int64) -> [UInt8]? {
        guard isReady(connection, for: Int16(POLLIN), until: end) else { return nil }
        var chunk = [UInt8](repeating: 0, count: 16_384)
        let count = Glibc.read(connection, &chunk, chunk.count)
        return count > 0 ? Array(chunk.prefix(count)) : nil
    }

    private func write(_ response: HTTPResponse, to connection: Int32, until end: Int64) {
        var head = "HTTP/1.1 \(response.status) -\r\nconnection: close\r\n"
        for (name, value) in response.headers.sorted(by: { $0.key < $1.key }) {
            head += "\(name): \(value)\r\n"
        }
        head += "content-length: \(response.body.count)\r\n\r\n"
        var rest = Array(head.utf8) + response.body
        while !rest.isEmpty, isReady(connection, for: Int16(POLLOUT), until: end) {
            let count = Glibc.write(connection, rest, min(rest.count, 4_096))
            guard count > 0 else { return }
            rest.removeFirst(count)
        }
    }

    private func isReady(_ connection: Int32, for event: Int16, until end: Int64) -> Bool {
        let left = end - SystemSource.steadyMilliseconds
        guard left > 0 else { return false }
        var wanted = pollfd(fd: connection, events: event, revents: 0)
        return poll(&wanted, 1, Int32(left)) == 1
    }
}
