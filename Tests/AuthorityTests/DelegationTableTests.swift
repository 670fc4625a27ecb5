import Approvals
import Authority
import Testing

/// Goal: the table of delegations, row by row, in every order of the rows of the store.
@Suite struct DelegationTableTests {
    struct Row: CustomTestStringConvertible, Sendable {
        var name: String
        /// Who of A, B, C, D is in the group that is asked.
        var payers = "A"
        var delegations: [String] = ["A>B"]
        var actor: Character = "B"
        var grantor: Character?
        var hours: [Double] = [15]
        var question: (@Sendable () throws -> AuthorityQuestion)?
        var inactive = ""
        var expected: [String]

        var testDescription: String { name }
    }

    static let rows: [Row] = [
        Row(
            name: "D-1", hours: [9, 10, 19.999, 20],
            expected: ["coming", "for A", "for A", "over"]),
        Row(
            name: "D-2", delegations: ["A>B", "B>C"], actor: "C",
            expected: ["grantor_lacks_authority"]),
        Row(name: "D-3 A", delegations: ["A>B", "B>A"], actor: "A", expected: ["direct"]),
        Row(name: "D-3 B", delegations: ["A>B", "B>A"], expected: ["for A"]),
        Row(name: "D-5", actor: "A", expected: ["direct"]),
        Row(
            name: "D-6", question: { try Stage.question(conflicted: "B") },
            expected: ["separation_of_duty(actor)"]),
        Row(
            name: "D-7", question: { try Stage.question(conflicted: "A") },
            expected: ["separation_of_duty(on_behalf_of)"]),
        Row(name: "D-8", payers: "", expected: ["grantor_lacks_authority"]),
        Row(name: "D-9 A deactivated", inactive: "A", expected: ["grantor_gone"]),
        Row(name: "D-9 B deactivated", inactive: "B", expected: ["unknown"]),
        Row(
            name: "D-10", question: { try Stage.question(tags: ["deploy"]) },
            expected: ["out_of_scope"]),
        Row(
            name: "D-11", question: { try Stage.question(risk: .critical, delegation: .allowed) },
            expected: ["above_ceiling"]),
        Row(
            name: "D-12", question: { try Stage.question(delegation: .forbidden) },
            expected: ["forbidden"]),
        Row(name: "D-13 no as", payers: "AB", expected: ["direct"]),
        Row(name: "D-13 as=A", payers: "AB", grantor: "A", expected: ["for A"]),
        Row(
            name: "D-14", payers: "AC", delegations: ["A>B", "C>B"], expected: ["for A"]),
        Row(name: "D-15 revoked at 15", delegations: ["A>B revoked 15"], expected: ["revoked"]),
        Row(name: "D-15 revoked at 16", delegations: ["A>B revoked 16"], expected: ["for A"]),
        Row(
            name: "D-16", payers: "AC", delegations: ["A>B", "C>B"],
            question: { try Stage.question(conflicted: "C") }, expected: ["for A"]),
        Row(
            name: "D-16 as=C", payers: "AC", delegations: ["A>B", "C>B"], grantor: "C",
            question: { try Stage.question(conflicted: "C") },
            expected: ["separation_of_duty(on_behalf_of)"]),
        Row(
            name: "D-17", payers: "AC", actor: "A",
            question: {
                try Stage.question(
                    quorum: 2,
                    votes: [Vote(by: Stage.person("B"), onBehalfOf: Stage.person("A"))])
            }, expected: ["authority_already_used"]),
        Row(
            name: "D-18", payers: "AC", delegations: ["A>B", "C>B"], grantor: "C",
            question: {
                try Stage.question(
                    quorum: 2,
                    votes: [Vote(by: Stage.person("B"), onBehalfOf: Stage.person("A"))])
            }, expected: ["already_voted"]),
        Row(
            name: "D-19", payers: "AC", actor: "C",
            question: {
                try Stage.question(
                    quorum: 2,
                    votes: [Vote(by: Stage.person("B"), onBehalfOf: Stage.person("A"))])
            }, expected: ["direct"]),
        Row(name: "D-20 shortened", delegations: ["A>B to 14"], expected: ["over"]),
        Row(name: "as= that is not held", grantor: "D", expected: ["no_delegation"]),
        Row(name: "as= oneself", grantor: "B", expected: ["not_asked"]),
    ]

