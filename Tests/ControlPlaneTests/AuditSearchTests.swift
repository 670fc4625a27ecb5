import Approvals
import Audit
import ControlPlane
import JSONTree
import Simulation
import Testing

/// Goal: who allowed something is found by approval, tool, person, rule, type and time; what fits
/// is never left out, and what does not is never shown.
@Suite struct AuditSearchTests {
    private func page(
        _ desk: Desk, _ search: AuditSearch, as who: String = "aud@acme.test"
    ) throws -> (events: [JSONValue], before: Int64?) {
        let answer = try desk.ask(.audit(.search(search)), as: who)
        guard case .audit(.found(let records, let names, let before)) = answer else {
            throw Surprise(answer)
        }
        let actors = try records.compactMap {
            try JSONValue(parsing: $0.line)["actor"]?["id"]?.stringValue
        }
        #expect(actors.contains("countersign-server") || actors.allSatisfy { names[$0] != nil })
        return (try records.map { try JSONValue(parsing: $0.line) }, before)
    }

    /// Everything that fits, page after page.
    private func all(
        _ desk: Desk, limit: Int = 200, _ narrow: (inout AuditSearch) throws -> Void = { _ in }
    ) throws -> [Int64] {
        var search = AuditSearch(limit: limit)
        try narrow(&search)
        var numbers: [Int64] = []
        while true {
            let (events, before) = try page(desk, search)
            #expect(events.count <= limit)
            numbers += events.compactMap { $0["seq"]?.intValue }
            guard let before else { return numbers }
            search.before = before
        }
    }

    /// A desk with two refunds and a dropped table; what was decided on each, by whom.
    private func lived() throws -> (desk: Desk, refunds: [ApprovalID], table: ApprovalID) {
        let desk = try Desk()
        var refunds: [ApprovalID] = []
        for (number, who) in ["ada@acme.test", "bob@acme.test"].enumerated() {
            let command = try Desk.submission(key: "r\(number)")
            let id = try desk.submit(command, as: "other")
            try desk.tell(.decide(try desk.decision(.approve, on: id, as: who)), as: who)
            refunds.append(id)
            desk.pass(seconds: 3_600)
        }
        let drop = try Desk.submission(key: "d", tool: "drop_table")
        return (desk, refunds, try desk.submit(drop, as: "other"))
    }

    private func events(_ desk: Desk, _ fits: (JSONValue) -> Bool) throws -> [Int64] {
        try desk.events().filter(fits).compactMap { $0["seq"]?.intValue }.reversed()
    }

    private func subject(_ event: JSONValue) -> String {
        event["subject"]?["id"]?.stringValue ?? ""
    }

    @Test(arguments: [1, 3, 200])
    func everythingIsFoundOnceNewestFirst(limit: Int) throws {
        let (desk, _, _) = try lived()
        #expect(try all(desk, limit: limit) == events(desk) { _ in true })
    }

    @Test func everyFilterFindsWhatFitsAndNothingElse() throws {
        let (desk, refunds, table) = try lived()
        let ids = Set(refunds.map(\.rawValue))
        #expect(
            try all(desk) { $0.approval = refunds[0] }
                == events(desk) { subject($0) == refunds[0].rawValue })
        #expect(
            try all(desk, limit: 1) { $0.tool = "issue_refund" }
                == events(desk) { ids.contains(subject($0)) })
        #expect(
            try all(desk) { $0.tool = "drop_table" }
                == events(desk) { subject($0) == table.rawValue })
        #expect(try all(desk) { $0.tool = "issue" }.isEmpty)
        let decided = try events(desk) { $0["type"]?.stringValue == "approval.decided" }
        #expect(try all(desk) { $0.type = "approval.decided" } == decided && decided.count == 2)
        #expect(
            try all(desk) { $0.type = "approval." }
                == events(desk) { $0["type"]?.stringValue?.hasPrefix("approval.") == true })
        let ada = try #require(
            try desk.events().first { $0["seq"]?.intValue == decided[1] }?["actor"]?["id"])
        #expect(
            try all(desk) { $0.by = "Ada@acme.test" }
                == events(desk) { $0["actor"]?["id"] == ada })
        #expect(try all(desk) { $0.by = ada.stringValue }.contains(decided[1]))
        #expect(try all(desk) { $0.by = "other" }.count == 3)
        #expect(try all(desk) { $0.rule = "tenant default" }.count >= 5)
        #expect(try all(desk) { $0.rule = "tenant" }.isEmpty)
        let both = try all(desk) {
            $0.by = "ada@acme.test"
            $0.tool = "issue_refund"
            $0.type = "approval.decided"
        }
        #expect(both == [decided[1]])
    }

    @Test func timeIsHalfOpen() throws {
        let (desk, refunds, _) = try lived()
        let at = try #require(desk.stored(refunds[1]).settledAt)
        let later = try all(desk) { $0.since = at }
        let earlier = try all(desk) { $0.until = at }
        #expect(later + earlier == (try all(desk)))
        #expect(!later.isEmpty && !earlier.isEmpty)
    }

    @Test func whoIsUnknownIsSaidAndOthersSeeNothing() throws {
        let (desk, _, _) = try lived()
        var search = AuditSearch(limit: 10)
        search.by = "nobody@acme.test"
        guard case .invalid = refusal({ try page(desk, search) }) else {
            Issue.record("somebody unknown was looked for")
            return
        }
        search.by = nil
        for who in ["ada@acme.test", "other"] {
            #expect(refusal { try page(desk, search, as: who) } != nil, "\(who)")
        }
        let rival = try page(desk, AuditSearch(limit: 200), as: "admin@rival.test")
        #expect(!rival.events.isEmpty)
        #expect(rival.events.allSatisfy { $0["log"]?.stringValue?.hasSuffix("/rival") == true })
    }
}
