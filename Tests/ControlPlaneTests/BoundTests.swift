import Approvals
import ControlPlane
import Cryptography
import JSONTree
import Policies
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
        let numbers = JSONValue.array([JSONValue](repeating: 1, count: 90))
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

    /// Goal: what is too large is refused before any policy looks at it.
    ///
    /// Method: a policy that cannot be read stops every submission that reaches it.
    @Test func theSizeComesBeforeThePolicies() throws {
        let desk = try Desk()
        let acme = try #require(Desk.acme)
        let member = try #require(MemberID("018f2f63-0000-7000-8000-000000000001"))
        let broken = PublishedPolicy(
            id: try #require(PolicyID("broken")), version: 1, digest: SHA256.hash([]),
            document: [:], publishedBy: member, publishedAt: desk.clock.wall, status: .enforced)
        try desk.write { (store, _) throws(CommandFailure) in
            do throws(StoreFailure) { _ = try store.insert(broken, of: acme) } catch {
                throw .store(error)
            }
        }
        let many = JSONValue.array([JSONValue](repeating: 1, count: Limits.argumentsFieldsMax + 1))
        let command = try Desk.submission(arguments: ["a": many])
        #expect(
            refusal { try desk.tell(.submit(command), as: "bot") }
                == .limit("argumentsFieldsMax is \(Limits.argumentsFieldsMax)"))
    }

    /// A policy hides more places than a call may have hidden: refused, in no time at all.
    @Test func aPolicyHidesNoMoreThanThereMayBe() throws {
        let desk = try Desk()
        var document = PublishingTests.document(status: "enforced").objectValue ?? JSONObject()
        document["redact"] = ["/list/*"]
        try desk.tell(.publishPolicy(.object(document)), as: "lea@acme.test")
        let id = try #require(PolicyID("refunds"))
        try desk.tell(.changePolicyMode(id, version: 1, .enforced), as: Desk.admin)
        func submitting(_ count: Int) throws -> Refusal? {
            let list = JSONValue.array([JSONValue](repeating: 1, count: count))
            let command = try Desk.submission(key: "k\(count)", arguments: ["list": list])
            return refusal { try desk.tell(.submit(command), as: "bot") }
        }
        #expect(try submitting(Limits.redactionsMax) == nil)
        let limit = Refusal.limit("redactionsMax is \(Limits.redactionsMax)")
        #expect(try submitting(Limits.redactionsMax + 1) == limit)
        #expect(try submitting(Limits.argumentsFieldsMax - 1) == limit)
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
