import CurlTransport
import JSONTree
import SystemClock
import WireAPI

/// Asks the control plane and waits for the answer, in the words of this program.
final class ControlPlaneClient {
    /// How long a request with a key is repeated before its outcome counts as unknown.
    static let retryMillisecondsMax: Int64 = 30_000

    private let http: HTTPClient

    init(_ session: Session) {
        http = HTTPClient(to: session.address, token: session.token, options: session.options)
    }

    /// Reads something; a lost answer is asked for once more.
    func get<Value: WireValue>(
        _ route: Route, naming name: String? = nil, version: Int? = nil,
        query: [(String, String?)] = [], waitSeconds: Int = 0
    ) throws(Complaint) -> Value {
        let request = HTTPRequest(
            .get, Self.target(route, name, version, query), waitSeconds: waitSeconds)
        return try value(of: try answer(request, repeatingMilliseconds: 5_000))
    }

    /// Reads something that is no JSON, as it is.
    func bytes(
        _ route: Route, naming name: String? = nil, query: [(String, String?)] = []
    ) throws(Complaint) -> [UInt8] {
        let request = HTTPRequest(.get, Self.target(route, name, nil, query))
        return try answer(request, repeatingMilliseconds: 5_000).body
    }

    /// Changes something; with a key it is repeated until the outcome is known.
    func send<Value: WireValue>(
        _ route: Route, naming name: String? = nil, version: Int? = nil,
        _ body: (any WireValue)?, revision: Int? = nil, key: String? = nil
    ) throws(Complaint) -> Value {
        try value(
            of: try sendForAnswer(
                route, naming: name, version: version, body, revision: revision, key: key))
    }

    /// Changes something whose answer has no body.
    func send(
        _ route: Route, naming name: String, query: [(String, String?)] = []
    ) throws(Complaint) {
        _ = try sendForAnswer(
            route, naming: name, query: query, nil, revision: nil, key: nil)
    }

    /// Changes something and hands out the answer, when it is a success.
    func sendForAnswer(
        _ route: Route, naming name: String?, version: Int? = nil,
        query: [(String, String?)] = [], _ body: (any WireValue)?, revision: Int?, key: String?
    ) throws(Complaint) -> HTTPResponse {
        var request = HTTPRequest(route.method, Self.target(route, name, version, query))
        if let body {
            request.headers["content-type"] = "application/json"
            request.body = Array(body.wire.text(.compact).utf8)
        }
        if let revision { request.headers["if-match"] = "\"\(revision)\"" }
        if let key { request.headers["idempotency-key"] = key }
        let span = key == nil ? 0 : Self.retryMillisecondsMax
        return try answer(request, repeatingMilliseconds: span)
    }

    /// Asks until there is an answer; what may have arrived is repeated for as long as it may be.
    private func answer(
        _ request: HTTPRequest, repeatingMilliseconds: Int64
    ) throws(Complaint) -> HTTPResponse {
        let end = SystemSource.steadyMilliseconds + repeatingMilliseconds
        var pause: UInt32 = 250_000
        var isUnknown = false
        while true {
            let outcome = Result { () throws(TransportFailure) in try http.perform(request) }
            let isLate = SystemSource.steadyMilliseconds >= end
            switch outcome {
            case .success(let response):
                let isBusy = [429, 503].contains(response.status)
                if !isBusy || isLate { return try Self.checked(response) }
            case .failure(let failure):
                isUnknown = isUnknown || failure.wasSent
                guard isUnknown, !isLate, failure.kind != .insecure else {
                    throw Complaint(failure, isUnknown: isUnknown && request.method != .get)
                }
            }
            Pause.microseconds(pause)
            pause = min(pause * 2, 4_000_000)
        }
    }

    private static func checked(_ response: HTTPResponse) throws(Complaint) -> HTTPResponse {
        guard response.isSuccess else { throw Complaint(response) }
        return response
    }

    private func value<Value: WireValue>(of response: HTTPResponse) throws(Complaint) -> Value {
        guard let value: Value = response.value() else { throw Complaint.unreadable }
        return value
    }

    private static func target(
        _ route: Route, _ name: String?, _ version: Int?, _ query: [(String, String?)]
    ) -> String {
        let path =
            name.map { name in
                version.map { route.path(naming: name, version: $0) } ?? route.path(naming: name)
            } ?? route.path
        let items = query.compactMap { item in
            item.1.map { "\(item.0)=\(PercentEncoding.encode($0))" }
        }
        return items.isEmpty ? path : path + "?" + items.joined(separator: "&")
    }
}
