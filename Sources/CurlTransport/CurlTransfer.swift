import CCurl
import WireAPI

/// One request on its way; it stays on the thread that made it.
///
/// It owns the easy handle, which keeps pointers to it: whoever holds a transfer keeps it alive
/// until it is finished or dropped.
@safe final class CurlTransfer {
    /// The largest body that is taken; a longer one is refused, not cut.
    static let bytesMax = 16 << 20
    /// How many headers an answer may have.
    static let headersMax = 256

    /// Takes the body as it comes, with the status and the headers before it; false when there is
    /// no room for it. Without it the body is collected.
    var onPiece: ((Int, [String: String], [UInt8]) -> Bool)?

    let easy: UnsafeMutableRawPointer
    private var headerList: UnsafeMutablePointer<curl_slist>?
    private var body: [UInt8] = []
    private var headers: [String: String] = [:]
    private var isTooLarge = false
    private var isMalformed = false
    private var bytesToSend: [UInt8]
    private let url: String

    init(_ request: HTTPRequest, to server: ServerAccess) throws(TransportFailure) {
        let lines = try request.headerLines(server.token)
        if let problem = unsafe cs_curl_load() {
            throw .unavailable(unsafe String(cString: problem))
        }
        guard let made = unsafe cs_easy_init() else { throw .outOfMemory }
        unsafe easy = unsafe made
        bytesToSend = request.body
        url = server.address.text + request.target
        guard apply(server), apply(request, server.options), apply(lines), collect() else {
            throw .unavailable("libcurl refuses a setting")
        }
    }

    deinit {
        unsafe cs_easy_cleanup(easy)
        unsafe cs_list_free(headerList)
    }

    /// Tells transfers apart; the handle's address, never followed.
    var key: UInt { unsafe UInt(bitPattern: easy) }

    /// The answer, or why there is none, once libcurl said how it went.
    func outcome(_ code: CURLcode) -> Result<HTTPResponse, TransportFailure> {
        if isTooLarge { return .failure(.tooLarge) }
        if isMalformed {
            let sentence = "The answer has too many headers."
            return .failure(TransportFailure(.malformed, sentence, wasSent: true))
        }
        guard code == CURLE_OK else {
            return .failure(TransportFailure(code, requestBytes: requestBytes))
        }
        let status = Int(unsafe cs_easy_response_code(easy))
        return .success(HTTPResponse(status: status, headers: headers, body: body))
    }

    /// Has libcurl keep what the server's certificate says.
    func keepCertificate() -> Bool { set(CURLOPT_CERTINFO, 1) }

    /// What the server's certificate says under this name.
    func certificate(_ name: String) -> String? {
        guard let text = unsafe cs_easy_certificate(easy, name) else { return nil }
        return unsafe String(cString: text)
    }

    /// True when some of the request has left, so that its effect is unknown.
    var wasSent: Bool { requestBytes > 0 }

    private var requestBytes: Int { unsafe cs_easy_request_bytes(easy) }

    // MARK: What libcurl is told

    private func set(_ option: CURLoption, _ value: Int) -> Bool {
        unsafe cs_easy_set_long(easy, option, value) == CURLE_OK
    }

    private func set(_ option: CURLoption, _ value: String) -> Bool {
        unsafe cs_easy_set_text(easy, option, value) == CURLE_OK
    }

    private func apply(_ server: ServerAccess) -> Bool {
        let options = server.options
        var took =
            set(CURLOPT_NOSIGNAL, 1) && set(CURLOPT_QUICK_EXIT, 1)
            && set(CURLOPT_PROTOCOLS_STR, "http,https")
            && set(CURLOPT_REDIR_PROTOCOLS_STR, "https") && set(CURLOPT_FOLLOWLOCATION, 0)
            && set(CURLOPT_SSL_VERIFYPEER, 1) && set(CURLOPT_SSL_VERIFYHOST, 2)
            && set(CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2)
            && set(CURLOPT_CONNECTTIMEOUT_MS, options.connectTimeoutMilliseconds)
            && set(CURLOPT_USERAGENT, options.userAgent)
        took =
            unsafe took
            && cs_easy_set_tcp_user_timeout(easy, options.unacknowledgedMilliseconds) == CURLE_OK
        if let file = options.trustedCertificates { took = took && set(CURLOPT_CAINFO, file) }
        // Nobody's proxy can reach this machine's own address.
        if server.address.isThisMachine { took = took && set(CURLOPT_NOPROXY, "*") }
        return took
    }

