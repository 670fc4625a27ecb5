import Glibc
import JSONTree
import Redaction

/// How much the scanner finds in made-up calls, by kind, and what a call costs.
struct Scanning {
    private struct Call {
        let rule: String
        let secret: String
        let arguments: JSONValue
    }

    /// The kinds that have no form of their own; only their surroundings tell them from a word.
    private static let contextual: Set<String> = [
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

    private let secrets: [Call]
    private let benign: [JSONValue]
    private let scanner = RedactionScanner()

    /// Nil when the folder has no `secrets-synthetic`.
    init?(conformance folder: String) {
        guard let secrets = Self.entries("\(folder)/secrets-synthetic/dev.json"),
            let benign = Self.entries("\(folder)/secrets-synthetic/benign.json")
        else { return nil }
        self.secrets = secrets.compactMap { entry in
            guard let rule = entry["rule"]?.stringValue, let secret = entry["secret"]?.stringValue,
                let arguments = entry["call"]?["args"]
            else { return nil }
            return Call(rule: rule, secret: secret, arguments: arguments)
        }
        self.benign = benign.compactMap { $0["call"]?["args"] }
    }

    func run() {
        var tally: [String: (found: Int, all: Int)] = [:]
        for call in secrets {
            let kind = Self.contextual.contains(call.rule) ? "(contextual) " : ""
            let isFound = isHidden(call)
            for name in [kind + call.rule, kind.isEmpty ? "* own form" : "* contextual"] {
                let before = tally[name] ?? (0, 0)
                tally[name] = (before.found + (isFound ? 1 : 0), before.all + 1)
            }
        }
        for (name, count) in tally.sorted(by: { $0.key < $1.key }) {
            let share = Double(count.found) / Double(max(1, count.all))
            let floor = name == "* own form" ? "95 %" : name == "* contextual" ? "80 %" : ""
            Table.add("recall, \(name)", Table.fixed(100 * share, 1) + " %", floor: floor)
        }
        let hits = benign.count { !scanner.report(on: $0).findings.isEmpty }
        let share = Double(hits) / Double(max(1, benign.count))
        Table.add("false positives", Table.fixed(100 * share, 2) + " %", floor: "0.5 %")
        time()
    }

    private func isHidden(_ call: Call) -> Bool {
        let report = scanner.report(on: call.arguments)
        return report.pointers.contains { pointer in
            guard case .string(let text)? = call.arguments[pointer],
                let masked = report.maskedText(text, at: pointer)
            else { return true }
            return !Self.contains(masked, call.secret)
        }
    }

    private static func contains(_ text: String, _ part: String) -> Bool {
        let bytes = Array(text.utf8)
        let wanted = Array(part.utf8)
        guard bytes.count >= wanted.count else { return false }
        return (0...(bytes.count - wanted.count)).contains {
            bytes[$0..<($0 + wanted.count)].elementsEqual(wanted)
        }
    }

    private func time() {
        var sample = Sample()
        for arguments in secrets.map(\.arguments) + benign {
            let start = Self.nanoseconds()
            let count = scanner.report(on: arguments).findings.count
            sample.add(Double(Self.nanoseconds() - start + Int64(count & 0)) / 1_000_000)
        }
        Table.add(
            "a call, p50 / p99, ms",
            Table.fixed(sample.median, 4) + " / " + Table.fixed(sample.percentile(99), 4),
            floor: "0.2")
    }

    private static func nanoseconds() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }

    private static func entries(_ path: String) -> [JSONValue]? {
        guard let file = fopen(path, "r") else { return nil }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = fread(&chunk, 1, chunk.count, file)
            guard count > 0 else { break }
            bytes += chunk[..<count]
        }
        do {
            return try JSONValue(parsing: bytes, limits: JSONLimits(bytesMax: 8 << 20)).arrayValue
        } catch {
            return nil
        }
    }
}
