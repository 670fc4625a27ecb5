import Approvals
import ControlPlane
import Cryptography
import JSONTree
import Simulation
import Testing

/// Goal: the record cannot disagree: every change of state is one event, and no event is more.
@Suite struct AuditTrailTests {
    /// Method: seeded commands; after each, the revision counts what the log counts.
    @Test(arguments: 0..<20)
    func everyChangeIsExactlyOneEvent(_ seed: UInt64) throws {
        let desk = try Desk(seed: seed)
        var random = SeededEntropy(seed: seed)
        let id = try desk.submit(try open(Int.random(in: 0...1, using: &random)))
        var claim: Claim?
        for _ in 0..<25 {
            let (before, count) = (try desk.stored(id), try changes(desk, id).count)
            let refused = refusal {
                try act(desk, id, before, &claim, Int.random(in: 0..<9, using: &random))
            }
            let after = try desk.stored(id)
            let events = try changes(desk, id).dropFirst(count)
            #expect(events.count == after.revision - before.revision, "\(events)")
            if refused != nil { #expect(after == before) }
        }
        #expect(try changes(desk, id).count == desk.stored(id).revision)
        _ = try desk.events()
    }

    /// A vote that came too late is on record and changes nothing.
    private func changes(_ desk: Desk, _ id: ApprovalID) throws -> [String] {
        try desk.types(id).filter { $0 != "approval.decided_late" }
    }

    private func open(_ choice: Int) throws -> SubmitCommand {
        var command = try Desk.submission(tool: "ping")
        if choice == 1 { command.posture = .failOpen }
        return command
    }

    private func act(
        _ desk: Desk, _ id: ApprovalID, _ approval: Approval, _ claim: inout Claim?, _ choice: Int
    ) throws {
        switch choice {
        case 0: try desk.tell(.comment(id, text: "hm"), as: "ada@acme.test")
        case 1:
            try desk.tell(
                .extend(id, revision: approval.revision, seconds: 60, reason: nil),
                as: "ada@acme.test")
        case 2: try desk.tell(.review(id, isActive: true), as: "ada@acme.test")
        case 3:
            desk.pass(seconds: 400)
            try desk.ring()
        case 4: try desk.decide(.approve, on: id)
        case 5: claim = try desk.claim(id).1
        case 6:
            guard let claim, let digest = approval.effectiveDigest else { return }
            try desk.report(id, claim, digest: digest)
        case 7: try desk.tell(.cancel(id, reason: nil), as: "bot")
        default: try desk.ring()
        }
    }

    /// What the verifier will ask: what ran is what was released, by the salted roots.
    @Test(arguments: [JSONPatch(), JSONPatch([.replace(JSONPointer(tokens: ["customer"]), "x")])])
    func rootsAgreeFromRequestToReport(_ edits: JSONPatch) throws {
        let desk = try Desk()
        let id = try desk.submit()
        let command = try desk.decision(.approve, on: id, edits: edits, comment: "as agreed")
        try desk.tell(.decide(command), as: "ada@acme.test")
        let (approval, claim) = try desk.claim(id)
        #expect(try desk.stored(id) == approval, "an answer is what is stored")
        try desk.report(id, claim, digest: try #require(approval.effectiveDigest))
        let events = try desk.events().suffix(4)
        let decided = try #require(events.dropFirst().first)
        let released =
            edits.isEmpty
            ? decided["facts"]?["effective_args_root"]
            : decided["commit"]?["edited_args"]?["root"]
        #expect(decided["outcome"] == (edits.isEmpty ? "approved" : "edited"))
        #expect(released != nil)
        if edits.isEmpty { #expect(events.first?["commit"]?["args"]?["root"] == released) }
        #expect(events.last?["facts"]?["executed_args_root"] == released)
        #expect(decided["provenance"]?["basis"] == "human")
    }

    @Test func eventsNameWhoActed() throws {
        let desk = try Desk()
        let id = try desk.submitOpen()
        desk.pass(seconds: 900)
        try desk.ring()
        let expired = try #require(try desk.events().last)
        #expect(expired["actor"] == ["kind": "system", "id": "countersign-server"])
        #expect(expired["provenance"]?["basis"] == "timeout_fallback")
        #expect(expired["outcome"] == "released")
        #expect(expired["subject"]?["id"]?.stringValue == id.rawValue)
        #expect(expired["boot"] == "simulated")
        #expect(expired["mono_ms"] == 900_000)
    }
}
