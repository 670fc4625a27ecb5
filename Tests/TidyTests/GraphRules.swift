/// Which target may import which.
enum GraphRules {
    /// Each C library has one door.
    static let doors: [String: Set<String>] = [
        "CNcurses": ["Terminal"], "CTerminalGuard": ["Terminal"], "CCurl": ["CurlTransport"],
        "CSQLite": ["SQLiteDatabase"], "CTOML": ["SettingsFile"], "CCrypto": ["Cryptography"],
        "CYAML": ["PolicyFile"],
    ]

    /// The targets that `Package.swift` declares as pure; cryptography computes as well.
    static func pureTargets(_ manifest: SourceFile) -> Set<String> {
        var names: Set = ["Cryptography"]
        // The code is stripped of strings, so the name comes from the line as written.
        for line in manifest.lines.joined(separator: " ").split(separator: "pure(").dropFirst() {
            let parts = line.split(separator: "\"", maxSplits: 2, omittingEmptySubsequences: false)
            guard parts.count == 3, parts[0].allSatisfy(\.isWhitespace) else { continue }
            names.insert(String(parts[1]))
        }
        return names
    }

    static func strangeImports(_ file: SourceFile, pureTargets: Set<String>) -> [Finding] {
        guard file.isSource, let target = file.target, pureTargets.contains(target) else {
            return []
        }
        let allowed = pureTargets.union(target == "Cryptography" ? ["CCrypto"] : [])
        return imports(file).compactMap { line, module in
            guard !allowed.contains(module) else { return nil }
            return Finding(file.path, line, "\(target) is pure and may not import \(module)")
        }
    }

    static func sideDoors(_ file: SourceFile) -> [Finding] {
        guard file.isSource, let target = file.target else { return [] }
        return imports(file).compactMap { line, module in
            guard let door = doors[module], !door.contains(target) else { return nil }
            return Finding(file.path, line, "only \(door.sorted()) may import \(module)")
        }
    }

    private static func imports(_ file: SourceFile) -> [(line: Int, module: String)] {
        file.code.enumerated().compactMap { number, line in
            let words = FunctionSpans.words(line)
            guard let place = words.firstIndex(of: "import"), place + 1 < words.count else {
                return nil
            }
            // `import struct Module.Name` names the module after the kind.
            let kinds: Set = ["struct", "class", "enum", "protocol", "func", "var", "typealias"]
            let next = kinds.contains(words[place + 1]) ? place + 2 : place + 1
            return next < words.count ? (number + 1, words[next]) : nil
        }
    }
}

/// What may stand in the top folder.
enum TopFolderRules {
    static let expected: Set = [
        "Package.swift", "Sources", "Tests", "Themes", "Docs", "README.md", ".ci", ".gitignore",
        ".swift-format",
    ]

    /// What tools leave behind and `.gitignore` names.
    static let ignored: Set = [".git", ".swiftpm", "Package.resolved", "__pycache__"]

    static func strangers(_ top: [String]) -> [Finding] {
        top.filter { !expected.contains($0) && !ignored.contains($0) && !$0.hasPrefix(".build") }
            .map { Finding($0, 0, "does not belong into the top folder") }
    }
}
