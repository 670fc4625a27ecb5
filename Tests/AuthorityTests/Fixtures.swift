import Approvals
import Authority
import Foundation
import Testing

/// People called A, B, C …, instants called 10, 15, 20, and a delegation A→B as the tables have it.
enum Stage {
    static func person(_ letter: Character) throws -> MemberID {
        try #require(MemberID(id(Int(letter.asciiValue ?? 0))))
    }

    static func people(_ letters: String) throws -> Set<MemberID> { Set(try letters.map(person)) }

    static func id(_ number: Int) -> String {
        let digits = String(number, radix: 16)
        return "01900000-0000-7000-8000-" + String(repeating: "0", count: 12 - digits.count)
            + digits
    }

    static func hour(_ number: Double) -> Timestamp {
        Timestamp(milliseconds: 1_790_000_000_000 + Int64(number * 3_600_000))
    }

    static func group(_ name: String) throws -> GroupName { try #require(GroupName(name)) }

    /// A member of these groups, separated by spaces.
    static func member(
        _ letter: Character, _ groups: String, roles: Set<Role> = [.approver]
    ) throws -> Member {
        Member(
            id: try person(letter), email: "\(letter)@acme".lowercased(), roles: roles,
            groups: Set(try groups.split(separator: " ").map { try group(String($0)) }),
            createdAt: hour(0))
    }

    /// `A>B`, hours 10 to 20, scope pay, up to high.
    static func delegation(
        _ text: String, _ number: Int = 1, from start: Double = 10, to end: Double = 20,
        scope: Delegation.Scope? = nil, ceiling: Risk = .high, isForNewOnly: Bool = false,
        revokedAt: Double? = nil
    ) throws -> Delegation {
        let letters = Array(text)
        return Delegation(
            id: try #require(DelegationID(id(number))), grantor: try person(letters[0]),
            delegate: try person(letters[2]), start: hour(start), end: hour(end),
            scope: scope ?? .only(tools: [], groups: [], tags: ["pay"]), ceiling: ceiling,
            isForNewOnly: isForNewOnly, reason: "holiday", createdBy: try person(letters[0]),
            createdAt: hour(9), revokedAt: revokedAt.map(hour))
    }

    /// Needs somebody of `payers`, tag pay, medium risk.
    static func question(
        quorum: Int = 1, risk: Risk = .medium, tags: Set<String> = ["pay"], conflicted: String = "",
        delegation: DelegationRule? = nil, votes: [Vote] = []
    ) throws -> AuthorityQuestion {
        AuthorityQuestion(
            tool: try #require(ToolName("issue_refund")), tags: tags, risk: risk,
            createdAt: hour(9.5), sets: [ApproverSet(group: try group("payers"), min: quorum)],
            conflicted: try people(conflicted), delegation: delegation, votes: votes)
    }

    /// What comes of it, in a word: `direct`, `for A`, or the refusal.
    static func outcome(
        _ actor: Character, as grantor: Character? = nil, at hour: Double = 15,
        _ question: AuthorityQuestion, in book: AuthorityBook
    ) throws -> String {
        do {
            let hat = try book.authority(
                of: person(actor), as: grantor.map(person), over: question, at: self.hour(hour))
            return hat.onBehalfOf.map { "for \(letter($0))" } ?? "direct"
        } catch let refusal as AuthorityRefusal {
            return word(refusal)
        }
    }

    private static func letter(_ id: MemberID) -> String {
        UInt8(id.rawValue.suffix(2), radix: 16).map { String(decoding: [$0], as: UTF8.self) } ?? "?"
    }

    private static func word(_ refusal: AuthorityRefusal) -> String {
        switch refusal {
        case .unknown: "unknown"
        case .roleMissing: "role_missing"
        case .notAsked: "not_asked"
        case .assigned: "assigned"
        case .separationOfDuty(let side): "separation_of_duty(\(side.rawValue))"
        case .offShift: "off_shift"
        case .alreadyVoted: "already_voted"
        case .authorityAlreadyUsed: "authority_already_used"
        case .noDelegation: "no_delegation"
        case .lent(let obstacle, _, _): obstacle.rawValue
        }
    }
}
