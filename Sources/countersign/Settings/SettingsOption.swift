import JSONTree

/// One key of `settings.toml`: everything that reading, checking, showing and documenting it
/// needs.
struct SettingsOption: Sendable {
    /// When a changed value counts.
    enum Taking: String, Sendable {
        /// In the running inbox, as soon as the file is saved.
        case atOnce = "at once"
        /// When the program starts again.
        case atStart = "at the next start"
    }

    /// The name in the file.
    let name: String
    /// What may be written, in words: `true or false`.
    let allowed: String
    /// One sentence, or a few, for a person.
    let help: String
    /// A value as the file would have it.
    let example: String
    /// The variable of the environment that goes before the file.
    let variable: SettingsVariable?
    /// When a changed value counts.
    let taking: Taking
    /// True when the value could hold a secret: only its first word is ever shown.
    let isHidden: Bool
    /// Takes a value of the file into the settings.
    let take: @Sendable (JSONValue, inout Settings) throws(SettingsMistake) -> Void
    /// The value that the settings have; nil when they have none.
    let value: @Sendable (Settings) -> JSONValue?

    /// A key that always has a value.
    init<Value>(
        _ name: String, _ place: any WritableKeyPath<Settings, Value> & Sendable,
        _ kind: SettingsKind<Value>, help: String, example: String? = nil,
        variable: SettingsVariable? = nil, taking: Taking = .atOnce, isHidden: Bool = false
    ) {
        self.name = name
        self.allowed = kind.allowed
        self.help = help
        self.example = example ?? kind.write(Settings()[keyPath: place]).toml
        self.variable = variable
        self.taking = taking
        self.isHidden = isHidden
        take = { value, settings throws(SettingsMistake) in
            settings[keyPath: place] = try kind.read(value)
        }
        value = { kind.write($0[keyPath: place]) }
    }

    /// A key that has no value until it is given one.
    init<Value>(
        _ name: String, _ place: any WritableKeyPath<Settings, Value?> & Sendable,
        _ kind: SettingsKind<Value>, help: String, example: String,
        variable: SettingsVariable? = nil, taking: Taking = .atOnce, isHidden: Bool = false
    ) {
        self.name = name
        self.allowed = kind.allowed
        self.help = help
        self.example = example
        self.variable = variable
        self.taking = taking
        self.isHidden = isHidden
        take = { value, settings throws(SettingsMistake) in
            settings[keyPath: place] = try kind.read(value)
        }
        value = { $0[keyPath: place].map(kind.write) }
    }

    /// A key whose value is taken in the light of other keys.
    init(
        _ name: String, allowed: String, help: String, example: String,
        take: @escaping @Sendable (JSONValue, inout Settings) throws(SettingsMistake) -> Void,
        value: @escaping @Sendable (Settings) -> JSONValue?
    ) {
        self.name = name
        self.allowed = allowed
        self.help = help
        self.example = example
        variable = nil
        taking = .atOnce
        isHidden = false
        self.take = take
        self.value = value
    }

    /// True when the value is a table, which a file has below a line of its own.
    var isTable: Bool { example.hasPrefix("{") }

    /// Names are told apart by their bytes.
    func isNamed(_ other: String) -> Bool { name.utf8.elementsEqual(other.utf8) }
}

/// A variable of the environment that goes before a key.
struct SettingsVariable: Sendable, ExpressibleByStringLiteral {
    let name: String
    /// The value that it stands for; nil when it is the variable's own.
    let meaning: String?
    /// The only value that it goes before; nil when it goes before any.
    let replaced: String?

    init(_ name: String, means meaning: String, insteadOf replaced: String) {
        self.name = name
        self.meaning = meaning
        self.replaced = replaced
    }

    init(stringLiteral name: String) {
        self.name = name
        meaning = nil
        replaced = nil
    }
}

/// Keys about one topic.
struct SettingsSection: Sendable {
    let title: String
    /// What the topic is, in one sentence.
    let abstract: String
    let options: [SettingsOption]

    init(_ title: String, _ abstract: String, _ options: [SettingsOption]) {
        self.title = title
        self.abstract = abstract
        self.options = options
    }
}
