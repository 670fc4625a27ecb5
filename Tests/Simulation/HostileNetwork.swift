public import WireAPI

/// How bad the network is, in chances out of a thousand and milliseconds.
public struct Weather: Sendable {
    /// The request never arrives.
    public var requestLost = 30
    /// The request arrives, its answer does not.
    public var answerLost = 30
    /// The request arrives twice.
    public var duplicated = 30
    /// The longest one-way delay.
    public var delayMax: Int64 = 400

    /// A bad line.
    public static let stormy = Weather()
    /// Nothing is lost; for the end of a run, when everything must come to rest.
    public static let calm = Weather(requestLost: 0, answerLost: 0, duplicated: 0, delayMax: 5)

    /// Puts a weather together.
    public init(
        requestLost: Int = 30, answerLost: Int = 30, duplicated: Int = 30, delayMax: Int64 = 400
    ) {
        self.requestLost = requestLost
        self.answerLost = answerLost
        self.duplicated = duplicated
        self.delayMax = delayMax
    }
}

/// The answer, or why none came, exactly once.
public typealias ExchangeCompletion = (Result<HTTPResponse, TransportFailure>) -> Void

/// Carries requests to the server, late, twice or not at all.
public final class HostileNetwork {
    public var weather = Weather.stormy
    private let agenda: Agenda
    private var entropy: SeededEntropy
    private let server: SimulatedServer

    /// Joins clients to `server`.
    public init(to server: SimulatedServer, agenda: Agenda, entropy: SeededEntropy) {
        self.server = server
        self.agenda = agenda
        self.entropy = entropy
    }

    /// Sends one request; `completion` is called once.
    public func exchange(
        _ request: HTTPRequest, token: String, completion: @escaping ExchangeCompletion
    ) {
        var isOver = false
        let finish: ExchangeCompletion = { result in
            guard !isOver else { return }
            isOver = true
            completion(result)
        }
        let patience = Int64(request.waitSeconds) * 1_000 + 10_000
        agenda.plan(in: patience) {
            finish(.failure(TransportFailure(.timeout, "no answer in time", wasSent: true)))
        }
        if entropy.chance(weather.requestLost) { return }
        deliver(request, token: token, finish: finish)
        if entropy.chance(weather.duplicated) { deliver(request, token: token, finish: finish) }
    }

    private func deliver(
        _ request: HTTPRequest, token: String, finish: @escaping ExchangeCompletion
    ) {
        agenda.plan(in: delay()) { [self] in
            guard server.isUp else {
                finish(
                    .failure(
                        TransportFailure(.unreachable, "connection refused", wasSent: false)))
                return
            }
            server.receive(request, token: token) { [self] response in
                if entropy.chance(weather.answerLost) { return }
                agenda.plan(in: delay()) { finish(.success(response)) }
            }
        }
    }

    private func delay() -> Int64 { Int64.random(in: 0...weather.delayMax, using: &entropy) }
}