    private func apply(_ request: HTTPRequest, _ options: TransportOptions) -> Bool {
        let took =
            set(CURLOPT_URL, url) && set(CURLOPT_TIMEOUT_MS, request.timeoutMilliseconds(options))
        if request.method == .get && bytesToSend.isEmpty { return took && set(CURLOPT_HTTPGET, 1) }
        return took && set(CURLOPT_POST, 1) && applyBody()
            && set(CURLOPT_CUSTOMREQUEST, request.method.rawValue)
    }

    private func applyBody() -> Bool {
        let count = bytesToSend.count
        let sized = unsafe cs_easy_set_offset(easy, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(count))
        // libcurl keeps a copy, so our array may move.
        let copied = unsafe bytesToSend.withUnsafeMutableBytes { bytes in
            unsafe cs_easy_set_pointer(easy, CURLOPT_COPYPOSTFIELDS, bytes.baseAddress)
        }
        return sized == CURLE_OK && (copied == CURLE_OK || count == 0)
    }

    private func apply(_ lines: [String]) -> Bool {
        for line in lines {
            guard let longer = unsafe cs_list_append(headerList, line) else { return false }
            unsafe headerList = unsafe longer
        }
        return unsafe cs_easy_set_list(easy, CURLOPT_HTTPHEADER, headerList) == CURLE_OK
    }

    // MARK: What libcurl hands over

    private func collect() -> Bool {
        let me = unsafe Unmanaged.passUnretained(self).toOpaque()
        let body: cs_bytes_callback = { bytes, size, count, context in
            let chunk = unsafe UnsafeRawBufferPointer(start: bytes, count: size * count)
            return unsafe transfer(context)?.take(chunk) == true ? size * count : 0
        }
        let header: cs_bytes_callback = { bytes, size, count, context in
            let chunk = unsafe UnsafeRawBufferPointer(start: bytes, count: size * count)
            return unsafe transfer(context)?.takeHeader(chunk) == true ? size * count : 0
        }
        return unsafe cs_easy_set_callback(easy, CURLOPT_WRITEFUNCTION, body) == CURLE_OK
            && cs_easy_set_pointer(easy, CURLOPT_WRITEDATA, me) == CURLE_OK
            && cs_easy_set_callback(easy, CURLOPT_HEADERFUNCTION, header) == CURLE_OK
            && cs_easy_set_pointer(easy, CURLOPT_HEADERDATA, me) == CURLE_OK
    }

    fileprivate func take(_ chunk: UnsafeRawBufferPointer) -> Bool {
        if let onPiece {
            let status = Int(unsafe cs_easy_response_code(easy))
            guard unsafe chunk.isEmpty || onPiece(status, headers, Array(chunk)) else {
                isTooLarge = true
                return false
            }
            return true
        }
        guard body.count + chunk.count <= Self.bytesMax else {
            isTooLarge = true
            return false
        }
        unsafe body.append(contentsOf: chunk)
        return true
    }

    /// One line; a status line starts anew, as after "100 Continue" or a proxy's own answer.
    fileprivate func takeHeader(_ chunk: UnsafeRawBufferPointer) -> Bool {
        let line = unsafe String(decoding: chunk, as: UTF8.self)
        if line.hasPrefix("HTTP/") {
            headers.removeAll()
            return true
        }
        guard headers.count < Self.headersMax else {
            isMalformed = true
            return false
        }
        let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2 else { return true }
        headers[trimmed(parts[0]).lowercased()] = trimmed(parts[1])
        return true
    }
}

/// The transfer that libcurl was told to hand back.
private func transfer(_ context: UnsafeMutableRawPointer?) -> CurlTransfer? {
    guard let context = unsafe context else { return nil }
    return unsafe Unmanaged<CurlTransfer>.fromOpaque(context).takeUnretainedValue()
}

/// Without the white space around it.
private func trimmed(_ text: Substring) -> String {
    let isBlank: (Character) -> Bool = { $0 == " " || $0 == "\t" || $0.isNewline }
    var rest = text.drop(while: isBlank)
    while let last = rest.last, isBlank(last) { rest.removeLast() }
    return String(rest)
}