    @Test("The same in every order of the store", arguments: rows)
    func table(_ row: Row) throws {
        let delegations = try row.delegations.enumerated().map { number, text in
            let words = text.split(separator: " ")
            return try Stage.delegation(
                text, number + 1,
                to: words.count == 3 && words[1] == "to"
                    ? Double(words[2]) ?? 0 : 20 + Double(number) * 10,
                revokedAt: words.count == 3 && words[1] == "revoked" ? Double(words[2]) : nil)
        }
        let question = try row.question?() ?? Stage.question()
        let members = try "ABCD".map {
            try Stage.member($0, row.payers.contains($0) ? "payers" : "other")
        }
        for order in Self.permutations(delegations) {
            let book = AuthorityBook(
                members: members, inactive: try Stage.people(row.inactive), delegations: order)
            for (hour, expected) in zip(row.hours, row.expected) {
                let found = try Stage.outcome(
                    row.actor, as: row.grantor, at: hour, question, in: book)
                #expect(found == expected, "\(row.name) at \(hour)")
            }
        }
    }

    @Test("D-4: in chains of 2 to 6 only positions 0 and 1 decide", arguments: 2...6)
    func chains(_ length: Int) throws {
        let letters = Array("ABCDEF").prefix(length)
        let members = try letters.map { try Stage.member($0, $0 == "A" ? "payers" : "other") }
        let delegations = try zip(letters, letters.dropFirst()).enumerated().map { number, pair in
            try Stage.delegation("\(pair.0)>\(pair.1)", number + 1)
        }
        let book = AuthorityBook(members: members, delegations: delegations)
        let found = try letters.map { try Stage.outcome($0, try Stage.question(), in: book) }
        #expect(found[0] == "direct")
        #expect(found[1] == "for A")
        #expect(found.dropFirst(2).allSatisfy { $0 == "grantor_lacks_authority" })
    }

