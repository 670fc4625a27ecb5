import JSONTree

/// What an input holds: the closed list of names that a condition may read.
enum InputFacts {
    /// What stands below a name of the first level.
    private enum Part {
        /// One value.
        case value
        /// Whatever the agent sends.
        case anything
        /// These members and nothing else.
        case members([String])
    }

    private static let parts: [(name: String, part: Part)] = [
        ("tool", .value), ("args", .anything), ("edited", .anything),
        ("agent", .members(["id", "name", "owner", "groups"])),
        ("origin", .members(["framework", "run_id", "call_id", "session_id"])),
        ("context", .members(["summary", "reason", "preview"])),
        ("time", .members(["now"])), ("history", .members(history + ["seen"])),
        ("scan", .members(["found"])),
    ]

    /// What the store counts.
    private static let history = [
        "count_1h", "count_24h", "count_total", "approved_1h", "approved_24h", "rejected_1h",
        "rejected_24h", "same_1h", "same_24h", "first_seen",
    ]

    /// Why a path leads to nothing that an input can hold; nil when it may.
    static func problem(_ path: JSONPointer, mayReadEdits: Bool) -> String? {
        guard let root = path.tokens.first else {
            return "A condition reads a named part of the input, such as args.amount."
        }
        let shown = path.tokens.joined(separator: ".").cut
        guard let part = parts.first(where: { $0.name.utf8.elementsEqual(root.utf8) })?.part else {
            let nearest = NearestName.of(root, among: parts.map(\.name))
            let hint =
                nearest.map { "Did you mean \"\($0)\"?" }
                ?? "There are: \(parts.map(\.name).joined(separator: ", "))."
            return "The input has no part \"\(shown)\". \(hint)"
        }
        if root == "edited", !mayReadEdits {
            return "\"\(shown)\" is known in edit_limit only; a rule reads args."
        }
        if path.tokens.count == 3, root == "history", path.tokens[1] == "seen",
            SeenPath(path.tokens[2]) == nil
        {
            return "seen_before looks at a place in the arguments, such as args.iban."
        }
        switch part {
        case .anything: return nil
        case .value:
            return path.tokens.count == 1 ? nil : "\"\(root)\" is a text and has no parts."
        case .members(let names): return problem(path, shown, among: names)
        }
    }

    private static func problem(
        _ path: JSONPointer, _ shown: String, among names: [String]
    ) -> String? {
        guard path.tokens.count > 1 else { return nil }
        let name = path.tokens[1]
        guard !names.contains(where: { $0.utf8.elementsEqual(name.utf8) }) else { return nil }
        let whole = names.map { "\(path.tokens[0]).\($0)" }
        let nearest = NearestName.of(name, among: names)
        let hint =
            nearest.map { "Did you mean \"\(path.tokens[0]).\($0)\"?" }
            ?? "There are: \(whole.joined(separator: ", "))."
        return "The input has no part \"\(shown)\". \(hint)"
    }
}
