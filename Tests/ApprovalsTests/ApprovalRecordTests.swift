import Approvals
import Cryptography
import JSONTree
import Testing

/// Goal: a store gives back exactly the approval that it was given.
@Suite struct ApprovalRecordTests {
    @Test func freshApprovalSurvivesTheRecord() throws {
        let approval = try Fixture.approval()
        #expect(try Approval(record: approval.record) == approval)
    }

    @Test func everyPartSurvivesTheBytesOfTheRecord() throws {
        let approval = try full()
        let text = approval.record.text()
        let read = try JSONValue(parsing: Array(text.utf8), limits: Approval.recordLimits)
        #expect(try Approval(record: read) == approval)
    }

    /// Method: leave out each member of a full record; either it is refused or the approval
    /// differs.
    @Test func noMemberOfTheRecordIsIdle() throws {
        let approval = try full()
        let record = try #require(approval.record.objectValue)
        for name in record.names {
            var poorer = record
            poorer[name] = nil
            let read = try? Approval(record: .object(poorer))
            #expect(read != approval, "\(name) says nothing")
        }
    }

    @Test(
        arguments: [
            ("state", "open"), ("risk", "extreme"), ("id", "7"), ("arguments_root", "00"),
            ("redactions", "/iban"), ("decisions", [["verdict": "approve"]]), ("revision", "1"),
        ] as [(String, JSONValue)])
    func damageIsRefusedByName(_ member: String, _ value: JSONValue) throws {
        var record = try #require(full().record.objectValue)
        record[member] = value
        #expect(throws: RecordError.self) { try Approval(record: .object(record)) }
    }

    private func full() throws -> Approval {
        let number = try #require(JSONNumber("1.50"))
        let arguments: JSONValue = [
            "é": "e\u{301}", "big": 9_007_199_254_740_993, "n": .number(number),
        ]
        let plain = try Fixture.approval()
        var approval = Approval(
            id: plain.id, tenant: plain.tenant, agent: plain.agent, tool: plain.tool,
            arguments: arguments, proposedDigest: try Digest(canonical: arguments),
            schema: ["type": "object"], redactions: [JSONPointer(tokens: ["a/b", "é"])],
            context: Context(
                summary: "s", reason: "r", preview: "p",
                links: [Context.Link(title: "t", url: "https://x.test")]),
            origin: Origin(framework: "f", runID: "r", callID: "c", sessionID: "s"), risk: .low,
            requirement: plain.requirement, createdAt: plain.createdAt)
        approval.requirement.assignee = Fixture.bob
        approval.requirement.envelope = .only([JSONPointer(tokens: ["n"])])
        approval.submittedUptime = Uptime(boot: "b1", milliseconds: 12)
        try progress(&approval)
        return approval
    }

    private func progress(_ approval: inout Approval) throws {
        var decision = Fixture.decision()
        decision.key = "k"
        decision.onBehalfOf = Fixture.bob
        decision.comment = "fine"
        decision.edits = JSONPatch([.replace(JSONPointer(tokens: ["n"]), 1), .remove(.root)])
        approval.comments = [Comment(by: Fixture.ada, at: Fixture.start, text: "hm")]
        approval.reviewers = [Reviewer(member: Fixture.ada, until: Fixture.start)]
        approval.formerGroups = [try Fixture.name("ops")]
        approval.formerAssignees = [Fixture.ada]
        approval.heldUntil = Fixture.start
        approval.version = 9
        approval.needsReview = true
        try approval.decide(
            decision, effective: (["n": 1], Fixture.digest("e")), claimWindowSeconds: 60)
        approval.argumentsRoot = Fixture.digest("root")
        approval.effectiveRoot = Fixture.digest("other root")
        _ = try approval.claim(
            Claim(
                nonceDigest: Fixture.digest("n"), fencingToken: "f",
                at: Fixture.start.adding(seconds: 11), leaseUntil: Fixture.start.adding(seconds: 99)
            ))
        _ = try approval.report(
            Receipt(
                outcome: .failed, executedDigest: Fixture.digest("x"), resultSummary: "no",
                at: Fixture.start.adding(seconds: 12), isMismatch: true), fencingToken: "f")
    }
}