    @Test("D-19: one for another and one for themselves are two people")
    func quorum() throws {
        let votes = [
            Vote(by: try Stage.person("B"), onBehalfOf: try Stage.person("A")),
            Vote(by: try Stage.person("C")),
        ]
        let book = AuthorityBook(members: [])
        #expect(book.tally(try Stage.question(quorum: 2, votes: votes)) == .approved)
        #expect(
            book.tally(try Stage.question(quorum: 2, votes: [votes[0]])) == .open(missing: 1))
    }

    @Test("D10: meant are also approvals from before, unless it says otherwise")
    func newOnly() throws {
        let members = [try Stage.member("A", "payers"), try Stage.member("B", "other")]
        let later = AuthorityBook(
            members: members, delegations: [try Stage.delegation("A>B", isForNewOnly: true)])
        #expect(try Stage.outcome("B", try Stage.question(), in: later) == "older_approval")
    }

    @Test("D15: same team wants a group that both are in")
    func sameTeam() throws {
        let question = try Stage.question(delegation: .sameTeam)
        for (groups, expected) in [("other", "other_team"), ("desk", "for A")] {
            let book = AuthorityBook(
                members: [try Stage.member("A", "payers desk"), try Stage.member("B", groups)],
                delegations: [try Stage.delegation("A>B")])
            #expect(try Stage.outcome("B", question, in: book) == expected)
        }
        #expect(DelegationRule.usual(for: .critical) == .forbidden)
        #expect(DelegationRule.usual(for: .high) == .allowed)
    }

    @Test("D3: an amount above the ceiling, or none at all, is out")
    func amounts() throws {
        let terms = try Stage.delegation("A>B", scope: .all)
        let capped = Delegation(
            id: terms.id, grantor: terms.grantor, delegate: terms.delegate, start: terms.start,
            end: terms.end, scope: .all, ceiling: .high, amountMax: 500, reason: "x",
            createdBy: terms.grantor, createdAt: terms.createdAt)
        let book = AuthorityBook(
            members: [try Stage.member("A", "payers"), try Stage.member("B", "other")],
            delegations: [capped])
        for (amount, expected) in [(500, "for A"), (501, "above_amount"), (nil, "above_amount")]
            as [(Int64?, String)]
        {
            var question = try Stage.question()
            question.amount = amount
            #expect(try Stage.outcome("B", question, in: book) == expected)
        }
    }

    @Test("Terms are written and read, and every one of them changes the digest")
    func terms() throws {
        let one = try Stage.delegation("A>B")
        let read = Delegation(terms: one.terms)
        #expect(read == one)
        let others = [
            try Stage.delegation("A>C"), try Stage.delegation("C>B"),
            try Stage.delegation("A>B", 2), try Stage.delegation("A>B", to: 21),
            try Stage.delegation("A>B", from: 11), try Stage.delegation("A>B", scope: .all),
            try Stage.delegation("A>B", ceiling: .low),
            try Stage.delegation("A>B", isForNewOnly: true),
        ]
        #expect(Set(others.map(\.digest) + [one.digest]).count == others.count + 1)
        // Revoking is no change of terms.
        #expect(try Stage.delegation("A>B", revokedAt: 12).digest == one.digest)
        for other in others { #expect(Delegation(terms: other.terms) == other) }
    }

    @Test("What may not be is refused when it is made")
    func making() throws {
        let ann = try Stage.member("A", "payers")
        let bea = try Stage.member("B", "other")
        let lead = try Stage.member("L", "payers", roles: [.lead])
        let guest = try Stage.member("G", "other", roles: [.auditor])
        func refusal(
            _ delegation: Delegation, by maker: Member, standing: [Delegation] = []
        ) -> DelegationRefusal? {
            let members = [ann, bea, lead, guest]
            do {
                try DelegationRules.check(
                    delegation, maker: maker,
                    grantor: members.first { $0.id == delegation.grantor },
                    delegate: members.first { $0.id == delegation.delegate }, standing: standing)
                return nil
            } catch {
                return error
            }
        }
        let usual = try Stage.delegation("A>B")
        #expect(refusal(usual, by: ann) == nil)
        #expect(refusal(usual, by: lead) == nil)
        #expect(refusal(usual, by: bea) == .notYours)
        #expect(refusal(try Stage.delegation("A>A"), by: ann) == .toOneself)
        #expect(refusal(try Stage.delegation("A>B", from: 20), by: ann) == .empty)
        #expect(refusal(try Stage.delegation("A>B", from: 8), by: ann) == .backDated)
        #expect(refusal(try Stage.delegation("A>B", to: 10 + 30 * 24), by: ann) == nil)
        #expect(refusal(try Stage.delegation("A>B", to: 10 + 30 * 24 + 1), by: ann) == .tooLong)
        let empty = Delegation.Scope.only(tools: [], groups: [], tags: [])
        #expect(refusal(try Stage.delegation("A>B", scope: empty), by: ann) == .emptyScope)
        #expect(refusal(try Stage.delegation("A>G"), by: ann) == .notADecider(guest.id))
        let stranger = try Stage.person("X")
        #expect(refusal(try Stage.delegation("A>X"), by: ann) == .notADecider(stranger))
        // D-21: a second lead has to do it.
        #expect(refusal(try Stage.delegation("A>L"), by: lead) == .toItsMaker)
        let second = try Stage.member("M", "", roles: [.lead])
        #expect(refusal(try Stage.delegation("A>L"), by: second) == nil)
        let many = try (2...21).map { try Stage.delegation("A>C", $0) }
        #expect(refusal(usual, by: ann, standing: many) == .tooMany(ann.id))
        #expect(refusal(usual, by: ann, standing: Array(many.dropLast())) == nil)
        #expect(
            [ann, bea, lead, guest].map { DelegationRules.mayRevoke($0, usual) }
                == [true, true, true, false])
    }

    static func permutations<Element>(_ elements: [Element]) -> [[Element]] {
        guard elements.count > 1 else { return [elements] }
        return elements.indices.flatMap { index in
            var rest = elements
            let first = rest.remove(at: index)
            return permutations(rest).map { [first] + $0 }
        }
    }
}
