/// What every request of one client has in common.
public struct TransportOptions: Hashable, Sendable {
    /// A file with the certificates to trust instead of the system's.
    public var trustedCertificates: String?

    /// How long the connection itself may take.
    public var connectTimeoutMilliseconds: Int

    /// How much longer than the wait that it asks for a request may take in all.
    public var graceMilliseconds: Int

    /// After what time without acknowledgement the kernel gives a connection up.
    public var unacknowledgedMilliseconds: UInt32

    /// How the client names itself.
    public var userAgent: String

    /// How many connections to the server are open at once: a long-poll must not block a decision.
    public var connectionsMax = 8

    /// The usual values.
    public init(
        trustedCertificates: String? = nil, connectTimeoutMilliseconds: Int = 5_000,
        graceMilliseconds: Int = 10_000, unacknowledgedMilliseconds: UInt32 = 20_000,
        userAgent: String = "countersign"
    ) {
        self.trustedCertificates = trustedCertificates
        self.connectTimeoutMilliseconds = connectTimeoutMilliseconds
        self.graceMilliseconds = graceMilliseconds
        self.unacknowledgedMilliseconds = unacknowledgedMilliseconds
        self.userAgent = userAgent
    }
}

/// A server, who asks it, and how.
struct ServerAccess: Sendable {
    let address: ServerAddress
    let token: BearerToken?
    let options: TransportOptions
}
