import CurlTransport
import Glibc
import Testing
import WireAPI

@Suite(
    "A server is trusted for its certificate and its name, or not at all",
    .enabled(if: access("/usr/bin/openssl", X_OK) == 0, "openssl makes the certificates"))
struct TLSTests {
    @Test("With the certificate given, the server is trusted")
    func trusted() throws {
        let server = try TLSServer(name: "IP:127.0.0.1")
        #expect(try request(server, trusting: server.certificate).status == 200)
    }

    @Test("A certificate that nobody vouches for is refused, and nothing was sent")
    func untrusted() throws {
        let server = try TLSServer(name: "IP:127.0.0.1")
        expectInsecure { try request(server, trusting: nil) }
    }

    @Test("A trusted certificate of another name is refused, and nothing was sent")
    func otherName() throws {
        let server = try TLSServer(name: "DNS:other.example")
        expectInsecure { try request(server, trusting: server.certificate) }
    }

    private func request(_ server: TLSServer, trusting file: String?) throws -> HTTPResponse {
        let address = try #require(ServerAddress("https://127.0.0.1:\(server.port)"))
        let client = HTTPClient(
            to: address, token: BearerToken("cs_secret"),
            options: TransportOptions(trustedCertificates: file))
        return try client.perform(HTTPRequest(.get, "/"))
    }

    private func expectInsecure(_ body: () throws -> HTTPResponse) {
        let failure = #expect(throws: TransportFailure.self) { _ = try body() }
        #expect(failure?.kind == .insecure && failure?.wasSent == false)
    }
}

/// `openssl s_server` with a certificate of its own, on a port that the kernel chose.
private final class TLSServer {
    let certificate: String
    let port: Int
    private let process: pid_t
    private let folder: String

    init(name: String) throws {
        var template = Array("/tmp/countersign-tls-XXXXXX".utf8CString)
        guard let made = mkdtemp(&template) else { throw ServerFailure.cannotListen }
        folder = String(cString: made)
        certificate = folder + "/certificate.pem"
        let key = folder + "/key.pem"
        let maker = try Self.openssl([
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
            "-keyout", key, "-out", certificate, "-days", "2", "-subj", "/CN=test",
            "-addext", "subjectAltName=\(name)",
        ])
        while Self.line(from: maker.output) != nil {}
        close(maker.output)
        waitpid(maker.process, nil, 0)
        let server = try Self.openssl([
            "s_server", "-accept", "127.0.0.1:0", "-cert", certificate, "-key", key, "-www",
        ])
        process = server.process
        port = try Self.port(announcedOn: server.output)
    }

    deinit {
        kill(process, SIGKILL)
        waitpid(process, nil, 0)
        for name in ["/certificate.pem", "/key.pem"] { unlink(folder + name) }
        rmdir(folder)
    }

    /// Starts the program with a pipe for what it prints.
    private static func openssl(
        _ arguments: [String]
    ) throws -> (process: pid_t, output: Int32) {
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0 else { throw ServerFailure.cannotListen }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
        posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
        posix_spawn_file_actions_addclose(&actions, ends[0])
        posix_spawn_file_actions_addclose(&actions, ends[1])
        var words = (["openssl"] + arguments).map { strdup($0) } + [nil]
        defer { for word in words { free(word) } }
        var process = pid_t()
        let code = posix_spawn(&process, "/usr/bin/openssl", &actions, nil, &words, environ)
        close(ends[1])
        guard code == 0 else { throw ServerFailure.cannotListen }
        return (process, ends[0])
    }

    /// `ACCEPT 127.0.0.1:40123`
    private static func port(announcedOn output: Int32) throws -> Int {
        while let line = line(from: output) {
            guard line.hasPrefix("ACCEPT"), let colon = line.lastIndex(of: ":") else { continue }
            if let port = Int(line[line.index(after: colon)...]) { return port }
        }
        throw ServerFailure.cannotListen
    }

    /// The next line, or nil at the end.
    private static func line(from output: Int32) -> String? {
        var bytes: [UInt8] = []
        var byte: UInt8 = 0
        while read(output, &byte, 1) == 1 {
            if byte == UInt8(ascii: "\n") { return String(decoding: bytes, as: UTF8.self) }
            bytes.append(byte)
        }
        return bytes.isEmpty ? nil : String(decoding: bytes, as: UTF8.self)
    }
}
