import Approvals
import ControlPlane
import JSONTree
import Testing

/// Goal: time, hands and remarks go where they may and leave a trace.
@Suite struct RoutingTests {
    @Test(
        arguments: [
            (60, nil), (604_800 - 900, "/seconds"), (86_401, "/seconds"), (0, "/seconds"),
        ] as [(Int, String?)])
    func moreTime(_ seconds: Int, _ field: String?) throws {
        let desk = try Desk()
        let id = try desk.submit()
        let before = try desk.stored(id)
        let command = Command.extend(id, revision: 1, seconds: seconds, reason: "lunch")
        let got = refusal { try desk.tell(command, as: "ada@acme.test") }
        #expect(got?.fields == field.map { [$0] })
        let after = try desk.stored(id)
        if field == nil {
            let longer = before.requirement.deadline.adding(seconds: seconds)
            #expect(after.requirement.deadline == longer)
            #expect(after.revision == 2)
            #expect(try desk.types(id).last == "approval.extended")
        } else {
            #expect(after == before)
        }
    }

    @Test func timeEndsAtTheTenantsLongest() throws {
        let desk = try Desk()
        var settings = TenantSettings(name: try #require(Desk.acme))
        settings.timeoutMaxSeconds = 1_000
        try desk.tell(.changeTenant(settings), as: Desk.admin)
        let id = try desk.submit()
        try desk.tell(.extend(id, revision: 1, seconds: 100, reason: nil), as: "ada@acme.test")
        let tooLong = Command.extend(id, revision: 2, seconds: 1, reason: nil)
        #expect(
            refusal { try desk.tell(tooLong, as: "ada@acme.test") }
                == .limit("timeoutMaxSeconds is 1000"))
    }

    @Test(arguments: ["bob@acme.test", "lea@acme.test", "aud@acme.test", "eve@acme.test"])
    func whoMayNotDecideGivesNoTime(_ name: String) throws {
        let desk = try Desk()
        let id = try desk.submit()
        let command = Command.extend(id, revision: 1, seconds: 60, reason: nil)
        let got = refusal { try desk.tell(command, as: name) }
        #expect(got?.isForbidden == true || got == .notFound)
    }

