import Glibc
import Synchronization

/// An HTTP server that says exactly what a test wrote, on a port of this machine.
final class LoopbackServer: Sendable {
    /// What the server does with one request; false closes the connection.
    typealias Script = @Sendable (borrowing Connection, String) -> Bool

    let port: UInt16
    private let listener: Int32
    private let log = Log()

    /// What came, for the test to read.
    private final class Log: Sendable {
        let requests = Mutex<[String]>([])
        let connections = Mutex(0)
    }

    init(_ script: @escaping Script) throws {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isListening = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                bind(listener, generic, size) == 0 && listen(listener, 64) == 0
                    && getsockname(listener, generic, &size) == 0
            }
        }
        guard isListening else { throw ServerFailure.cannotListen }
        self.listener = listener
        port = UInt16(bigEndian: address.sin_port)
        onThread { [log] in Self.serve(listener, log, script) }
    }

    deinit {
        stop()
    }

    /// Takes no more connections; those that are open end with their clients.
    func stop() { shutdown(listener, Int32(SHUT_RDWR)) }

    /// Everything that came, heads and bodies.
    var requests: [String] { log.requests.withLock { $0 } }

    /// How many connections were made.
    var connections: Int { log.connections.withLock { $0 } }

    private static func serve(_ listener: Int32, _ log: Log, _ script: @escaping Script) {
        defer { close(listener) }
        while true {
            let descriptor = accept(listener, nil, nil)
            guard descriptor >= 0 else { return }
            log.connections.withLock { $0 += 1 }
            onThread {
                let connection = Connection(descriptor: descriptor)
                while let request = connection.readRequest() {
                    log.requests.withLock { $0.append(request) }
                    guard script(connection, request) else { return }
                }
            }
        }
    }

    /// The server's end of one connection.
    struct Connection: ~Copyable {
        let descriptor: Int32

        func send(_ text: String) { send(Array(text.utf8)) }

        /// False when the client has gone.
        @discardableResult
        func send(_ bytes: [UInt8]) -> Bool {
            var sent = 0
            while sent < bytes.count {
                let count = Glibc.send(
                    descriptor, Array(bytes[sent...]), bytes.count - sent,
                    Int32(MSG_NOSIGNAL))
                guard count > 0 else { return false }
                sent += count
            }
            return true
        }

        /// Waits until the client closes its end.
        func awaitClose() {
            var byte: UInt8 = 0
            while recv(descriptor, &byte, 1, 0) > 0 {}
        }

        /// One request with its body, or nil at the end.
        func readRequest() -> String? {
            var bytes: [UInt8] = []
            var block = [UInt8](repeating: 0, count: 65_536)
            while true {
                if let whole = complete(bytes) { return whole }
                let count = recv(descriptor, &block, block.count, 0)
                guard count > 0 else { return nil }
                bytes += block[..<count]
            }
        }

        private func complete(_ bytes: [UInt8]) -> String? {
            let text = String(decoding: bytes, as: UTF8.self)
            guard let end = text.range(of: "\r\n\r\n") else { return nil }
            let length = text.split(separator: "\r\n").lazy
                .first { $0.lowercased().hasPrefix("content-length:") }
                .flatMap { Int($0.split(separator: ":")[1].filter(\.isNumber)) }
            let body = text[end.upperBound...].utf8.count
            return body >= length ?? 0 ? text : nil
        }

        deinit {
            close(descriptor)
        }
    }
}

/// Runs `body` on a thread of its own: a pool would wait for its blocked threads.
private func onThread(_ body: @escaping @Sendable () -> Void) {
    final class Box {
        let body: @Sendable () -> Void
        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }
    var thread = pthread_t()
    let context = Unmanaged.passRetained(Box(body)).toOpaque()
    let code = pthread_create(
        &thread, nil,
        { context in
            guard let context else { return nil }
            Unmanaged<Box>.fromOpaque(context).takeRetainedValue().body()
            return nil
        }, context)
    precondition(code == 0, "A thread can be started.")
    pthread_detach(thread)
}

enum ServerFailure: Error {
    case cannotListen
}

extension String {
    /// Where `part` first stands, by bytes.
    fileprivate func range(of part: String) -> Range<String.Index>? {
        let wanted = Array(part.utf8)
        var start = utf8.startIndex
        while start < utf8.endIndex {
            if utf8[start...].starts(with: wanted) {
                return start..<utf8.index(start, offsetBy: wanted.count)
            }
            start = utf8.index(after: start)
        }
        return nil
    }
}
