import Approvals
import Audit
import Cryptography
import Foundation
import JSONTree
import Testing

/// The exports of the conformance set, honest and tampered.
enum TamperData {
    static let folder = ProcessInfo.processInfo.environment["COUNTERSIGN_CONFORMANCE"]
    static let isThere = folder != nil
    static let log = EventLog(origin: "acme.example/countersign/prod")

    static func lines(_ name: String, in export: String) throws -> [[UInt8]] {
        let path = try present(folder) + "/audit-tamper/\(export)/\(name)"
        let data = try present(FileManager.default.contents(atPath: path))
        return data.split(separator: UInt8(ascii: "\n")).map(Array.init)
    }

    /// The disclosures of an export by event, and then by document.
    static func disclosures(of export: String) throws -> [Int64: [String: [Disclosure]]] {
        var found: [Int64: [String: [Disclosure]]] = [:]
        for line in try lines("disclosures.jsonl", in: export) {
            let disclosure = try disclosure(JSONValue(parsing: line))
            found[disclosure.sequence, default: [:]][disclosure.document, default: []].append(
                disclosure)
        }
        return found
    }

    private static func disclosure(_ json: JSONValue) throws -> Disclosure {
        try Disclosure(
            sequence: present(json["seq"]?.intValue), document: present(json["doc"]?.stringValue),
            index: Int(present(json["i"]?.intValue)),
            pointer: JSONPointer(parsing: present(json["ptr"]?.stringValue)),
            salt: present(Hexadecimal.decode(present(json["salt"]?.stringValue))),
            value: present(json["val"]),
            digest: present(Digest(hex: present(json["dig"]?.stringValue))))
    }
}

/// Gives out bytes that were drawn before.
struct ReplayedEntropy: Entropy {
    var drawn: [UInt8]

    mutating func bytes(_ count: Int) -> [UInt8] {
        defer { drawn.removeFirst(min(count, drawn.count)) }
        return Array(drawn.prefix(count))
    }
}

/// What must be there; `#require` in a form that nests.
func present<Value>(_ value: Value?) throws -> Value {
    try #require(value)
}
