import Glibc

/// One kept HTTP/1.1 connection to a loopback port, without anything that costs time.
final class Connection {
    struct Response {
        let status: Int
        let body: [UInt8]
    }

    let descriptor: Int32
    private var buffer: [UInt8] = []

    init(port: UInt16) throws(Trouble) {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { throw Trouble("no socket: \(errno)") }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = in_addr_t(0x7f00_0001).bigEndian
        let size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let status = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, size)
            }
        }
        guard status == 0 else { throw Trouble("cannot connect to \(port): \(errno)") }
        var yes: Int32 = 1
        setsockopt(
            descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &yes, socklen_t(MemoryLayout<Int32>.size))
    }

    deinit { close(descriptor) }

    func send(_ bytes: [UInt8]) throws(Trouble) {
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                write(descriptor, $0.baseAddress, $0.count)
            }
            guard count > 0 else { throw Trouble("write: \(errno)") }
            sent += count
        }
    }

    /// Takes what is there; true when the connection gave something.
    func receive() throws(Trouble) {
        var chunk = [UInt8](repeating: 0, count: 65_536)
        let count = chunk.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
        guard count > 0 else { throw Trouble("the server closed the connection") }
        buffer += chunk[..<count]
    }

    /// Waits for a whole answer.
    func response() throws(Trouble) -> Response {
        while true {
            if let response = take() { return response }
            try receive()
        }
    }

    /// The next whole answer, if it is there.
    func take() -> Response? {
        guard let head = ResponseHead(buffer) else { return nil }
        if head.isChunked {
            guard let (body, end) = chunks(from: head.length) else { return nil }
            buffer.removeFirst(end)
            return Response(status: head.status, body: body)
        }
        let end = head.length + head.bodyLength
        guard buffer.count >= end else { return nil }
        let body = Array(buffer[head.length..<end])
        buffer.removeFirst(end)
        return Response(status: head.status, body: body)
    }

    private func chunks(from start: Int) -> (body: [UInt8], end: Int)? {
        var body: [UInt8] = []
        var place = start
        while let lineEnd = buffer[place...].firstIndex(of: 13), lineEnd + 1 < buffer.count {
            let line = String(decoding: buffer[place..<lineEnd], as: UTF8.self)
            guard let size = Int(line, radix: 16) else { return nil }
            let next = lineEnd + 2 + size + 2
            guard buffer.count >= next else { return nil }
            if size == 0 { return (body, next) }
            body += buffer[(lineEnd + 2)..<(lineEnd + 2 + size)]
            place = next
        }
        return nil
    }
}

/// The part of an answer before its body.
private struct ResponseHead {
    let status: Int
    let length: Int
    private(set) var bodyLength = 0
    private(set) var isChunked = false

    init?(_ buffer: [UInt8]) {
        guard let end = Self.end(of: buffer) else { return nil }
        let lines = String(decoding: buffer[..<end], as: UTF8.self).lowercased()
            .split(separator: "\r\n")
        guard let first = lines.first, let code = Int(first.split(separator: " ")[1]) else {
            return nil
        }
        status = code
        length = end
        for line in lines.dropFirst() {
            if line.hasPrefix("content-length:") {
                bodyLength = Int(line.dropFirst(15).filter { $0 != " " }) ?? 0
            }
            if line.hasPrefix("transfer-encoding:") { isChunked = line.hasSuffix("chunked") }
        }
    }

    private static func end(of buffer: [UInt8]) -> Int? {
        guard buffer.count >= 4 else { return nil }
        for place in 0...(buffer.count - 4) where buffer[place] == 13 {
            if buffer[place + 1] == 10, buffer[place + 2] == 13, buffer[place + 3] == 10 {
                return place + 4
            }
        }
        return nil
    }
}
