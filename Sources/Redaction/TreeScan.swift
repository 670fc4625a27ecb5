import JSONTree

/// Walks a JSON value and looks through every name and text of it.
struct TreeScan {
    private(set) var found: [Finding] = []
    var budget: ScanBudget
    let depth: Int
    /// False where names describe values that stand elsewhere.
    let readsNames: Bool
    /// As many values as are hidden one by one, each with as many secrets as are marked in a text.
    static let foundMax = ScanReport.valuesMax * TextScan.foundMax
    /// The names on the way to the value that is looked at.
    private var path: [String] = []

    init(budget: ScanBudget, depth: Int, readsNames: Bool = true) {
        self.budget = budget
        self.depth = depth
        self.readsNames = readsNames
    }

    /// Looks through `value`, whose member's name says `key`.
    mutating func visit(
        _ value: JSONValue, at pointer: JSONPointer, named key: KeyName
    ) throws(ScanBudget.Exhausted) {
        path = pointer.tokens
        try look(at: value, key, around: .plain)
    }

    private mutating func look(
        at value: JSONValue, _ key: KeyName, around: KeyName
    ) throws(ScanBudget.Exhausted) {
        try budget.spend(8)
        switch value {
        case .null, .bool: break
        case .number(let number): try look(at: number, key)
        case .string(let text): try look(at: text, key, around: around)
        case .array(let elements): try look(at: elements, key, around: around)
        case .object(let object): try look(at: object, key, around: around)
        }
    }

    private mutating func look(
        at text: String, _ key: KeyName, around: KeyName
    ) throws(ScanBudget.Exhausted) {
        let bytes = Array(text.utf8)
        if let label = Self.label(of: key, or: around), Self.isValue(bytes) {
            try addWhole(.named, label, length: FindingMark.scalars(bytes[...]))
            return
        }
        var scan = TextScan(bytes, key: key, depth: depth, budget: budget)
        try scan.run()
        budget = scan.budget
        for finding in scan.found {
            try note(
                Finding(
                    pointer: JSONPointer(tokens: path), span: finding.span, kind: finding.kind,
                    label: finding.label, length: FindingMark.scalars(bytes[finding.span])))
        }
    }

    /// A name above counts where the own name says nothing.
    private static func label(of key: KeyName, or around: KeyName) -> String? {
        switch key {
        case .secret(let label), .token(let label): label
        case .plain, .hint: if case .secret(let label) = around { label } else { nil }
        case .identifier: nil
        }
    }

    /// Something to hide: not empty, and not the mere name of a secret kept elsewhere.
    private static func isValue(_ bytes: [UInt8]) -> Bool {
        let text = TextScan(bytes, key: .plain, depth: 0, budget: ScanBudget(steps: 0))
        return !bytes.isEmpty && !text.isReference(0..<bytes.count)
    }

    /// Keeps a finding; so many that nobody could look at them are as good as none looked for.
    private mutating func note(_ finding: Finding) throws(ScanBudget.Exhausted) {
        guard found.count < Self.foundMax else { throw ScanBudget.Exhausted() }
        try budget.spend(path.count)
        found.append(finding)
    }

    private mutating func look(
        at number: JSONNumber, _ key: KeyName
    ) throws(ScanBudget.Exhausted) {
        let digits = Array(number.text.utf8)
        switch key {
        case .secret(let label): try addWhole(.named, label, length: digits.count)
        case .token(let label) where digits.count >= 8:
            try addWhole(.named, label, length: digits.count)
        case .token, .hint, .identifier, .plain:
            guard digits.count >= 13 else { return }
            var scan = TextScan(digits, key: .identifier, depth: TextScan.depthMax, budget: budget)
            try scan.run()
            budget = scan.budget
            if let finding = scan.found.first {
                try addWhole(finding.kind, finding.label, length: digits.count)
            }
        }
    }

    private mutating func look(
        at elements: [JSONValue], _ key: KeyName, around: KeyName
    ) throws(ScanBudget.Exhausted) {
        var named = key
        for (index, element) in elements.enumerated() {
            path.append(String(index))
            try look(at: element, named, around: around)
            path.removeLast()
            named = key
            // `["--password", "…"]` and `["Authorization", "…"]`.
            if readsNames, case .string(let text) = element, text.utf8.count <= 64,
                elements.count == 2 || text.utf8.first == UInt8(ascii: "-"),
                !text.utf8.contains(UInt8(ascii: "="))
            {
                let flag = KeyName(Array(text.utf8))
                if flag.isSensitive { named = flag }
            }
        }
    }

    private mutating func look(
        at object: JSONObject, _ key: KeyName, around: KeyName
    ) throws(ScanBudget.Exhausted) {
        var around = around
        if case .secret = key { around = key }
        let named = readsNames ? Self.nameInside(object) : nil
        for member in object.members {
            let name = Array(member.name.utf8)
            try budget.spend(name.count)
            if name.count >= 16, try lookAtName(name) { return }
            var meaning = readsNames ? KeyName(name) : .identifier
            if meaning == .plain, let named, Self.valueNames.contains(member.name) {
                meaning = named
            }
            path.append(member.name)
            try look(at: member.value, meaning, around: around)
            path.removeLast()
        }
    }

    /// A secret in the place of a name hides the object around it; true when there is one.
    private mutating func lookAtName(_ name: [UInt8]) throws(ScanBudget.Exhausted) -> Bool {
        var scan = TextScan(name, key: .identifier, depth: TextScan.depthMax, budget: budget)
        try scan.run()
        budget = scan.budget
        guard let finding = scan.found.first else { return false }
        try addWhole(finding.kind, finding.label, length: 0)
        return true
    }

    /// `{"name": "DB_PASSWORD", "value": "…"}`: what the one member says about the other.
    private static func nameInside(_ object: JSONObject) -> KeyName? {
        guard object.count <= 8 else { return nil }
        for name in ["name", "key", "header", "variable", "field", "param"] {
            guard case .string(let text)? = object[name], text.utf8.count <= 128 else { continue }
            let meaning = KeyName(Array(text.utf8))
            if meaning.isSensitive { return meaning }
        }
        return nil
    }

    private static let valueNames: Set<String> = ["value", "val", "data", "content", "default"]

    private mutating func addWhole(
        _ kind: FindingKind, _ label: String, length: Int
    ) throws(ScanBudget.Exhausted) {
        try note(
            Finding(
                pointer: JSONPointer(tokens: path), span: nil, kind: kind, label: label,
                length: length))
    }
}

extension KeyName {
    /// True when the value is secret by its name alone.
    var isSensitive: Bool {
        switch self {
        case .secret, .token: true
        case .hint, .identifier, .plain: false
        }
    }
}
