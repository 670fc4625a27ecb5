import Approvals

/// Where the votes on an approval stand.
public enum Tally: Hashable, Sendable {
    /// So many more people are needed, whoever they are.
    case open(missing: Int)
    case approved
    case rejected
}

extension AuthorityBook {
    /// Counts votes: one natural person once, one authority once, each in one set.
    public func tally(_ question: AuthorityQuestion) -> Tally {
        var people: Set<MemberID> = []
        var authorities: Set<MemberID> = []
        var approvals: [Set<Int>] = []
        var rejections = 0
        for vote in question.votes {
            let conflicted = Set(question.conflicted.map(person))
            guard conflicted.isDisjoint(with: [person(vote.by), person(vote.authority)]) else {
                continue
            }
            guard people.insert(person(vote.by)).inserted else { continue }
            switch vote.verdict {
            case .reject: rejections += 1
            case .approve:
                guard authorities.insert(person(vote.authority)).inserted else { continue }
                approvals.append(vote.sets)
            }
        }
        guard rejections < max(1, question.rejectionsNeeded) else { return .rejected }
        let missing = SetMatching.missing(sets: question.sets.map(\.min), votes: approvals)
        return missing == 0 ? .approved : .open(missing: missing)
    }

    /// How many people are missing although everybody who may decide did; 0 when it can be met.
    public func shortfall(of question: AuthorityQuestion) -> Int {
        var people: Set<MemberID> = []
        let able = direct(over: question).filter { people.insert(person($0.member.id)).inserted }
        // Who was handed it decides alone.
        guard question.assignee == nil else { return able.isEmpty ? 1 : 0 }
        return SetMatching.missing(sets: question.sets.map(\.min), votes: able.map(\.sets))
    }
}

/// Gives each vote to at most one set, so that as many places as possible are filled.
public enum SetMatching {
    /// How many places stay empty.
    public static func missing(sets: [Int], votes: [Set<Int>]) -> Int {
        // Every place is a seat; a vote may sit on any seat of its sets.
        let seats = sets.enumerated().flatMap { set, min in Array(repeating: set, count: min) }
        var taken: [Int?] = Array(repeating: nil, count: seats.count)
        var seated = 0
        for vote in votes.indices {
            var seen: Set<Int> = []
            if place(vote, votes, seats, &taken, &seen) { seated += 1 }
        }
        return seats.count - seated
    }

    private static func place(
        _ vote: Int, _ votes: [Set<Int>], _ seats: [Int], _ taken: inout [Int?],
        _ seen: inout Set<Int>
    ) -> Bool {
        for seat in seats.indices where votes[vote].contains(seats[seat]) {
            guard seen.insert(seat).inserted else { continue }
            if let other = taken[seat], !place(other, votes, seats, &taken, &seen) { continue }
            taken[seat] = vote
            return true
        }
        return false
    }
}
