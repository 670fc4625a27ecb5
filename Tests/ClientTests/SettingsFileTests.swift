import Glibc
import JSONTree
import SettingsFile
import Testing

/// Goal: settings are TOML 1.0, and what is wrong with them is said with its place.
struct SettingsFileTests {
    @Test func readsEveryKind() throws {
        let value = try SettingsFile.parse(
            #"""
            # A comment.
            url = "https://example.com"
            poll_s = 5
            large = 9223372036854775807
            share = 0.1
            whole = 1.0
            bell = true
            since = 2026-01-31T12:00:00Z
            text = "quote \" \\ tab \t escape \u001b é 😀"
            list = [1, [2, 3], {a = 1}]
            [keys."a b"]
            down = ["j", "Down"]
            [[theme]]
            name = "one"
            [[theme]]
            name = "two"
            """#)
        let expected = try JSONValue(
            parsing: #"""
                {"bell":true,"keys":{"a b":{"down":["j","Down"]}},"large":9223372036854775807,
                 "list":[1,[2,3],{"a":1}],"poll_s":5,"share":0.1,"since":"2026-01-31T12:00:00Z",
                 "text":"quote \" \\ tab \t escape \u001b é 😀",
                 "theme":[{"name":"one"},{"name":"two"}],"url":"https://example.com","whole":1}
                """#)
        #expect(value == expected)
        #expect(try SettingsFile.parse("") == [:])
    }

    @Test(arguments: [
        ("a = 1\na = 2", 2, "cannot redefine"), ("a = \nb = 1", 1, "expected value"),
        ("x = 99999999999999999999", 1, "not representable"), ("[a\n", 1, ""), ("a = 'b", 1, ""),
    ])
    func malformed(text: String, line: Int, words: String) throws {
        let error = #expect(throws: SettingsError.self) { try SettingsFile.parse(text) }
        #expect(error?.line == line)
        #expect(error?.column ?? 0 > 0)
        #expect(error?.sentence.contains(words) == true)
        #expect(error?.description.hasPrefix("line \(line), column ") == true)
    }

    /// Method: each of these would nest tables so deep that walking them overflows the stack.
    @Test(arguments: [
        String(repeating: "a.", count: 30_000) + "a = 1",
        "a = " + String(repeating: "[", count: 30_000),
        "a = " + String(repeating: "{b = ", count: 10_000),
        String(repeating: "a.", count: 100) + "a = 1",
        String(repeating: "a = [{\n" + String(repeating: "b.", count: 200), count: 16),
    ])
    func deep(text: String) {
        #expect(throws: SettingsError.self) { try SettingsFile.parse(text) }
    }

    @Test func boundsSize() {
        let comment = "#" + String(repeating: "x", count: SettingsFile.bytesMax)
        #expect(throws: SettingsError.self) { try SettingsFile.parse(comment) }
    }

    @Test func readsFiles() throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/settings.toml"
        #expect(try SettingsFile.read(path: path) == nil)
        try folder.write("settings.toml", "a = 1", mode: 0o644)
        #expect(try SettingsFile.read(path: path) == ["a": 1])
        symlink(path, folder.path + "/link.toml")
        #expect(try SettingsFile.read(path: folder.path + "/link.toml") == ["a": 1])
    }

    @Test func refusesFilesOfOthers() throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/settings.toml"
        try folder.write("settings.toml", "a = 1", mode: 0o666)
        let error = #expect(throws: SettingsError.self) { try SettingsFile.read(path: path) }
        #expect(error?.path == path)
        #expect(error?.sentence.contains("mode 666") == true)
        #expect(throws: SettingsError.self) { try SettingsFile.read(path: folder.path) }
        try folder.write("broken.toml", "\n = 1", mode: 0o600)
        let broken = #expect(throws: SettingsError.self) {
            try SettingsFile.read(path: folder.path + "/broken.toml")
        }
        #expect(broken?.description.hasPrefix(folder.path + "/broken.toml: line 2, ") == true)
    }
}

/// A folder of its own for one test, gone afterwards.
final class TemporaryFolder: Sendable {
    let path: String

    init() throws {
        var template = Array("/tmp/countersign-test-XXXXXX".utf8CString)
        let made = try #require(mkdtemp(&template))
        path = String(cString: made)
    }

    deinit {
        remove(below: path)
    }

    func write(_ name: String, _ text: String, mode: mode_t) throws {
        let file = try #require(fopen(path + "/" + name, "w"))
        fputs(text, file)
        fclose(file)
        chmod(path + "/" + name, mode)
    }

    /// The permission bits of a name in the folder.
    func mode(_ name: String) -> mode_t? {
        var facts = stat()
        return lstat(path + "/" + name, &facts) == 0 ? facts.st_mode & 0o7777 : nil
    }

    func names() throws -> [String] {
        try #require(Self.names(in: path)).sorted()
    }

    private static func names(in path: String) -> [String]? {
        guard let folder = opendir(path) else { return nil }
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names
    }

    private func remove(below path: String) {
        var facts = stat()
        if lstat(path, &facts) == 0, facts.st_mode & S_IFMT == S_IFDIR {
            for name in Self.names(in: path) ?? [] {
                remove(below: path + "/" + name)
            }
        }
        Glibc.remove(path)
    }
}
