import CCurl
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
        let transfer = try CurlTransfer(request, to: server)
        let multi = unsafe try ready()
        guard unsafe cs_multi_add(multi, transfer.easy) == CURLM_OK else {
            throw .outOfMemory
        }
        defer { unsafe cs_multi_remove(multi, transfer.easy) }
        while true {
            guard unsafe cs_multi_perform(multi) == CURLM_OK else {
                throw .unavailable("libcurl cannot go on")
            }
            var code = CURLE_OK
            if unsafe cs_multi_next_done(multi, &code) != nil {
                return try transfer.outcome(code).get()
            }
            guard unsafe cs_multi_poll(multi, 60_000) == CURLM_OK else {
                throw .unavailable("libcurl cannot wait")
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
