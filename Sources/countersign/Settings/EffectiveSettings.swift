import JSONTree

/// What every setting is in the end, and where that comes from.
struct EffectiveSettings: Sendable {
    /// Where a value comes from.
    enum Source: Hashable, Sendable {
        /// Nobody said anything.
        case usual
        /// A line of the file.
        case file(line: Int)
        /// A variable of the environment.
        case variable(String)

        /// For a person.
        var words: String {
            switch self {
            case .usual: "default"
            case .file(let line): line > 0 ? "file, line \(line)" : "file"
            case .variable(let name): "environment, \(name)"
            }
        }

        fileprivate var wire: [(String, JSONValue)] {
            switch self {
            case .usual: [("from", "default")]
            case .file(let line): [("from", "file"), ("line", .number(JSONNumber(line)))]
            case .variable(let name): [("from", "environment"), ("variable", .string(name))]
            }
        }
    }

    /// One setting.
    struct Row: Sendable {
        let name: String
        /// Nil when it has none. A value that could hold a secret has only its first word.
        let value: JSONValue?
        let source: Source

        /// The value as a file would have it.
        var words: String { value?.toml ?? "(none)" }
    }

    let path: String
    let rows: [Row]

    /// `variable` gives the value of a variable of the environment.
    init(_ loaded: LoadedSettings, variable: (String) -> String?) {
        path = loaded.settings.path
        rows = Settings.options.map { Self.row($0, loaded, variable) }
    }

    private static func row(
        _ option: SettingsOption, _ loaded: LoadedSettings, _ variable: (String) -> String?
    ) -> Row {
        let value = option.value(loaded.settings)
        if let named = option.variable, let text = variable(named.name),
            named.replaced == nil || named.replaced == value?.stringValue
        {
            return Row(
                name: option.name, value: .string(named.meaning ?? text),
                source: .variable(named.name))
        }
        let isWrong = loaded.problems.contains { $0.names.first == option.name }
        let line = isWrong ? nil : loaded.lines[option.name]
        return Row(
            name: option.name, value: option.isHidden ? value.flatMap(firstWord) : value,
            source: line.map { .file(line: $0) } ?? .usual)
    }

    /// The program of a command; its arguments could be a secret.
    private static func firstWord(_ value: JSONValue) -> JSONValue? {
        guard let words = value.arrayValue else { return "hidden" }
        guard words.count > 1, let first = words.first else { return value }
        return [first, .string("(\(words.count - 1) hidden)")]
    }

    /// The same for programs.
    var wire: JSONValue {
        let settings = rows.map { row in
            let pairs: [(String, JSONValue)] = [
                ("name", .string(row.name)), ("value", row.value ?? .null),
            ]
            return JSONValue.object(JSONObject(pairs + row.source.wire))
        }
        return ["path": .string(path), "settings": .array(settings)]
    }
}
