import Audit
import JSONTree
import Testing

@testable import countersign

/// Goal: no value of an event, however hostile, adds a line, a field or a formula to another
/// program's input.
struct EventFormatTests {
    private static let hostile = [
        "=cmd|'/c calc'!A1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "a,b", "a\"b", "a\nb",
        "a\r\nb", "a|b", "a\\b", "a=b", "a b", "a] [b", "\u{7}\u{1B}[2J", "\u{85}", "\u{2028}", "é",
        "<34>1 forged", "CEF:0|x", "",
    ]

    private func event(_ text: String) -> JSONValue {
        let value = JSONValue.string(text)
        return [
            "actor": ["id": value, "kind": value], "id": value,
            "log": .string(text + "/countersign/t"), "outcome": value,
            "provenance": ["basis": value, "policy": ["id": value]], "seq": 7,
            "subject": ["id": value, "kind": value], "ts": "2026-11-22T09:04:11.719Z",
            "type": value,
        ]
    }

    /// The fields of one record of RFC 4180.
    private func fields(_ record: String) -> [String] {
        var fields = [""]
        var isQuoted = false
        for scalar in record.unicodeScalars {
            switch scalar {
            case "\"": isQuoted.toggle()
            case "," where !isQuoted: fields.append("")
            default: fields[fields.count - 1].unicodeScalars.append(scalar)
            }
        }
        return isQuoted ? [] : fields
    }

    /// Goal: no type of event comes out nameless, cut off or as another one.
    @Test(arguments: EventType.allCases)
    func everyTypeIsNamedInEveryFormat(_ type: EventType) throws {
        let name = type.rawValue
        let event = event("x").settingType(name)
        #expect(try fields(EventFormat.csv.line(event))[2] == name)
        let ocsf = try JSONValue(parsing: Array(EventFormat.ocsf.line(event).utf8))
        #expect(ocsf["activity_name"]?.stringValue == name)
        #expect(ocsf["api"]?["operation"]?.stringValue == name)
        #expect(try EventFormat.cef.line(event).contains("|\(name)|\(name)|"))
        #expect(try EventFormat.syslog.line(event).contains(" countersign - \(name) - "))
        #expect(try EventFormat.jsonl.line(event).contains("\"type\":\"\(name)\""))
    }

    @Test(arguments: hostile)
    func aSpreadsheetGetsElevenFieldsAndNoFormula(_ text: String) throws {
        let fields = fields(try EventFormat.csv.line(event(text)))
        #expect(fields.count == 11)
        for field in fields {
            let first = field.unicodeScalars.first ?? "x"
            #expect(!"=+-@\t\r\n".unicodeScalars.contains(first), "\(field)")
        }
    }

    @Test(arguments: hostile)
    func eventsStayOneLineWithTheirFields(_ text: String) throws {
        for format in [EventFormat.jsonl, .ocsf, .cef, .syslog] {
            let line = try format.line(event(text))
            #expect(!line.utf8.contains(0x0A) && !line.utf8.contains(0x0D), "\(format)")
        }
        let cef = Array(try EventFormat.cef.line(event(text)).unicodeScalars)
        let bars = cef.indices.filter { place in
            let before = cef[..<place].reversed().prefix { $0 == "\\" }
            return cef[place] == "|" && before.count % 2 == 0
        }
        // What follows the seventh bar is the extension, where a bar means nothing.
        #expect(bars.count >= 7)
        let head = String(String.UnicodeScalarView(cef[...bars[6]]))
        #expect(head.hasPrefix("CEF:0|Countersign|countersignd|1|") && head.hasSuffix("|3|"))
        let syslog = try EventFormat.syslog.line(event(text))
        let words = syslog.split(separator: " ", maxSplits: 7, omittingEmptySubsequences: false)
        #expect(words.count == 8 && words[0] == "<109>1" && words[3] == "countersign")
        #expect(words[1] == "2026-11-22T09:04:11.719Z" && words[7].hasPrefix("{"))
        #expect(words[..<7].allSatisfy { $0.utf8.allSatisfy { (0x21...0x7E).contains($0) } })
    }

    /// Method: the members that OCSF 1.3.0 requires of class 6003, and of the objects in it.
    @Test func whatTheClassRequiresIsThere() throws {
        let line = try EventFormat.ocsf.line(event("x"))
        let json = try JSONValue(parsing: Array(line.utf8))
        for name in [
            "activity_id", "actor", "api", "category_uid", "class_uid", "metadata", "severity_id",
            "src_endpoint", "time", "type_uid",
        ] {
            #expect(json[name] != nil && json[name] != .null, "\(name)")
        }
        #expect(json["time"]?.intValue == 1_795_338_251_719)
        #expect(json["type_uid"]?.intValue == 600_399)
        #expect(json["api"]?["operation"]?.stringValue == "x")
        #expect(json["src_endpoint"]?["svc_name"]?.stringValue == "x")
        #expect(json["metadata"]?["version"]?.stringValue == "1.3.0")
        #expect(json["metadata"]?["product"]?["vendor_name"]?.stringValue == "Countersign")
        #expect(json["actor"]?["user"]?["uid"]?.stringValue == "x")
    }
}

extension JSONValue {
    fileprivate func settingType(_ name: String) -> JSONValue {
        guard var object = objectValue else { return self }
        object["type"] = .string(name)
        return .object(object)
    }
}
