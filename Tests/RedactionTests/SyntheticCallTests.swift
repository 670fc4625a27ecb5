import Foundation
import JSONTree
import Redaction
import Testing

/// Goal: the figures that the scanner is held to, on made-up calls with and without secrets.
@Suite(.enabled(if: SyntheticCalls.isThere, "COUNTERSIGN_CONFORMANCE names no folder"))
struct SyntheticCallTests {
    /// Method: scan every call; a secret counts as found when the value around it is hidden.
    @Test func findsWhatIdentifiesItselfAndMostOfTheRest() throws {
        let calls = try SyntheticCalls.secrets()
        try #require(calls.count > 1_000)
        let scanner = RedactionScanner()
        var misses: [String: Int] = [:]
        var found = [true: 0, false: 0]
        var total = [true: 0, false: 0]
        for call in calls {
            let isPlain = SyntheticCalls.contextual.contains(call.rule)
            total[!isPlain, default: 0] += 1
            if call.isHidden(by: scanner.report(on: call.arguments)) {
                found[!isPlain, default: 0] += 1
            } else {
                misses["\(call.rule) \(call.form)", default: 0] += 1
            }
        }
        let own = Double(found[true] ?? 0) / Double(total[true] ?? 1)
        let contextual = Double(found[false] ?? 0) / Double(total[false] ?? 1)
        let list = misses.sorted { $0.key < $1.key }
        #expect(own >= 0.95, "\(own): \(list)")
        #expect(contextual >= 0.80, "\(contextual): \(list)")
        if ProcessInfo.processInfo.environment["SHOW_MISSES"] != nil {
            print(own, contextual, list)
        }
    }

    @Test func leavesOrdinaryCallsAlone() throws {
        let calls = try SyntheticCalls.benign()
        try #require(calls.count >= 300)
        let scanner = RedactionScanner()
        let hits = calls.filter { !scanner.report(on: $0).findings.isEmpty }
        #expect(Double(hits.count) <= 0.005 * Double(calls.count), "\(hits.prefix(5))")
    }
}

/// One made-up call with a secret in it.
struct SyntheticCall {
    let rule: String
    let form: String
    let secret: String
    let arguments: JSONValue

    /// True when nothing of the secret is left in what is shown.
    func isHidden(by report: ScanReport) -> Bool {
        report.pointers.contains { pointer in
            guard let value = arguments[pointer] else { return false }
            guard case .string(let text) = value,
                let masked = report.maskedText(text, at: pointer)
            else { return true }
            return !masked.contains(secret.prefix(8)) && !masked.contains(secret.suffix(8))
        }
    }
}

/// The made-up calls, in the folder that `COUNTERSIGN_CONFORMANCE` names.
enum SyntheticCalls {
    static let folder = ProcessInfo.processInfo.environment["COUNTERSIGN_CONFORMANCE"]

    static var isThere: Bool {
        folder.map { FileManager.default.fileExists(atPath: "\($0)/secrets-synthetic/dev.json") }
            ?? false
    }

    /// The kinds that have no form of their own: only their surroundings tell them from a word.
    static let contextual: Set<String> = [
        "adafruit-api-key", "adobe-client-id", "asana-client-id", "asana-client-secret",
        "bitbucket-client-secret", "bittrex-access-key", "cisco-meraki-api-key",
        "cloudflare-api-key", "cloudflare-global-api-key", "cohere-api-token",
        "confluent-access-token", "discord-api-token", "discord-client-id",
        "droneci-access-token", "finicity-api-token", "finnhub-access-token", "generic-api-key",
        "gitter-access-token", "heroku-api-key", "kucoin-access-token", "linear-client-secret",
        "messagebird-api-token", "messagebird-client-id", "new-relic-user-api-id",
        "plaid-secret-key", "privateai-api-token", "sendbird-access-id", "sendbird-access-token",
        "sentry-access-token", "squarespace-access-token", "travisci-access-token",
        "twitch-api-token", "twitter-access-secret", "twitter-api-secret",
    ]

    static func secrets() throws -> [SyntheticCall] {
        try entries("dev.json").compactMap { entry in
            guard let rule = entry["rule"]?.stringValue, let form = entry["form"]?.stringValue,
                let secret = entry["secret"]?.stringValue, let arguments = entry["call"]?["args"]
            else { return nil }
            return SyntheticCall(rule: rule, form: form, secret: secret, arguments: arguments)
        }
    }

    static func benign() throws -> [JSONValue] {
        try entries("benign.json").compactMap { $0["call"]?["args"] }
    }

    private static func entries(_ name: String) throws -> [JSONValue] {
        let path = "\(folder ?? "")/secrets-synthetic/\(name)"
        let data = try Data(contentsOf: URL(fileURLWithPath: path))
        let limits = JSONLimits(bytesMax: 8 << 20)
        return try JSONValue(parsing: Array(data), limits: limits).arrayValue ?? []
    }
}
