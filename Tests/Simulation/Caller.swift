import JSONTree
import WireAPI

/// Somebody who calls the server over the hostile network with a token.
final class Caller {
    var token: String
    private let world: World

    init(_ token: String, in world: World) {
        self.token = token
        self.world = world
    }

    /// Asks, and is told only when there is an answer of that form.
    func get<Answer: WireValue>(
        _ path: String, _ type: Answer.Type, waitSeconds: Int = 0,
        _ handle: @escaping (Answer) -> Void
    ) {
        let request = HTTPRequest(.get, path, waitSeconds: waitSeconds)
        world.network.exchange(request, token: token) { result in
            guard case .success(let response) = result, response.status == 200,
                let answer = try? Answer(wire: JSONValue(parsing: response.body))
            else { return }
            handle(answer)
        }
    }

    /// Changes something; what came of it is counted, and told when it was done.
    func send(
        _ method: HTTPMethod, _ path: String, _ body: JSONValue? = nil, as what: String,
        then handle: @escaping (JSONValue) -> Void = { _ in }
    ) {
        var headers: [String: String] = [:]
        if body != nil { headers["content-type"] = "application/json" }
        let request = HTTPRequest(
            method, path, headers: headers, body: body.map { Array($0.text().utf8) } ?? [])
        world.network.exchange(request, token: token) { [self] result in
            guard case .success(let response) = result else { return }
            world.checker.count("\(what) \(response.status)")
            guard (200..<300).contains(response.status) else { return }
            let isEmpty = response.body.isEmpty
            handle(isEmpty ? .null : (try? JSONValue(parsing: response.body)) ?? .null)
        }
    }
}
