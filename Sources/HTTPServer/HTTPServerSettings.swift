/// Where an HTTP server listens, and what it puts up with.
public struct HTTPServerSettings: Sendable {
    /// The name or address to listen on.
    public var host: String
    /// The port to listen on; 0 lets the system choose.
    public var port: Int
    /// The certificate and its key; plain HTTP without.
    public var tls: TLSFiles?
    /// Connections that may wait to be accepted.
    public var backlogMax = 4_096
    /// Connections at one time; more than these wait to be accepted.
    public var connectionsMax = 25_000
    /// Connections of one client at one time; more than these are closed. Behind a proxy everybody
    /// is one client.
    public var connectionsPerClientMax = 20_000
    /// A connection without a request, or without the next part of one, ends after so long.
    public var idleSecondsMax = 75
    /// A request whose head began and is not there after so long ends with its connection.
    public var headSecondsMax = 20
    /// A request whose body is not there after so long ends with its connection.
    public var bodySecondsMax = 30
    /// The size of all headers of a request.
    public var headerBytesMax = 16_384
    /// How many headers a request may have.
    public var headersMax = 100

    /// Where a certificate chain and its private key are, both in PEM.
    public struct TLSFiles: Hashable, Sendable {
        public var certificate: String
        public var key: String

        /// Names the files.
        public init(certificate: String, key: String) {
            self.certificate = certificate
            self.key = key
        }
    }

    /// Settings with the usual limits.
    public init(host: String, port: Int, tls: TLSFiles? = nil) {
        self.host = host
        self.port = port
        self.tls = tls
    }
}

/// Why a server does not come up.
public enum HTTPServerFailure: Error, Hashable, Sendable {
    /// The address cannot be listened on.
    case cannotListen(String)
    /// The certificate or key cannot be used.
    case certificateUnusable(String)
    /// This program was built without TLS.
    case withoutTLS
}
