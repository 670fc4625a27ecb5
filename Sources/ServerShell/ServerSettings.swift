public import Approvals
public import HTTPServer
public import SQLiteStore

/// What a control plane is told when it starts.
public struct ServerSettings: Sendable {
    /// The folder of the store.
    public var dataFolder: String
    /// Where its keys come from.
    public var keys: StoreKeySources
    /// The first tenant of a new store.
    public var tenant: TenantName
    /// The e-mail of the first admin of a new store.
    public var adminEmail: String
    /// The host in the origin line of the audit logs; this machine's name when nil.
    public var host: String?
    /// Where to listen; nil for a program that only makes the store.
    public var http: HTTPServerSettings?

    /// Puts settings together.
    public init(
        dataFolder: String, keys: StoreKeySources = StoreKeySources(),
        tenant: TenantName, adminEmail: String, host: String? = nil,
        http: HTTPServerSettings? = nil
    ) {
        self.dataFolder = dataFolder
        self.keys = keys
        self.tenant = tenant
        self.adminEmail = adminEmail
        self.host = host
        self.http = http
    }
}

/// Why a control plane does not start or ended.
public enum ServerFailure: Error, Sendable {
    /// The store does not open.
    case store(StoreRefusal)
    /// The store holds tenants already, and it was asked to make one from nothing.
    case notEmpty(path: String)
    /// The first tenant could not be made.
    case notInitialised(String)
    /// The key of the audit logs was not changed.
    case notRotated(String)
    /// The server does not come up.
    case http(HTTPServerFailure)
    /// The store stopped writing while the server ran.
    case stopped(String)
}
