import Approvals
import ControlPlane
import Cryptography
import JSONTree
import Testing

/// Goal: small arguments make no huge record: each field is committed to with its whole pointer.
@Suite struct CommitmentLimitTests {
    /// A quarter of a megabyte of arguments whose pointers together have gigabytes.
    private static func wide(nameBytes: Int, fields: Int) -> JSONValue {
        let name = String(repeating: "n", count: nameBytes)
        return [name: .array(Array(repeating: 1, count: fields))]
    }

    @Test func pointersHaveALimitTogether() throws {
        let desk = try Desk()
        let command = try Desk.submission(
            arguments: Self.wide(nameBytes: 100_000, fields: 19_000))
        guard case .limit(let text) = refusal({ try desk.submit(command) }) else {
            Issue.record("taken")
            return
        }
        #expect(text.contains("argumentsPointerBytesMax"))
    }

    @Test func editsAreHeldToItToo() throws {
        let desk = try Desk()
        let id = try desk.submit()
        let large = Self.wide(nameBytes: 100_000, fields: 80_000)
        let edits = JSONPatch([.add(JSONPointer(tokens: ["x"]), large)])
        let command = try desk.decision(.approve, on: id, edits: edits)
        guard
            case .limit = refusal({ try desk.tell(.decide(command), as: "ada@acme.test") })
        else {
            Issue.record("taken")
            return
        }
    }

    @Test func manyShortFieldsAreTaken() throws {
        let desk = try Desk()
        let command = try Desk.submission(arguments: Self.wide(nameBytes: 10, fields: 10_000))
        #expect(refusal { try desk.submit(command) } == nil)
    }

    /// The writer works on one command at a time, so one body must not keep it for minutes.
    @Test func longPatchesOnLongArraysAreRefusedOneByOne() throws {
        let desk = try Desk()
        let list = JSONValue.array(Array(repeating: 7, count: 19_000))
        let id = try desk.submit(
            Desk.submission(arguments: ["list": list, "pin": "1234"], redact: ["/pin"]))
        let last = JSONPointer(tokens: ["list", "18999"])
        let edits = JSONPatch(
            Array(repeating: .replace(last, 8), count: JSONPatch.operationsMax - 1)
                + [.replace(JSONPointer(tokens: ["pin"]), 5), .remove(JSONPointer.root)])
        let command = try desk.decision(.approve, on: id, edits: edits)
        let answer = try desk.tell(
            .decideMany(Array(repeating: command, count: 30)), as: "ada@acme.test")
        guard case .decidedMany(let results) = answer else { throw Surprise(answer) }
        #expect(results.count == 30)
        #expect(try desk.stored(id).state == .pending)
    }
}
