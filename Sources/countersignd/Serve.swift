import Approvals
import ArgumentParser
import HTTPServer
import ServerShell

/// Serves the REST API until it is told to stop.
struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Serves the REST API until SIGTERM.",
        discussion: """
            On an empty folder it makes the store first and prints the admin token, once, on \
            standard output. Then it prints `listening on URL`. Every event is one line of JSON on \
            standard error.
            """)

    @OptionGroup var store: StoreOptions
    @OptionGroup var log: LogOptions

    @Option(help: "Where to listen, as HOST:PORT; port 0 lets the system choose.")
    var listen: ListenAddress = .standard

    @Option(help: "The certificate chain in PEM, for HTTPS.")
    var tlsCertificate: String?

    @Option(help: "The private key of the certificate in PEM.")
    var tlsKey: String?

    @Flag(help: "Serve plain HTTP to other machines too; use it only behind a proxy that has TLS.")
    var allowRemotePlaintext = false

    @Option(
        help:
            "Connections that one address may have; of 25000. Behind a proxy all have one address."
    )
    var connectionsPerClient = 20_000

    @Option(help: "How many seconds the head of a request may take to arrive.")
    var headSeconds = 20

    @Option(help: "The name of the first tenant of a new store.", transform: tenantName)
    var tenant: TenantName?

    @Option(help: "The e-mail of the first admin of a new store.")
    var admin = "admin@localhost"

    func validate() throws {
        guard connectionsPerClient > 0 else {
            throw ValidationError("--connections-per-client must be above 0.")
        }
        guard headSeconds > 0 else { throw ValidationError("--head-seconds must be above 0.") }
        guard (tlsCertificate == nil) == (tlsKey == nil) else {
            throw ValidationError("--tls-certificate and --tls-key go together.")
        }
        guard tlsKey != nil || allowRemotePlaintext || listen.isLoopback else {
            throw ValidationError(
                "Tokens would cross the network unprotected: use --tls-certificate and --tls-key,"
                    + " listen on 127.0.0.1, or say --allow-remote-plaintext.")
        }
    }

    func run() async throws {
        guard let first = tenant ?? TenantName("main") else { throw ExitCode.failure }
        FileLimit.raise()
        let settings = ServerSettings(
            dataFolder: store.data, keys: store.keys, tenant: first,
            adminEmail: admin, host: store.host)
        let shell = ServerShell(settings, logger: log.logger, announce: StandardOutput.print)
        var http = HTTPServerSettings(host: listen.host, port: listen.port, tls: tls)
        http.connectionsPerClientMax = connectionsPerClient
        http.headSecondsMax = headSeconds
        do {
            try await shell.serve(http)
        } catch {
            throw error.exit
        }
    }

    private var tls: HTTPServerSettings.TLSFiles? {
        guard let tlsCertificate, let tlsKey else { return nil }
        return HTTPServerSettings.TLSFiles(certificate: tlsCertificate, key: tlsKey)
    }
}
