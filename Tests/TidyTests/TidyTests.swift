import Testing

/// The house style, held by a machine where a machine can.
@Suite struct TidyTests {
    let tree: SourceTree
    let pureTargets: Set<String>

    init() throws {
        tree = try SourceTree.here.get()
        let manifest = try #require(tree.files.first { $0.path == "Package.swift" })
        pureTargets = GraphRules.pureTargets(manifest)
    }

    @Test("The walk sees the repository it was built from")
    func walk() {
        let paths = Set(tree.files.map(\.path))
        #expect(paths.contains("Sources/JSONTree/JSONValue.swift"))
        #expect(paths.contains("Tests/TidyTests/TidyTests.swift"))
        #expect(pureTargets.isSuperset(of: ["JSONTree", "ControlPlane", "InboxViews", "Theming"]))
        #expect(pureTargets.isDisjoint(with: ["Terminal", "HTTPServer", "InboxShell"]))
    }

    @Test("A file has at most 400 lines, a main 150")
    func files() { expectNone(tree.files.flatMap(SizeRules.longFiles)) }

    @Test("A line has at most 100 columns, comments too")
    func lines() { expectNone(tree.files.flatMap(SizeRules.longLines)) }

    @Test("A function has at most 50 lines")
    func functions() { expectNone(tree.files.flatMap(SizeRules.longFunctions)) }

    @Test("A pure target imports pure targets only")
    func imports() {
        expectNone(tree.files.flatMap { GraphRules.strangeImports($0, pureTargets: pureTargets) })
    }

    @Test("Each C library has one door")
    func doors() { expectNone(tree.files.flatMap(GraphRules.sideDoors)) }

    @Test("No clock, chance or task in pure targets; no trap and no escape hatch in any source")
    func words() {
        expectNone(tree.files.flatMap { WordRules.bannedWords($0, pureTargets: pureTargets) })
    }

    @Test("A name says something")
    func names() { expectNone(tree.files.flatMap(WordRules.emptyNames)) }

    @Test("Nothing is put off in a comment")
    func promises() { expectNone(tree.files.flatMap(WordRules.promises)) }

    @Test("Nothing knows the machine it was written on")
    func machines() { expectNone(tree.files.flatMap(WordRules.machinePaths)) }

    @Test("The top folder holds what it should")
    func topFolder() { expectNone(TopFolderRules.strangers(tree.top)) }

    @Test("No offender is tolerated")
    func ratchet() { #expect(Ratchet.known.isEmpty) }

    private func expectNone(
        _ findings: [Finding], at location: SourceLocation = #_sourceLocation
    ) {
        for finding in findings where !Ratchet.known.contains(finding.path) {
            Issue.record("\(finding)", sourceLocation: location)
        }
    }
}
