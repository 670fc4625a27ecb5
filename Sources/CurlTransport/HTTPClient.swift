import CCurl
import CLinux
public import WireAPI

/// Carries out requests one after another and waits for each; for programs without a screen.
///
/// It belongs to one thread. The connection is kept from one request to the next.
@safe public final class HTTPClient {
    private let server: ServerAccess
    private var multi: UnsafeMutableRawPointer?

    /// A client; nothing is loaded or opened before the first request.
    public init(
        to address: ServerAddress, token: BearerToken?,
        options: TransportOptions = TransportOptions()
    ) {
        server = ServerAccess(address: address, token: token, options: options)
    }

    deinit {
        if let multi = unsafe multi { unsafe cs_multi_cleanup(multi) }
    }

    /// Sends a request and waits for the whole answer.
    public func perform(_ request: HTTPRequest) throws(TransportFailure) -> HTTPResponse {
        try finish(try CurlTransfer(request, to: server), afterMilliseconds: 60_000) {}
    }

    /// Like `perform`, for somebody who wants to know how the server is reached.
    ///
    /// `whenSlow` is called once when the answer takes longer than a second.
    public func probe(
        _ request: HTTPRequest, whenSlow: () -> Void
    ) throws(TransportFailure) -> (response: HTTPResponse, certificate: ServerCertificate?) {
        let transfer = try CurlTransfer(request, to: server)
        guard transfer.keepCertificate() else {
            throw .unavailable("libcurl cannot keep certificates")
        }
        let response = try finish(transfer, afterMilliseconds: 1_000, whenSlow)
        guard let expiry = transfer.certificate("Expire date") else { return (response, nil) }
        return (
            response,
            ServerCertificate(subject: transfer.certificate("Subject") ?? "", expiry: expiry)
        )
    }

    private func finish(
        _ transfer: CurlTransfer, afterMilliseconds: Int32, _ whenSlow: () -> Void
    ) throws(TransportFailure) -> HTTPResponse {
        let multi = unsafe try ready()
        guard unsafe cs_multi_add(multi, transfer.easy) == CURLM_OK else {
            throw .outOfMemory
        }
        defer { unsafe cs_multi_remove(multi, transfer.easy) }
        let slowAt = cs_monotonic_milliseconds() + Int64(afterMilliseconds)
        var wasTold = false
        while true {
            guard unsafe cs_multi_perform(multi) == CURLM_OK else {
                throw .unavailable("libcurl cannot go on")
            }
            var code = CURLE_OK
            if unsafe cs_multi_next_done(multi, &code) != nil {
                return try transfer.outcome(code).get()
            }
            let left = max(0, slowAt - cs_monotonic_milliseconds())
            guard unsafe cs_multi_poll(multi, wasTold ? 60_000 : Int32(clamping: left)) == CURLM_OK
            else { throw .unavailable("libcurl cannot wait") }
            if !wasTold, cs_monotonic_milliseconds() >= slowAt {
                wasTold = true
                whenSlow()
            }
        }
    }

    /// The multi handle holds the connections that the next request may use again.
    private func ready() throws(TransportFailure) -> UnsafeMutableRawPointer {
        if let multi = unsafe multi { return unsafe multi }
        guard let made = unsafe cs_multi_init() else { throw .outOfMemory }
        unsafe multi = unsafe made
        return unsafe made
    }
}

/// What a server's certificate says of itself.
public struct ServerCertificate: Hashable, Sendable {
    /// For whom it was made.
    public var subject: String
    /// Until when it is valid, in the words of the TLS library.
    public var expiry: String
}
