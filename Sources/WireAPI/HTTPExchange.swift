/// A request to the control plane, free of any transport.
public struct HTTPRequest: Hashable, Sendable {
    public var method: HTTPMethod
    /// Begins with `/`; has the query in it.
    public var target: String
    /// Names in lower case. The token is added by whoever sends the request, never kept here.
    public var headers: [String: String]
    public var body: [UInt8]
    /// Seconds the server may keep the answer back; 0 for at once.
    public var waitSeconds: Int
    /// True when the body of the answer is wanted as it comes, piece by piece.
    public var isStreamed = false

    /// Puts a request together.
    public init(
        _ method: HTTPMethod, _ target: String, headers: [String: String] = [:],
        body: [UInt8] = [], waitSeconds: Int = 0
    ) {
        self.method = method
        self.target = target
        self.headers = headers
        self.body = body
        self.waitSeconds = waitSeconds
    }
}

/// An answer of the control plane.
public struct HTTPResponse: Hashable, Sendable {
    public var status: Int
    /// Names in lower case.
    public var headers: [String: String]
    public var body: [UInt8]

    /// Puts an answer together.
    public init(status: Int, headers: [String: String] = [:], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }
}

/// Why no answer came. Nothing is known about what the server did, unless `wasSent` is false.
public struct TransportFailure: Error, Hashable, Sendable {
    /// What kind of trouble it was.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        case unreachable, timeout, insecure, tooLarge, interrupted, malformed
    }

    public var kind: Kind
    /// A sentence for a person, without tokens.
    public var sentence: String
    /// False when the request certainly did not reach the server.
    public var wasSent: Bool

    /// Puts a failure together.
    public init(_ kind: Kind, _ sentence: String, wasSent: Bool) {
        self.kind = kind
        self.sentence = sentence
        self.wasSent = wasSent
    }
}
