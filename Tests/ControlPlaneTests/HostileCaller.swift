import Approvals
import ControlPlane
import ControlPlaneAPI
import JSONTree
import Simulation
import WireAPI

/// Makes calls that are nearly right: the right route with one thing wrong, or many.
struct HostileCaller {
    private(set) var random: SeededEntropy
    private(set) var ids: [String] = []
    private(set) var tags: [String: (revision: Int, digest: String)] = [:]

    /// What only the agent knows; it stands in hidden arguments and in the agent's words.
    static let secrets = ["canary-secret-1", "27182818284", "canary-secret-name"]

    init(seed: UInt64) { random = SeededEntropy(seed: seed) }

    /// Remembers what an answer named, to be named again.
    mutating func learn(_ answer: HTTPResponse) {
        guard answer.status < 300, let body = try? JSONValue(parsing: answer.body),
            let id = body["id"]?.stringValue
        else { return }
        if !ids.contains(id) { ids.append(id) }
        if ids.count > 12 { ids.removeFirst() }
        if let revision = body["revision"]?.intValue.flatMap({ Int(exactly: $0) }),
            let digest = body["displayed_digest"]?.stringValue
        {
            tags[id] = (revision, digest)
        }
    }

    /// The next call, and on which route it was meant to be.
    mutating func call(at now: Timestamp) -> (route: Route, call: APICall) {
        let likely: [Route] = [
            .submit, .approval, .decision, .decisions, .comment, .extend, .claim,
        ]
        let route = random.chance(600) ? pick(likely) : pick(Route.allCases)
        let name = self.name()
        var target = route.path(naming: name, version: 1)
        if random.chance(150) { target += pick(Self.queries) }
        if random.chance(30) { target = pick(Self.targets) }
        var headers = [
            "authorization": "Bearer x", "content-type": "application/json",
            "idempotency-key": "k\(Int.random(in: 0..<40, using: &random))",
            "if-match": "\"\(tags[name]?.revision ?? 1)\"",
        ]
        if random.chance(100) {
            headers[pick(Array(headers.keys).sorted())] = pick(Self.headerValues)
        }
        let method = random.chance(20) ? pick(Self.methods) : route.method.rawValue
        let hasBody = [.post, .put].contains(route.method) ? !random.chance(30) : random.chance(30)
        let call = APICall(
            method: method, target: target, headers: headers,
            body: hasBody ? bytes(of: body(for: route, name)) : [], receivedAt: now)
        return (route, call)
    }

    private mutating func name() -> String {
        guard !random.chance(120), !ids.isEmpty else { return pick(Self.names) }
        return pick(ids)
    }

    private mutating func bytes(of value: JSONValue) -> [UInt8] {
        var bytes = value.bytes()
        if random.chance(60), !bytes.isEmpty, value["redact"] == nil {
            for _ in 0...Int.random(in: 0..<4, using: &random) {
                bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(
                    in: 0...255, using: &random)
            }
        }
        if random.chance(20) { bytes.removeLast(min(bytes.count, 1 + bytes.count / 2)) }
        return random.chance(10) ? Array(repeating: UInt8(ascii: "["), count: 1 << 20) : bytes
    }

    private mutating func body(for route: Route, _ name: String) -> JSONValue {
        var members = Self.members(of: route)
        if route == .decision, let tag = tags[name] {
            members["displayed_digest"] = .string(tag.digest)
        }
        if route == .submit { members["arguments"] = arguments() }
        if route == .decision, random.chance(400) { members["edits"] = edits() }
        if route == .decisions { members["items"] = .array([decision(), decision()]) }
        guard random.chance(200), !members.isEmpty else {
            return route == .submit ? Self.honest(.object(members)) : .object(members)
        }
        members[pick(members.names + ["unknown"])] = random.chance(200) ? nil : value(depth: 3)
        return route == .submit ? Self.honest(.object(members)) : .object(members)
    }

    /// A submission that no longer hides its secrets says none.
    private static func honest(_ body: JSONValue) -> JSONValue {
        let whole = members(of: .submit)
        guard body["redact"] != whole["redact"] || body["arguments"] != secretArguments
        else { return body }
        return ["tool": "plain", "arguments": ["amount": 5, "list": ["a", "b"], "pin": 1]]
    }

    private mutating func decision() -> JSONValue {
        let id = name()
        var members = Self.members(of: .decision)
        members["id"] = .string(id)
        members["revision"] = .number(JSONNumber(tags[id]?.revision ?? 1))
        members["displayed_digest"] = .string(tags[id]?.digest ?? "sha256:0")
        if random.chance(500) { members["edits"] = edits() }
        return .object(members)
    }

    private mutating func edits() -> JSONValue {
        let count = Int.random(in: 1...3, using: &random)
        return .array(
            (0..<count).map { _ in
                let operation = pick([
                    "add", "add", "remove", "replace", "replace", "replace", "move",
                ])
                var members: JSONObject = [
                    "op": .string(operation),
                    "path": .string(pick(random.chance(700) ? Self.places : Self.pointers)),
                ]
                if operation != "remove" { members["value"] = value(depth: 2) }
                return .object(members)
            })
    }

    private mutating func arguments() -> JSONValue {
        guard random.chance(50) else { return Self.secretArguments }
        return .object(["pin": value(depth: 4), "list": value(depth: 2), "keys": value(depth: 2)])
    }

    private mutating func value(depth: Int) -> JSONValue {
        switch Int.random(in: 0..<9, using: &random) {
        case 0: return .null
        case 1: return .bool(true)
        case 2, 3: return JSONNumber(pick(Self.numbers)).map { .number($0) } ?? .null
        case 4, 5, 6: return .string(pick(Self.texts))
        case 7 where depth > 0: return .array([value(depth: depth - 1), value(depth: depth - 1)])
        case 8 where depth > 0:
            return .object([pick(Self.texts): value(depth: depth - 1), "a": value(depth: 0)])
        default: return pick([[], [:], 1])
        }
    }

    private mutating func pick<Element>(_ choices: [Element]) -> Element {
        choices[Int.random(in: 0..<choices.count, using: &random)]
    }
}
