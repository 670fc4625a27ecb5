import CCurl
import WireAPI

extension TransportFailure {
    static let outOfMemory = TransportFailure(
        .interrupted, "There is no memory for the request.", wasSent: false)

    static let tooLarge = TransportFailure(
        .tooLarge, "The answer is larger than \(CurlTransfer.bytesMax >> 20) MiB.", wasSent: true)

    static func givenUp(wasSent: Bool) -> TransportFailure {
        TransportFailure(.interrupted, "The request was given up.", wasSent: wasSent)
    }

    static func unavailable(_ reason: String) -> TransportFailure {
        TransportFailure(.interrupted, "No request can be made: \(reason).", wasSent: false)
    }

    /// Sorts what libcurl says by what the caller may do about it.
    ///
    /// A timeout before any byte of the request had left is a server that cannot be reached.
    init(_ code: CURLcode, requestBytes: Int) {
        let wasSent = requestBytes > 0
        let words = unsafe String(cString: cs_easy_strerror(code))
        switch code {
        case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY:
            self.init(.unreachable, "The name of the server is not known.", wasSent: false)
        case CURLE_COULDNT_CONNECT:
            self.init(.unreachable, "The server does not take connections.", wasSent: false)
        case CURLE_OPERATION_TIMEDOUT where !wasSent:
            self.init(.unreachable, "No connection came about in time.", wasSent: false)
        case CURLE_OPERATION_TIMEDOUT:
            self.init(.timeout, "The server did not answer in time.", wasSent: true)
        case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CERTPROBLEM,
            CURLE_SSL_CIPHER, CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR,
            CURLE_SSL_INVALIDCERTSTATUS, CURLE_SSL_PINNEDPUBKEYNOTMATCH, CURLE_USE_SSL_FAILED:
            self.init(.insecure, "The connection is not safe: \(words).", wasSent: wasSent)
        case CURLE_UNSUPPORTED_PROTOCOL where !wasSent, CURLE_URL_MALFORMAT:
            self.init(.malformed, "The address is wrong: \(words).", wasSent: false)
        case CURLE_WEIRD_SERVER_REPLY, CURLE_BAD_CONTENT_ENCODING, CURLE_UNSUPPORTED_PROTOCOL:
            self.init(.malformed, "What came is not HTTP: \(words).", wasSent: true)
        case CURLE_OUT_OF_MEMORY, CURLE_FAILED_INIT:
            self.init(.interrupted, "libcurl failed: \(words).", wasSent: wasSent)
        default:
            self.init(.unreachable, "The connection broke: \(words).", wasSent: wasSent)
        }
    }
}
