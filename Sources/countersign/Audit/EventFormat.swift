import Approvals
import ArgumentParser
import Cryptography
import JSONTree

/// How events are written for other programs; each event is one line.
enum EventFormat: String, ExpressibleByArgument, CaseIterable {
    /// The line of the log itself.
    case jsonl
    /// OCSF 1.3, class API Activity.
    case ocsf
    /// ArcSight Common Event Format.
    case cef
    /// RFC 5424, facility log audit, with the line of the log as its message.
    case syslog
    /// RFC 4180, with a head.
    case csv

    /// What stands before the first event.
    var head: String? { self == .csv ? Self.columns.joined(separator: ",") : nil }

    private static let columns = [
        "seq", "ts", "type", "actor_kind", "actor", "subject_kind", "subject", "outcome", "basis",
        "policy", "id",
    ]

    /// One event.
    func line(_ event: JSONValue) throws(CanonicalFormError) -> String {
        let whole = String(decoding: try event.canonicalBytes(), as: UTF8.self)
        switch self {
        case .jsonl: return whole
        case .ocsf:
            return String(decoding: try Self.ocsf(event, whole).canonicalBytes(), as: UTF8.self)
        case .cef: return Self.cef(event)
        case .syslog: return Self.syslog(event, whole)
        case .csv: return Self.values(event).map(Self.quoted).joined(separator: ",")
        }
    }

    private static func values(_ event: JSONValue) -> [String] {
        [
            event["seq"]?.intValue.map { "\($0)" }, event["ts"]?.stringValue,
            event["type"]?.stringValue, event["actor"]?["kind"]?.stringValue,
            event["actor"]?["id"]?.stringValue, event["subject"]?["kind"]?.stringValue,
            event["subject"]?["id"]?.stringValue, event["outcome"]?.stringValue,
            event["provenance"]?["basis"]?.stringValue,
            event["provenance"]?["policy"]?["id"]?.stringValue, event["id"]?.stringValue,
        ].map { $0 ?? "" }
    }

    /// A value that no spreadsheet takes for a formula.
    private static func quoted(_ value: String) -> String {
        // By bytes: as characters, CR and LF beside each other are one.
        let isFormula = value.utf8.first.map { Array("=+-@\t\r\n".utf8).contains($0) } == true
        let text = isFormula ? "'" + value : value
        guard text.utf8.contains(where: { [0x22, 0x2C, 0x0A, 0x0D].contains($0) }) else {
            return text
        }
        return "\""
            + text.split(separator: "\"", omittingEmptySubsequences: false)
            .joined(separator: "\"\"") + "\""
    }

    private static func ocsf(_ event: JSONValue, _ whole: String) -> JSONValue {
        let fields = values(event)
        let isFailure = ["rejected", "refused", "failed", "unknown"].contains(fields[7])
        // The class wants to know where a call came from. The log keeps no addresses: the
        // endpoint is named by who it was.
        let source: JSONValue = ["svc_name": .string(fields[3]), "uid": .string(fields[4])]
        return [
            "activity_id": 99, "activity_name": .string(fields[2]),
            "actor": ["user": ["type": .string(fields[3]), "uid": .string(fields[4])]],
            "api": ["operation": .string(fields[2])], "category_uid": 6, "class_uid": 6_003,
            "metadata": [
                "log_name": event["log"] ?? .null,
                "product": ["name": "Countersign", "vendor_name": "Countersign"],
                "sequence": event["seq"] ?? .null, "uid": .string(fields[10]), "version": "1.3.0",
            ],
            "raw_data": .string(whole),
            "resources": [["type": .string(fields[5]), "uid": .string(fields[6])]],
            "severity_id": 1, "src_endpoint": source, "status": .string(fields[7]),
            "status_id": isFailure ? 2 : 1,
            "time": milliseconds(fields[1]).map { .number(JSONNumber($0)) } ?? .null,
            "time_dt": .string(fields[1]), "type_uid": 600_399,
        ]
    }

    private static func cef(_ event: JSONValue) -> String {
        let fields = values(event)
        let type = escaped(fields[2], "\\|")
        let extra = [
            ("externalId", fields[0]), ("rt", milliseconds(fields[1]).map { "\($0)" } ?? ""),
            ("suid", fields[4]),
            ("spriv", fields[3]), ("duid", fields[6]), ("outcome", fields[7]),
            ("reason", fields[8]), ("cs1Label", fields[9].isEmpty ? "" : "policy"),
            ("cs1", fields[9]),
        ]
        let tail = extra.filter { !$0.1.isEmpty }.map { "\($0.0)=\(escaped($0.1, "\\="))" }
        return "CEF:0|Countersign|countersignd|1|\(type)|\(type)|3|" + tail.joined(separator: " ")
    }

    /// The text with a backslash before each of some characters, and without line ends.
    private static func escaped(_ text: String, _ characters: String) -> String {
        text.unicodeScalars.map { scalar in
            if scalar == "\n" { return "\\n" }
            if scalar == "\r" { return "\\r" }
            return (characters.unicodeScalars.contains(scalar) ? "\\" : "") + String(scalar)
        }.joined()
    }

    /// Priority 109: facility 13, log audit; severity 5, notice.
    private static func syslog(_ event: JSONValue, _ whole: String) -> String {
        let fields = values(event)
        let host = (event["log"]?.stringValue ?? "").prefix { $0 != "/" }
        let time = milliseconds(fields[1]) == nil ? "-" : token(fields[1], 32)
        return "<109>1 \(time) \(token(String(host), 255)) countersign - \(token(fields[2], 32)) - "
            + whole
    }

    /// A word of the head of RFC 5424: printable ASCII without spaces; `-` for none.
    private static func token(_ text: String, _ countMax: Int) -> String {
        let bytes = text.utf8.prefix(countMax).map { (0x21...0x7E).contains($0) ? $0 : 0x3F }
        return bytes.isEmpty ? "-" : String(decoding: bytes, as: UTF8.self)
    }

    private static func milliseconds(_ text: String) -> Int64? {
        Timestamp(rfc3339: text)?.milliseconds
    }
}
