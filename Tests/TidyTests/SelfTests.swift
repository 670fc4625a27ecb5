import Testing

/// Every rule is shown a file that breaks it and one that does not: a rule that cannot fail is
/// none.
@Suite struct SelfTests {
    private let pure: Set = ["Pure", "Deeper"]

    private func source(_ text: String, in target: String = "Pure") -> SourceFile {
        SourceFile(path: "Sources/\(target)/File.swift", text: text)
    }

    @Test("Files: 400 lines pass, 401 do not; a main may have 150")
    func files() {
        let line = "let x = 1\n"
        #expect(SizeRules.longFiles(source(String(repeating: line, count: 400))).isEmpty)
        #expect(SizeRules.longFiles(source(String(repeating: line, count: 401))).count == 1)
        let main = SourceFile(
            path: "Sources/program/main.swift", text: String(repeating: line, count: 151))
        #expect(SizeRules.longFiles(main).count == 1)
    }

    @Test("Lines: columns are counted, not bytes, and comments count")
    func lines() {
        #expect(SizeRules.longLines(source(String(repeating: "x", count: 100))).isEmpty)
        #expect(SizeRules.longLines(source("// " + String(repeating: "x", count: 98))).count == 1)
        #expect(SizeRules.longLines(source("// " + String(repeating: "ü", count: 97))).isEmpty)
    }

    @Test(
        "Functions: braces in strings and comments do not count",
        arguments: [
            ("func f() {\n", 48, 0), ("func f() {\n", 49, 1), ("init(\n    a: Int\n) {\n", 47, 1),
            ("var x: Int {\n", 49, 1), ("func f() { // {{{\n", 48, 0), ("deinit {\n", 49, 1),
            ("func f() { let s = \"}\"\n", 49, 1), ("protocol P { func f() }\n", 60, 0),
        ])
    func functions(_ opening: String, _ body: Int, _ findings: Int) {
        let text = opening + String(repeating: "    run()\n", count: body) + "}\n"
        #expect(SizeRules.longFunctions(source(text)).count == findings)
    }

    @Test("Functions: what follows a requirement without a body is not its body")
    func requirements() {
        let text =
            "protocol P {\n    func f()\n    var g: Int { get }\n}\nstruct S {\n"
            + String(repeating: "    let x: Int\n", count: 60) + "}\n"
        #expect(SizeRules.longFunctions(source(text)).isEmpty)
    }

    @Test(
        "Imports: a pure target may import a pure one, in any form of import",
        arguments: [
            ("import Deeper", 0), ("public import Deeper", 0), ("import Foundation", 1),
            ("public import Terminal", 1), ("import struct Terminal.Key", 1),
            ("// import Terminal", 0),
        ])
    func imports(_ text: String, _ findings: Int) {
        #expect(GraphRules.strangeImports(source(text), pureTargets: pure).count == findings)
        let adapter = source(text, in: "Adapter")
        #expect(GraphRules.strangeImports(adapter, pureTargets: pure).isEmpty)
    }

    @Test("The pure targets are read from the manifest")
    func manifest() {
        let manifest = SourceFile(
            path: "Package.swift",
            text: "func pure(_ name: String)\npure(\"One\"),\n    pure(\n        \"Two\", [])")
        #expect(GraphRules.pureTargets(manifest) == ["Cryptography", "One", "Two"])
    }

    @Test("Doors: ncurses has one user")
    func doors() {
        #expect(GraphRules.sideDoors(source("import CNcurses", in: "Terminal")).isEmpty)
        #expect(GraphRules.sideDoors(source("import CNcurses", in: "InboxShell")).count == 1)
    }

    @Test(
        "Words: each banned word is found as a word of code",
        arguments: [
            ("let d = Date()", 1), ("Task { }", 1), ("print(1)", 1), ("fingerprint(1)", 0),
            ("let subTask = 1", 0), ("// Task", 0), ("let s = \"Task\"", 0),
            ("let s = \"\\(Task.x)\"", 1), ("fatalError()", 1), ("try! x()", 1), ("x as! Y", 1),
            ("x as? Y", 0), ("nonisolated(unsafe) var x", 1), ("let s = #\"\" Task \"#", 0),
            ("let s = \"\"\"\n  Task \" x\n  \"\"\"", 0), ("/* a /* b */ Task */", 0),
        ])
    func words(_ text: String, _ findings: Int) {
        #expect(WordRules.bannedWords(source(text), pureTargets: pure).count == findings)
    }

    @Test("Words: an adapter may have tasks, and no test may sleep")
    func places() {
        let task = source("Task { }", in: "Adapter")
        #expect(WordRules.bannedWords(task, pureTargets: pure).isEmpty)
        let test = SourceFile(path: "Tests/SomeTests/T.swift", text: "usleep(1)")
        #expect(WordRules.bannedWords(test, pureTargets: pure).count == 1)
    }

    @Test(
        "Names: an ending that says nothing is found in declarations only",
        arguments: [
            ("struct StoreManager {}", 1), ("enum Utils {}", 1), ("struct Store {}", 0),
            ("let m = FileManager.default", 0),
        ])
    func names(_ text: String, _ findings: Int) {
        #expect(WordRules.emptyNames(source(text)).count == findings)
    }

    @Test("Promises: found in comments, since that is where they are made")
    func promises() {
        let word = "TO" + "DO"
        #expect(WordRules.promises(source("// \(word): later")).count == 1)
        #expect(WordRules.promises(source("// to do, said nobody")).isEmpty)
    }

    @Test("Paths of one machine are found; parts of longer paths and addresses are not")
    func machines() {
        let home = "/" + "home/"
        #expect(WordRules.machinePaths(source("let p = \"\(home)me\"")).count == 1)
        #expect(WordRules.machinePaths(source("cd \(home)me")).count == 1)
        #expect(WordRules.machinePaths(source("https://x.test\(home)me")).isEmpty)
        #expect(WordRules.machinePaths(source("$TOP/var\(home)me")).isEmpty)
    }

    @Test("Strangers in the top folder are found; what tools leave behind is not")
    func strangers() {
        #expect(TopFolderRules.strangers(["Sources", ".build-release", "README.md"]).isEmpty)
        #expect(TopFolderRules.strangers(["Makefile", "scripts", "Sources"]).count == 2)
    }
}
