import JSONLogic
import JSONTree
import Testing

@Suite struct ReadingTests {
    @Test("A rule reads the input through paths that are known before it runs")
    func paths() throws {
        let program = try LogicProgram(["<": [["var": "args.amount"], 300]])
        #expect(program.paths.map(\.description) == ["/args/amount"])
        #expect(program.truth(on: program.resolve(["args": ["amount": 299]])) == .yes)
        #expect(program.truth(on: program.resolve(["args": ["amount": 300]])) == .no)
        #expect(program.truth(on: program.resolve(["args": [:]])) == .indeterminate)
    }
}
