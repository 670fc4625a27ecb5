import Cryptography
import JSONTree
import Policies
import PolicyFile
import TextGrid

/// A policy that somebody named: the text of a file, or of standard input for `-`.
struct PolicySource {
    /// What it is called in sentences.
    let name: String
    let file: PolicyFile

    /// Reads a file; a text that is neither YAML nor JSON is refused with its line.
    init(_ path: String) throws(Complaint) {
        let bytes = try InputFile.bytes(path)
        name = path == "-" ? "standard input" : path
        do {
            file = try PolicyFile(
                parsing: bytes, as: PolicyFile.Notation(name: path, bytes: bytes))
        } catch {
            let place = error.line.map { ":\($0):\(error.column ?? 1)" } ?? ""
            throw Complaint(
                "\(name)\(place): \(error.reason).", next: "Correct it at that place.", .badInput)
        }
    }

    /// The policy of a file that must be one.
    func program() throws(Complaint) -> PolicyProgram {
        let lint = PolicyLint(file.value)
        guard let program = lint.program else {
            let more = lint.problems.count > 1 ? " and \(lint.problems.count - 1) more" : ""
            let first = lint.problems.first.map(line)?.text ?? ""
            throw Complaint(
                "\(first)\(more)", next: "`countersign policy lint` lists everything.", .badInput)
        }
        return program
    }

    /// Where and what, as compilers write it.
    func line(_ problem: PolicyProblem) -> SafeText {
        let place = file.place(of: problem.pointer).map { ":\($0.line):\($0.column)" } ?? ""
        let pointer = problem.pointer.isRoot ? "" : " \(problem.pointer):"
        return SafeText(escaping: "\(name)\(place):\(pointer) \(problem.sentence)")
    }

    /// Where and what, as programs read it.
    func json(_ problem: PolicyProblem) -> JSONValue {
        var members: JSONObject = [
            "pointer": .string(problem.pointer.description), "sentence": .string(problem.sentence),
        ]
        if let place = file.place(of: problem.pointer) {
            members["line"] = .number(JSONNumber(place.line))
            members["column"] = .number(JSONNumber(place.column))
        }
        return .object(members)
    }
}

extension Policy {
    /// What it is called in a line of its own.
    var title: String { "\(id) version \(version)" }

    /// Its name and digest as programs read them.
    var reference: JSONValue {
        [
            "id": .string(id.rawValue), "version": .number(JSONNumber(version)),
            "digest": .string(digest.text),
        ]
    }
}
