import JSONLogic
import JSONTree

/// What a rule lets a changed call be: a condition over the changed and the original arguments.
package struct EditLimit: Sendable {
    /// The condition in words.
    package let words: String
    /// The first place of the arguments that it speaks about.
    let pointer: JSONPointer
    /// Nil when this program does not understand it; the server holds the edit against it anyway.
    private let program: LogicProgram?

    init(_ condition: JSONValue) {
        words = ConditionWords.text(condition)
        do {
            program = try LogicProgram(condition)
        } catch {
            program = nil
        }
        let edited = program?.paths.first { $0.tokens.first == "edited" }
        pointer = edited.map { JSONPointer(tokens: Array($0.tokens.dropFirst())) } ?? .root
    }

    /// True when the changed arguments are certainly past it; a doubt is left to the server.
    func isBroken(by edited: JSONValue, from original: JSONValue) -> Bool {
        guard let program, edited != original else { return false }
        let input: JSONValue = ["args": original, "edited": edited]
        return program.truth(on: program.resolve(input)) == .no
    }
}
