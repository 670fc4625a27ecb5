import Approvals
import Cryptography
import JSONTree
import WireAPI

/// Takes a call apart: what is asked for is read strictly, and what nobody asked for is refused.
struct CallReader {
    let call: APICall
    let match: RouteTable.Match
    private let query: [String: String]

    init(_ call: APICall) throws(APIFailure) {
        guard call.target.utf8.count <= APILimits.targetBytesMax else { throw .targetTooLong }
        let parts = call.target.split(
            separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        self.call = call
        match = try RouteTable.whole.match(call.method, parts[0])
        query = try Self.items(parts.count > 1 ? parts[1] : "")
        guard call.body.count <= APILimits.bodyBytesMax else { throw .bodyTooLarge }
    }

    /// The digest of the bearer token; the token itself goes no further.
    func secretDigest() throws(APIFailure) -> Digest {
        guard let value = call.headers["authorization"] else { throw .noToken }
        let parts = value.split(separator: " ", omittingEmptySubsequences: true)
        guard parts.count == 2, parts[0].lowercased() == "bearer",
            (1...APILimits.tokenBytesMax).contains(parts[1].utf8.count)
        else { throw .noToken }
        return SHA256.hash(Array(parts[1].utf8))
    }

    /// The identifier at the path's parameter; what is not one names nothing.
    func named<Name: Identifier>() throws(APIFailure) -> Name {
        guard let name = Name(match.name) else { throw .unknownName }
        return name
    }

    /// Refuses a body.
    func noBody() throws(APIFailure) {
        guard call.body.isEmpty else { throw .bodyUnexpected }
    }

    /// The body as JSON.
    func json() throws(APIFailure) -> JSONValue {
        guard isJSON, call.headers["content-encoding"] == nil else { throw .contentTypeWrong }
        let limits = JSONLimits(
            bytesMax: APILimits.bodyBytesMax, depthMax: JSONLimits.depthCeiling)
        let value: JSONValue
        do {
            value = try JSONValue(parsing: call.body, limits: limits)
        } catch {
            throw .malformedJSON(error)
        }
        guard value.isShallow(APILimits.bodyDepthMax) else {
            let sentence = "has more than \(APILimits.bodyDepthMax - 1) levels below it"
            throw .bodyWrong([FieldProblem("", sentence)])
        }
        return value
    }

    /// The body as one of the contract's types.
    func body<Body: WireValue>() throws(APIFailure) -> Body {
        try Self.read(Body.self, from: try json())
    }

    static func read<Body: WireValue>(
        _ type: Body.Type, from value: JSONValue
    ) throws(APIFailure) -> Body {
        do {
            return try Body(wire: value)
        } catch {
            throw .bodyWrong([FieldProblem(error.pointer.description, error.sentence)])
        }
    }

    /// Refuses query items that are not in `known`.
    func knowing(_ known: String...) throws(APIFailure) {
        for name in query.keys.sorted() where !known.contains(name) {
            let list = known.isEmpty ? "none" : known.joined(separator: ", ")
            throw .queryWrong(name, "is not known here; known are: \(list)")
        }
    }

    /// A whole number among the query items.
    func number(_ name: String, in range: ClosedRange<Int>) throws(APIFailure) -> Int? {
        guard let text = query[name] else { return nil }
        let isDigits = text.utf8.allSatisfy { (48...57).contains($0) }
        guard isDigits, let number = Int(text), range.contains(number) else {
            throw .queryWrong(
                name, "must be a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    /// A text among the query items.
    func text(_ name: String, bytesMax: Int) throws(APIFailure) -> String? {
        guard let text = query[name] else { return nil }
        guard (1...bytesMax).contains(text.utf8.count) else {
            throw .queryWrong(name, "must have 1 to \(bytesMax) bytes")
        }
        return text
    }

    /// True or false among the query items; false when it is missing.
    func flag(_ name: String) throws(APIFailure) -> Bool {
        guard let text = query[name] else { return false }
        if text.utf8.elementsEqual("true".utf8) { return true }
        guard text.utf8.elementsEqual("false".utf8) else {
            throw .queryWrong(name, "must be true or false")
        }
        return false
    }

    /// The `Idempotency-Key`, when there is one.
    func key() throws(APIFailure) -> String? {
        guard let key = call.headers["idempotency-key"] else { return nil }
        guard Self.isKey(key) else { throw .headerWrong("idempotency-key", Self.keyRule) }
        return key
    }

    static func isKey(_ key: String) -> Bool {
        (1...APILimits.keyBytesMax).contains(key.utf8.count)
            && key.utf8.allSatisfy { (0x21...0x7E).contains($0) }
    }

    static let keyRule = "must be 1 to \(APILimits.keyBytesMax) visible ASCII characters"

    /// The revision that `If-Match` names.
    func revision() throws(APIFailure) -> Int {
        guard let tag = call.headers["if-match"] else { throw .matchMissing }
        let digits = tag.dropFirst().dropLast()
        guard tag.utf8.count > 2, tag.hasPrefix("\""), tag.hasSuffix("\""),
            digits.utf8.allSatisfy({ (48...57).contains($0) }), let revision = Int(digits)
        else {
            throw .headerWrong("if-match", "must be the ETag of the approval, like \"3\" in quotes")
        }
        return revision
    }

    private var isJSON: Bool {
        guard let type = call.headers["content-type"] else { return false }
        let parts = type.lowercased().split(separator: ";").map { part in
            part.filter { $0 != " " && $0 != "\t" }
        }
        guard parts.first == "application/json" else { return false }
        return parts.dropFirst().allSatisfy { $0 == "charset=utf-8" || $0 == "charset=\"utf-8\"" }
    }

    private static func items(_ query: Substring) throws(APIFailure) -> [String: String] {
        var items: [String: String] = [:]
        for pair in query.split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let value = parts.count > 1 ? parts[1] : ""
            guard let name = PercentEncoding.decode(parts[0]),
                let text = PercentEncoding.decode(value)
            else { throw .queryWrong("?", "is not percent-encoded UTF-8") }
            guard items.updateValue(text, forKey: name) == nil else {
                throw .queryWrong(name, "is there twice")
            }
        }
        return items
    }
}

extension JSONValue {
    /// True when no more than `levels` arrays and objects stand in each other.
    fileprivate func isShallow(_ levels: Int) -> Bool {
        switch self {
        case .null, .bool, .number, .string: true
        case .array(let elements):
            levels > 0 && elements.allSatisfy { $0.isShallow(levels - 1) }
        case .object(let object):
            levels > 0 && object.members.allSatisfy { $0.value.isShallow(levels - 1) }
        }
    }
}