    @Test func onlyWhoMayDecideIsGivenTheCall() throws {
        let desk = try Desk()
        let id = try desk.submit()
        for email in ["bob@acme.test", "aud@acme.test", "nobody@acme.test"] {
            let command = Command.reassign(id, revision: 1, to: .member(email: email), reason: nil)
            #expect(refusal { try desk.tell(command, as: "ada@acme.test") }?.fields == ["/member"])
        }
        for group in ["nobody", "finance"] {
            let command = Command.reassign(
                id, revision: 1, to: .group(try #require(GroupName(group))), reason: nil)
            #expect(refusal { try desk.tell(command, as: "ada@acme.test") }?.fields == ["/group"])
        }
    }

    @Test func whatOnePersonHoldsNobodyElseDecidesButItCanComeBack() throws {
        let desk = try Desk()
        let id = try desk.submit()
        try desk.tell(
            .reassign(id, revision: 1, to: .member(email: "EVE@acme.test"), reason: nil),
            as: "ada@acme.test")
        let command = try desk.decision(.approve, on: id)
        guard
            case .forbidden(.assignedTo(let eve)) = refusal({
                try desk.tell(.decide(command), as: "ada@acme.test")
            })
        else {
            Issue.record("somebody else decided")
            return
        }
        #expect(try desk.view(id).assigneeEmail == "eve@acme.test")
        #expect(try desk.view(id).names[eve] == "eve@acme.test")
        try desk.tell(
            .reassign(id, revision: 2, to: .group(#require(Desk.finance)), reason: nil),
            as: "lea@acme.test")
        try desk.decide(.approve, on: id)
    }

    @Test func remarksSaySomethingWithinTheLimit() throws {
        let desk = try Desk()
        let id = try desk.submit()
        let long = String(repeating: "x", count: 4_001)
        for text in ["", " ", long] {
            #expect(
                refusal { try desk.tell(.comment(id, text: text), as: "ada@acme.test") }?.fields
                    == ["/text"])
        }
        try desk.tell(.comment(id, text: "hm"), as: "ada@acme.test")
        let view = try desk.view(id)
        #expect(view.comments.map(\.text) == ["hm"])
        #expect(view.row.revision == 2)
        #expect(
            view.timeLine.map(\.text) == [
                "Asked the group finance to approve the call until 2026-11-22T09:15:00.000Z.",
                "Left a comment.",
            ])
        #expect(view.timeLine.map(\.actor) == ["bot", "ada@acme.test"])
    }
}

/// Goal: a hidden value is shown to those who may decide, for a reason, and not often.
@Suite struct RevealTests {
    private static let iban = JSONPointer(tokens: ["recipient", "iban"])

    @Test func revealIsRecordedBeforeItIsAnswered() throws {
        let desk = try Desk()
        let id = try desk.submit(Desk.submission(redact: ["/recipient/iban"]))
        let answer = try desk.tell(
            .reveal(id, Self.iban, reason: "compare with the invoice"), as: "ada@acme.test")
        #expect(answer == .revealed(Self.iban, "DE89370400440532"))
        let event = try #require(try desk.events().last)
        #expect(event["type"] == "value.revealed")
        #expect(event["facts"]?["pointer"] == "/recipient/iban")
        #expect(try desk.stored(id).revision == 1)
        #expect(try desk.view(id).timeLine.last?.type == "value.revealed")
    }

    @Test(arguments: [
        ("/recipient/iban", "", "/reason"), ("/recipient/iban", "\t", "/reason"),
        ("/customer", "why", "/pointer"), ("/recipient", "why", "/pointer"),
        ("/nothing", "why", "/pointer"), ("", "why", "/pointer"),
    ])
    func onlyRedactedValuesAndOnlyForAReason(
        _ pointer: String, _ reason: String, _ field: String
    ) throws {
        let desk = try Desk()
        let id = try desk.submit(Desk.submission(redact: ["/recipient/iban"]))
        let command = Command.reveal(id, try JSONPointer(parsing: pointer), reason: reason)
        #expect(refusal { try desk.tell(command, as: "ada@acme.test") }?.fields == [field])
    }

    @Test(arguments: [
        "bob@acme.test", "lea@acme.test", "aud@acme.test", "eve@acme.test", "bot", Desk.admin,
        "mallory@rival.test",
    ])
    func whoMayNotDecideSeesNothing(_ name: String) throws {
        let desk = try Desk()
        let id = try desk.submit(Desk.submission(redact: ["/recipient/iban"]))
        let count = try desk.events().count
        let got = refusal {
            try desk.tell(.reveal(id, Self.iban, reason: "curious"), as: name)
        }
        #expect(got?.isForbidden == true || got == .notFound)
        #expect(try desk.events().count == count)
    }

    @Test func tenAnHour() throws {
        let desk = try Desk()
        let id = try desk.submit(Desk.submission(redact: ["/recipient/iban"]))
        try desk.tell(.extend(id, revision: 1, seconds: 7_200, reason: nil), as: "ada@acme.test")
        let command = Command.reveal(id, Self.iban, reason: "again")
        for _ in 0..<10 {
            try desk.tell(command, as: "ada@acme.test")
            desk.pass(seconds: 60)
        }
        #expect(
            refusal { try desk.tell(command, as: "ada@acme.test") }
                == .tooOften(retryAfterSeconds: 3_000))
        desk.pass(seconds: 2_999)
        #expect(refusal { try desk.tell(command, as: "ada@acme.test") } != nil)
        desk.pass(seconds: 1)
        #expect(refusal { try desk.tell(command, as: "ada@acme.test") } == nil)
    }
}
