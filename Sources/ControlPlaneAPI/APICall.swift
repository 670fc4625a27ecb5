public import Approvals
public import WireAPI

/// One request as it reached the control plane, free of any transport.
public struct APICall: Hashable, Sendable {
    /// As sent; it may be none of ours.
    public var method: String
    /// Path and query as sent.
    public var target: String
    /// Names in lower case; a header that came twice has its values joined by `, `.
    public var headers: [String: String]
    public var body: [UInt8]
    public var receivedAt: Timestamp

    /// Puts a call together.
    public init(
        method: String, target: String, headers: [String: String] = [:], body: [UInt8] = [],
        receivedAt: Timestamp
    ) {
        self.method = method
        self.target = target
        self.headers = headers
        self.body = body
        self.receivedAt = receivedAt
    }

    /// The call that `request` becomes when its sender adds `token`.
    public init(_ request: HTTPRequest, token: String?, receivedAt: Timestamp) {
        self.init(
            method: request.method.rawValue, target: request.target, headers: request.headers,
            body: request.body, receivedAt: receivedAt)
        if let token { headers["authorization"] = "Bearer " + token }
    }
}

/// What the API refuses to take, each by its name.
public enum APILimits {
    /// The longest body, in bytes.
    public static let bodyBytesMax = 1 << 20
    /// The deepest nesting of a body: arguments may have 64 levels, inside of the body's own one.
    public static let bodyDepthMax = 65
    /// The longest path and query, in bytes.
    public static let targetBytesMax = 4_096
    /// The longest bearer token, in bytes.
    public static let tokenBytesMax = 200
    /// The longest `Idempotency-Key`, in bytes.
    public static let keyBytesMax = 200
    /// The longest `?wait=`, in seconds.
    public static let waitSecondsMax = 60
    /// The largest page of the change feed.
    public static let inboxLimitMax = 1_000
    /// The page of the change feed when nobody asks for another size.
    public static let inboxLimitDefault = 500
    /// The largest page of history.
    public static let historyLimitMax = 500
    /// The page of history when nobody asks for another size.
    public static let historyLimitDefault = 100
    /// The most events, checkpoints or fields of an audit log in one page.
    public static let auditLimitMax = 1_000
    /// The longest text that history is searched for, in bytes.
    public static let matchingBytesMax = 200
    /// The longest cursor that is looked at, in bytes.
    public static let cursorBytesMax = 200
    /// The most decisions of one call.
    public static let decisionsMax = 100
    /// All views in the answer to many decisions, in bytes; what does not fit is read by itself.
    /// Clients of ours read answers of up to 4 MiB.
    public static let bulkViewBytesMax = 3 << 20
    /// The longest duration that is looked at, in bytes.
    public static let lookBackBytesMax = 40
    /// The most calls that are marked as looked at in one call.
    public static let reviewedMax = 200
    /// The most days that coverage is asked for.
    public static let coverageDaysMax = 62
    /// How long a hook may wait, and how long people may have then, in seconds.
    public static let hookSeconds = 0...86_400
    /// How long a hook waits when nobody says, in seconds.
    public static let hookSecondsDefault = 540
    /// The length of a claim's nonce, in bytes.
    public static let nonceBytes = 16...128
    /// How long a claim may be held, in seconds.
    public static let leaseSeconds = 1...86_400
    /// How long a claim is held when nobody says, in seconds.
    public static let leaseSecondsDefault = 300
    /// For how many seconds a revealed value may be shown.
    public static let revealSeconds = 30
}
