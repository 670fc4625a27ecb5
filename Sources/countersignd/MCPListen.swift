import ArgumentParser
import Glibc
import HTTPServer
import Logging
import MCPGateway
import MCPListening

/// Offers an MCP server that talks over its standard streams to clients over HTTP.
struct MCPListen: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mcp-listen",
        abstract: "Offers a gateway to MCP clients over Streamable HTTP.",
        discussion: """
            For every session it starts the program after --, which speaks MCP over its standard \
            input and output; `countersign mcp-gateway --listen` starts it with a gateway. \
            Clients without sessions share one. It prints `listening on URL`, serves until \
            SIGTERM, and then lets every gateway withdraw what waits.
            """)

    @OptionGroup var log: LogOptions

    @Option(help: "Where to listen, as HOST:PORT; port 0 lets the system choose.")
    var listen: ListenAddress

    @Option(help: "The variable of the environment with the token that clients must send.")
    var tokenFrom: String?

    @Option(help: "A web page's origin that may talk to it, such as https://chat.example.")
    var allowOrigin: [String] = []

    @Option(help: "The certificate chain in PEM, for HTTPS.")
    var tlsCertificate: String?

    @Option(help: "The private key of the certificate in PEM.")
    var tlsKey: String?

    @Flag(help: "Serve plain HTTP to other machines too; use it only behind a proxy that has TLS.")
    var allowRemotePlaintext = false

    @Argument(parsing: .postTerminator, help: "The program, after --, and its arguments.")
    var command: [String] = []

    func validate() throws {
        guard !command.isEmpty else { throw ValidationError("Name the program after --.") }
        guard (tlsCertificate == nil) == (tlsKey == nil) else {
            throw ValidationError("--tls-certificate and --tls-key go together.")
        }
        guard listen.isLoopback || tokenFrom != nil else {
            throw ValidationError(
                "Anybody who reaches it could call tools: name the variable of a token"
                    + " (--token-from; of the gateway --listen-token-from), or"
                    + " listen on 127.0.0.1.")
        }
        guard listen.isLoopback || tlsKey != nil || allowRemotePlaintext else {
            throw ValidationError(
                "The token would cross the network unprotected: use --tls-certificate and"
                    + " --tls-key, listen on 127.0.0.1, or say --allow-remote-plaintext.")
        }
    }

    func run() async throws {
        let door = MCPListenerDoor(token: try token(), origins: Set(allowOrigin))
        var settings = HTTPServerSettings(host: listen.host, port: listen.port, tls: tls)
        settings.connectionsPerClientMax = 1_000
        settings.connectionsMax = 1_000
        var logger = log.logger
        logger.logLevel = max(.warning, logger.logLevel)
        let listening = MCPListening(
            command, door, logger: logger, announce: StandardOutput.print)
        do {
            try await listening.serve(settings)
        } catch let failure as HTTPServerFailure {
            throw failure.exit
        }
    }

    private func token() throws -> String? {
        guard let tokenFrom else { return nil }
        guard let value = getenv(tokenFrom).map({ String(cString: $0) }), !value.isEmpty else {
            throw ValidationError("The variable \(tokenFrom) of --token-from is not set.")
        }
        return value
    }

    private var tls: HTTPServerSettings.TLSFiles? {
        guard let tlsCertificate, let tlsKey else { return nil }
        return HTTPServerSettings.TLSFiles(certificate: tlsCertificate, key: tlsKey)
    }
}
