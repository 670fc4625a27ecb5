import Approvals
import ControlPlane
import Cryptography
import JSONTree
import Simulation
import Testing

/// Goal: whoever races, an approval is settled once, and the losers are told who won.
@Suite struct RaceTests {
    enum Contender: CaseIterable {
        case ada, lea, reject, cancel, timer, claim, extend, reassign

        /// What they do; the decisions were prepared on the first revision.
        func run(_ desk: Desk, _ id: ApprovalID, _ shown: Digest) throws {
            switch self {
            case .ada: try decide(desk, id, shown, .approve, "ada@acme.test")
            case .lea: try decide(desk, id, shown, .approve, "lea@acme.test")
            case .reject: try decide(desk, id, shown, .reject, "lea@acme.test")
            case .cancel: try desk.tell(.cancel(id, reason: nil), as: "bot")
            case .timer:
                desk.pass(seconds: 900)
                try desk.ring()
            case .claim: try desk.claim(id)
            case .extend:
                try desk.tell(
                    .extend(id, revision: 1, seconds: 60, reason: nil), as: "ada@acme.test")
            case .reassign:
                try desk.tell(
                    .reassign(id, revision: 1, to: .group(#require(Desk.ops)), reason: nil),
                    as: "ada@acme.test")
            }
        }

        private func decide(
            _ desk: Desk, _ id: ApprovalID, _ shown: Digest, _ verdict: Verdict, _ name: String
        ) throws {
            let command = DecideCommand(
                approval: id, revision: 1, displayedDigest: shown, verdict: verdict,
                comment: "because", isFullyShown: true)
            try desk.tell(.decide(command), as: name)
        }
    }

    /// Method: every order of three contenders; what was settled stays, with one event.
    @Test(arguments: Contender.allCases)
    func everyOrderOfThreeSettlesOnce(_ first: Contender) throws {
        let desk = try Desk()
        try desk.join("lea@acme.test", [.lead], ["finance"], by: Desk.admin)
        for second in Contender.allCases {
            for third in Contender.allCases { try race([first, second, third], at: desk) }
        }
    }

    private func race(_ contenders: [Contender], at desk: Desk) throws {
        let id = try desk.submit(Desk.submission(key: "\(contenders)"))
        let shown = try desk.view(id).displayedDigest
        var settled: Approval?
        for contender in contenders {
            let before = try desk.stored(id)
            let refused = refusal { try contender.run(desk, id, shown) }
            let after = try desk.stored(id)
            if refused != nil { #expect(after == before, "\(contenders)") }
            if let settled {
                #expect(after.state == settled.state, "\(contenders)")
                #expect(after.isReleased == settled.isReleased, "\(contenders)")
                #expect(after.effectiveDigest == settled.effectiveDigest, "\(contenders)")
                #expect(after.settledAt == settled.settledAt, "\(contenders)")
            } else if after.state.isTerminal {
                settled = after
            }
        }
        let types = try desk.types(id)
        let endings = types.filter {
            ["approval.decided", "approval.expired", "approval.cancelled"].contains($0)
        }
        #expect(endings.count == (settled == nil ? 0 : 1), "\(contenders): \(types)")
        #expect(types.filter { $0 == "approval.claimed" }.count <= 1)
    }

    @Test func losersAreToldWhoWon() throws {
        let desk = try Desk()
        try desk.join("lea@acme.test", [.lead], ["finance"], by: Desk.admin)
        let id = try desk.submit()
        let late = try desk.decision(.reject, on: id, as: "lea@acme.test")
        try desk.decide(.approve, on: id)
        let answer = try desk.tell(.decide(late), as: "lea@acme.test")
        guard case .refused(.alreadySettled(let state, let by, let at), let current) = answer else {
            throw Surprise(answer)
        }
        #expect(state == .approved)
        #expect(by.flatMap { current?.names[$0] } == "ada@acme.test")
        #expect(at == desk.clock.wall)
    }

    /// Method: every write may fail before or after its commit; who retries with the same key
    /// learns what happened, and nothing happens twice.
    @Test(arguments: 0..<40)
    func lostAcknowledgementsAreResolvedByTheSameKey(_ seed: UInt64) throws {
        let desk = try Desk(seed: seed)
        desk.store.setFaults(permille: 400)
        let id = try retrying { try desk.submit() }
        var command = try desk.decision(.approve, on: id)
        command.key = "press"
        try retrying { try desk.tell(.decide(command), as: "ada@acme.test") }
        let (approval, claim) = try retrying { try desk.claim(id) }
        let digest = try #require(approval.effectiveDigest)
        try retrying { try desk.report(id, claim, digest: digest) }
        #expect(
            try desk.types(id) == [
                "approval.requested", "approval.decided", "approval.claimed", "execution.reported",
            ])
    }

    @discardableResult
    private func retrying<Value>(_ body: () throws -> Value) throws -> Value {
        for _ in 0..<100 {
            do {
                return try body()
            } catch CommandFailure.store(.stopped) {
                continue
            }
        }
        throw CommandFailure.store(.stopped("it never succeeded"))
    }
}
