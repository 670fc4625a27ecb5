import Foundation

/// One text file of the repository, read once.
struct SourceFile: Sendable {
    /// From the top of the repository, with `/` between folders.
    let path: String
    let lines: [String]
    /// The lines without comments and without the inside of string literals; Swift only.
    let code: [String]

    init(path: String, text: String) {
        self.path = path
        lines = Self.split(text)
        code = path.hasSuffix(".swift") ? Self.split(CodeText.stripped(text)) : []
    }

    /// The folder under `Sources` or `Tests`; nil for what stands elsewhere.
    var target: String? {
        let parts = path.split(separator: "/")
        guard parts.count > 2, parts[0] == "Sources" || parts[0] == "Tests" else { return nil }
        return String(parts[1])
    }

    var isSource: Bool { path.hasPrefix("Sources/") }
    var isSwift: Bool { path.hasSuffix(".swift") }

    private static func split(_ text: String) -> [String] {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        if lines.last == "" { lines.removeLast() }
        return lines
    }
}

/// The repository this test was built from.
struct SourceTree: Sendable {
    let files: [SourceFile]
    /// What stands in the top folder.
    let top: [String]

    /// Reads the repository that holds this very file, once for all tests.
    static let here: Result<SourceTree, any Error> = Result { try SourceTree(reading: topFolder) }

    private static let topFolder = URL(filePath: #filePath).resolvingSymlinksInPath()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    private static let endings: Set = [
        "swift", "c", "h", "cpp", "py", "md", "yaml", "toml", "sh", "modulemap", "js",
    ]

    private init(reading folder: URL) throws {
        let manager = FileManager.default
        top = try manager.contentsOfDirectory(atPath: folder.path(percentEncoded: false)).sorted()
        var found = ["Package.swift", "README.md"]
        for name in ["Sources", "Tests", "Docs", "Themes", ".ci"] {
            let root = folder.appending(path: name).resolvingSymlinksInPath()
            let paths = try manager.subpathsOfDirectory(atPath: root.path(percentEncoded: false))
            found += paths.map { "\(name)/\($0)" }
        }
        files = try found.filter(Self.isText).sorted().map { path in
            let text = try String(contentsOf: folder.appending(path: path), encoding: .utf8)
            return SourceFile(path: path, text: text)
        }
    }

    private static func isText(_ path: String) -> Bool {
        guard let name = path.split(separator: "/").last else { return false }
        guard let dot = name.lastIndex(of: ".") else {
            return ["run", "install-packages"].contains(name)
        }
        return endings.contains(String(name[name.index(after: dot)...]))
    }
}
