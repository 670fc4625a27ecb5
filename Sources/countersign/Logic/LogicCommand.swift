import ArgumentParser
import JSONLogic
import JSONTree

/// `countersign logic`.
struct LogicCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "logic", abstract: "Try the rules that policies are made of.",
        discussion: """
            Rules are JSONLogic: a JSON object whose one member is an operator and its operands. \
            Docs/JSONLogic.md names every operator with an example.

            \(ExitStatus.discussion())
            """,
        subcommands: [LogicEvalCommand.self])
}

/// `countersign logic eval`.
struct LogicEvalCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "eval", abstract: "Evaluate rules over data, one JSON line after the other.",
        discussion: """
            Each line of standard input is an object {"rule": ..., "data": ...}; "defs" and \
            "tables" may stand beside them, as in a policy. Each is answered at once with one \
            line, {"result": ...} or {"error": {"type": ..., "pointer": ..., "message": ...}}.

              echo '{"rule": {">": [{"var": "n"}, 1]}, "data": {"n": 2}}' | countersign logic eval

            In strict, as in policies, a field that is missing, null or of another type is an \
            error. In compat the coercions of the public suites hold, and an error has the type \
            that these give it.

            A line that is no such object, or has more than \(LogicLines.bytesMax) bytes, is \
            answered with an error too; the next one is read all the same, and the command ends \
            with \(ExitStatus.badInput.rawValue).

            \(ExitStatus.discussion(.badInput))
            """)

    @Option(
        name: .long, help: "How rules are read: strict or compat.",
        transform: { text throws(ValidationError) in
            guard let profile = LogicProfile(rawValue: text) else {
                throw ValidationError("The profile is strict or compat, not \(text).")
            }
            return profile
        })
    var profile: LogicProfile = .strict

    func run() throws {
        var lines = LogicLines()
        var isEveryLineRead = true
        while let line = try lines.next() {
            let answer = LogicAnswer(line, profile: profile)
            isEveryLineRead = isEveryLineRead && answer.isRead
            Output.json(answer.json)
        }
        guard isEveryLineRead else { throw ExitCode(ExitStatus.badInput.rawValue) }
    }
}
