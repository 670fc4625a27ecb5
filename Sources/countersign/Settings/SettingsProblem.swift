import JSONTree
import SettingsFile

/// Why a value is not taken, before it is known where it stands.
struct SettingsMistake: Error, Hashable, Sendable {
    /// The names that lead to the value.
    var names: [String] = []
    /// What is wrong, in words that follow the name.
    var sentence: String
    var nextStep: String

    /// The value is something else than what is allowed.
    static func wrong(
        _ allowed: String, _ value: JSONValue, nearest: String? = nil
    ) -> SettingsMistake {
        SettingsMistake(
            sentence: "must be \(allowed), but is \(value.inWords).",
            nextStep: nearest.map { "Did you mean \"\($0)\"?" } ?? "Correct the value.")
    }

    /// The name means nothing here.
    static func unknown(_ name: String, among names: [String], noun: String) -> SettingsMistake {
        let nearest = NearestName.of(name, among: names)
        return SettingsMistake(
            sentence: "is no \(noun).",
            nextStep: nearest.map { "Did you mean \($0)?" } ?? otherwise(name))
    }

    /// After `[keys]` every line belongs to that table, also one that was meant for the whole file.
    private static func otherwise(_ name: String) -> String {
        if Settings.options.contains(where: { $0.isNamed(name) }) {
            return "\(name) is a setting of its own: put it above the first line with [ ]."
        }
        return "Remove it; `countersign settings show` lists what there is."
    }

    /// The same mistake, seen from one table further out.
    func below(_ name: String) -> SettingsMistake {
        var mistake = self
        mistake.names.insert(name, at: 0)
        return mistake
    }
}

/// Something wrong in a file of settings: where, what, and what to do.
struct SettingsProblem: Hashable, Sendable {
    let path: String
    /// The line, from 1, where it is known.
    let line: Int?
    /// The names that lead to the key; empty when the file as a whole is at fault.
    let names: [String]
    let sentence: String
    let nextStep: String

    /// A value that is not taken.
    init(_ mistake: SettingsMistake, _ document: SettingsDocument, path: String) {
        self.path = path
        let place = document.place(of: mistake.names) ?? document.place(of: [mistake.names[0]])
        line = place?.line
        names = mistake.names
        sentence = mistake.sentence
        nextStep = mistake.nextStep
    }

    /// A file that cannot be read at all.
    init(_ error: SettingsError, path: String) {
        self.path = path
        line = error.line
        names = []
        let place = error.column.map { "column \($0): " } ?? ""
        sentence = place + error.sentence + "."
        nextStep = "Correct the file."
    }

    /// A file that something else is wrong with.
    init(_ sentence: String, next nextStep: String, names: [String], line: Int?, path: String) {
        self.path = path
        self.line = line
        self.names = names
        self.sentence = sentence
        self.nextStep = nextStep
    }

    /// The dotted name of the key.
    var key: String? { names.isEmpty ? nil : names.joined(separator: ".") }

    /// The same for programs.
    var wire: JSONValue {
        [
            "line": line.map { .number(JSONNumber($0)) } ?? .null,
            "key": key.map { .string($0) } ?? .null,
            "sentence": .string(sentence), "next": .string(nextStep),
        ]
    }

    /// Everything in one line.
    var description: String {
        let place = path + (line.map { ", line \($0)" } ?? "") + ": "
        return place + (key.map { $0 + " " } ?? "") + sentence
    }
}

extension JSONValue {
    /// What it is, for a person: `"blue"`, `12`, `a table`.
    fileprivate var inWords: String {
        switch self {
        case .null: "nothing"
        case .bool(let flag): flag ? "true" : "false"
        case .number(let number): number.text
        case .string(let text):
            text.isEmpty ? "empty" : text.utf8.count <= 40 ? "\"\(text)\"" : "a long string"
        case .array: "a list"
        case .object: "a table"
        }
    }

    /// The value as TOML writes it on one line.
    var toml: String {
        switch self {
        case .null: "\"\""
        case .bool(let flag): flag ? "true" : "false"
        case .number(let number): number.text
        // A basic string of TOML is one of JSON.
        case .string: text(.compact)
        case .array(let values): "[" + values.map(\.toml).joined(separator: ", ") + "]"
        case .object(let object):
            object.isEmpty
                ? "{}"
                : "{ "
                    + object.members.map { "\(Self.tomlName($0.name)) = \($0.value.toml)" }
                    .joined(separator: ", ") + " }"
        }
    }

    /// A name as a key of TOML.
    static func tomlName(_ name: String) -> String {
        let isBare = name.utf8.allSatisfy { byte in
            (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte & 0xDF) || byte == 0x5F
                || byte == 0x2D
        }
        return isBare && !name.isEmpty ? name : JSONValue.string(name).text(.compact)
    }
}
