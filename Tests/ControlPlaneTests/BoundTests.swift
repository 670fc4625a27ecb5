import Approvals
import ControlPlane
import Cryptography
import JSONTree
import Simulation
import Testing

/// Goal: what one person or agent may do as often as they like costs the others nothing.
@Suite struct BoundTests {
    private static let ada = "ada@acme.test"

    /// The time line of an approval is read whole, so its length is bounded.
    @Test func anApprovalIsNotHandedOnForEver() throws {
        let desk = try Desk()
        let id = try desk.submit()
        var approval = try desk.stored(id)
        for _ in 2..<Limits.changesMax { approval.touch(at: desk.clock.wall) }
        let changed = approval
        try desk.write { (store, _) throws(CommandFailure) in
            do throws(StoreFailure) { _ = try store.replace(changed) } catch { throw .store(error) }
        }
        let last = Limits.changesMax
        try desk.tell(.extend(id, revision: last - 1, seconds: 1, reason: nil), as: Self.ada)
        let limit = Refusal.limit("changesMax is 1000")
        let member = Assignment.member(email: Self.ada)
        for command in [
            Command.extend(id, revision: last, seconds: 1, reason: nil),
            .reassign(id, revision: last, to: member, reason: nil),
        ] {
            #expect(refusal { try desk.tell(command, as: Self.ada) } == limit)
        }
        try desk.decide(.approve, on: id)
        #expect(try desk.stored(id).state == .approved)
    }

    /// What is found out before the writer has a command counts only for what it was about.
    @Test func aFindingIsAboutItsArguments() throws {
        let desk = try Desk()
        let schema: JSONValue = ["properties": ["n": ["type": "integer"]]]
        func command(_ key: String, _ n: JSONValue) throws -> SubmitCommand {
            var command = try Desk.submission(key: key, arguments: ["n": n])
            command.schema = schema
            return command
        }
        let (good, bad) = (try command("k1", 1), try command("k2", "one"))
        for (sent, other, fits) in [(good, bad, true), (bad, good, false)] {
            for examined in [sent, other] {
                var told = Command.submit(sent)
                #expect(told.examsCount == 1)
                let finding = try #require(try desk.finding(examined))
                told.take(finding, at: 0)
                let refused = refusal { try desk.tell(told, as: "bot") }
                #expect((refused == nil) == fits)
            }
        }
    }

    /// A refused decision is kept for its key, and the request chose the places that it names.
    @Test func aRefusalNamesNoLongPlace() throws {
        let desk = try Desk()
        let id = try desk.submit()
        let pointer = JSONPointer(tokens: ["a", String(repeating: "x", count: 500_000)])
        var command = try desk.decision(.approve, on: id, edits: JSONPatch([.remove(pointer)]))
        command.key = "press"
        let sent = command
        for _ in 0..<2 {
            let refused = refusal { try desk.tell(.decide(sent), as: Self.ada) }
            guard case .editInvalid(let place, _) = refused else {
                Issue.record("there is nothing to remove")
                return
            }
            #expect(place == JSONPointer(tokens: ["a"]))
        }
    }

    /// One long name over many members that do not fit would make an answer of megabytes.
    @Test func aSubmissionIsToldSomeOfManyLongPlaces() throws {
        let desk = try Desk()
        let numbers = JSONValue.array(Array(repeating: 1, count: 90))
        let name = String(repeating: "n", count: 900)
        let schema: JSONValue = [
            "additionalProperties": ["type": "array", "items": ["type": "string"]]
        ]
        var command = try Desk.submission(arguments: .object([(name, numbers)].object))
        command.schema = schema
        guard case .againstSchema(let problems) = refusal({ try desk.submit(command) }) else {
            Issue.record("numbers are no strings")
            return
        }
        let bytes = problems.reduce(0) { $0 + $1.field.utf8.count + $1.sentence.utf8.count }
        #expect((1...32_768).contains(bytes))
    }
}

extension Desk {
    fileprivate func finding(_ command: SubmitCommand) throws -> SchemaFinding? {
        let (plane, now) = (plane, clock.wall)
        let nobody = SHA256.hash([])
        return try store.read { (store) throws(CommandFailure) in
            try plane.exam(of: .submit(command), at: 0, as: nobody, in: store, at: now)?.finding()
        }
    }
}

extension [(String, JSONValue)] {
    fileprivate var object: JSONObject { JSONObject(self) }
}
