import JSONLogic
import JSONTree

/// The answer to one line of `countersign logic eval`.
struct LogicAnswer {
    let json: JSONValue
    /// False when the line was no rule with data at all.
    let isRead: Bool

    /// How deep a line may be; rules are limited further by the compiler.
    private static let depthMax = 200

    private init(json: JSONValue, isRead: Bool) {
        self.json = json
        self.isRead = isRead
    }

    init(_ line: LogicLines.Line, profile: LogicProfile) {
        guard case .whole(let bytes) = line else {
            self.init(
                unread: "limit",
                "A line has at most \(LogicLines.bytesMax) bytes; this one was "
                    + "skipped.")
            return
        }
        do {
            let limits = JSONLimits(bytesMax: LogicLines.bytesMax, depthMax: Self.depthMax)
            self.init(try JSONValue(parsing: bytes, limits: limits), profile)
        } catch {
            self.init(unread: "JSON", "Column \(error.column): \(error.reason).")
        }
    }

    private init(_ written: JSONValue, _ profile: LogicProfile) {
        guard let request = written.objectValue, let rule = request["rule"] else {
            self.init(unread: "request", "A line is an object with the members rule and data.")
            return
        }
        let known = ["rule", "data", "defs", "tables"]
        if let other = request.names.first(where: { name in !known.contains(name) }) {
            let shown = JSONValue.string(other).text(.compact)
            self.init(unread: "request", "There is no member \(shown) in a line.")
            return
        }
        let settings = LogicSettings(
            profile: profile, definitions: request["defs"]?.objectValue ?? [:],
            tables: request["tables"]?.objectValue ?? [:])
        self.init(rule, request["data"] ?? .null, settings)
    }

    private init(_ rule: JSONValue, _ data: JSONValue, _ settings: LogicSettings) {
        let json: JSONValue
        do {
            let program = try LogicProgram(rule, settings: settings)
            json = Self.json(program.evaluate(on: program.resolve(data)), settings.profile)
        } catch {
            json = Self.error("refused", error.pointer, error.sentence, in: error.definition)
        }
        self.init(json: json, isRead: true)
    }

    private init(unread type: String, _ message: String) {
        self.init(
            json: ["error": ["type": .string(type), "message": .string(message)]], isRead: false)
    }

    private static func json(_ outcome: LogicOutcome, _ profile: LogicProfile) -> JSONValue {
        switch outcome {
        case .value(let value): return ["result": value]
        case .indeterminate(let reason):
            // The suites compare errors member by member, so compat adds none.
            guard profile == .strict else { return ["error": reason.error] }
            guard reason.thrown == nil else { return ["error": reason.error] }
            return error(
                reason.kind.rawValue, reason.pointer, reason.sentence, in: reason.definition)
        }
    }

    private static func error(
        _ type: String, _ pointer: JSONPointer, _ message: String, in definition: String?
    ) -> JSONValue {
        var error: JSONObject = [
            "type": .string(type), "pointer": .string(pointer.description),
            "message": .string(message),
        ]
        if let definition { error["definition"] = .string(definition) }
        return ["error": .object(error)]
    }
}
