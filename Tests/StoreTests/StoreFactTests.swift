import Approvals
import ControlPlane
import Cryptography
import Testing

@Suite("Every store counts calls and knows approved values again")
struct StoreFactTests {
    private static func trail(_ arguments: UInt8 = 1, tool: String = "pay") throws -> CallTrail {
        CallTrail(
            agent: AgentID(Fixture.uuid(7)), tool: try #require(ToolName(tool)),
            argumentsDigest: SHA256.hash([arguments]))
    }

    @Test("Steps fall out of the hour and the day", arguments: StoreKind.allCases)
    func windows(kind: StoreKind) throws {
        let rig = try StoreRig(furnished: kind)
        let (one, two) = (try Self.trail(), try Self.trail(2))
        func count(_ step: CallStep, _ trail: CallTrail, _ seconds: Int) throws {
            let at = Fixture.start.adding(seconds: seconds)
            try rig.save { try $0.count(step, of: trail, at: at, in: Fixture.acme) }
        }
        func counts(_ trail: CallTrail, _ seconds: Int) throws -> CallCounts {
            let at = Fixture.start.adding(seconds: seconds)
            return try rig.read { try $0.counts(of: trail, at: at, in: Fixture.acme) }
        }
        #expect(try counts(one, 0) == CallCounts())
        try count(.submitted, one, 0)
        try count(.submitted, one, 600)
        try count(.approved, one, 600)
        try count(.submitted, two, 600)
        try count(.rejected, two, 700)
        try count(.submitted, try Self.trail(tool: "other"), 600)
        let soon = try counts(one, 1_000)
        #expect(soon.hour == CallTally(submitted: 3, approved: 1, rejected: 1))
        #expect(soon.day == soon.hour && soon.total == 3 && soon.sameHour == 2)
        #expect(soon.firstAt == Fixture.start)
        let later = try counts(one, 3_600 + 600)
        #expect(later.hour.submitted == 2 && later.sameHour == 1 && later.day.submitted == 3)
        let tomorrow = try counts(one, 86_400 + 600)
        #expect(tomorrow.day.submitted == 2 && tomorrow.hour == CallTally())
        for day in 2...30 { try count(.submitted, one, day * 86_400) }
        #expect(try counts(one, 30 * 86_400).day.submitted == 2)
        #expect(try counts(one, 30 * 86_400).total == 32)
        #expect(
            try rig.read { try $0.counts(of: one, at: Fixture.start, in: Fixture.other) }
                == CallCounts())
    }

    @Test("A value is known where it was approved, and nowhere else", arguments: StoreKind.allCases)
    func values(kind: StoreKind) throws {
        let rig = try StoreRig(furnished: kind)
        let tool = try #require(ToolName("pay"))
        func value(_ byte: UInt8, _ path: String = "args.iban") -> CallValue {
            CallValue(
                agent: AgentID(Fixture.uuid(7)), tool: tool, path: path,
                digest: SHA256.hash([byte]))
        }
        let known = value(1)
        for _ in 1...2 {
            try rig.save { try $0.keepApproved(known, at: Fixture.start, in: Fixture.acme) }
        }
        #expect(try rig.read { try $0.isApproved(known, in: Fixture.acme) })
        for other in [value(2), value(1, "args.other")] {
            #expect(try !rig.read { try $0.isApproved(other, in: Fixture.acme) })
        }
        #expect(try !rig.read { try $0.isApproved(known, in: Fixture.other) })
    }

    /// Short values could be guessed by a plain hash in the file.
    @Test("No digest of a call or a value is in the file") func secrecy() throws {
        let scratch = try Scratch()
        let trail = try Self.trail()
        let value = CallValue(
            agent: trail.agent, tool: trail.tool, path: "args.pin", digest: SHA256.hash([9]))
        try scratch.withStore { (store) throws in
            try furnish(store, with: Fixture.approval(1))
            try store.commit { writer, _ in
                try writer.count(.submitted, of: trail, at: Fixture.start, in: Fixture.acme)
                try writer.keepApproved(value, at: Fixture.start, in: Fixture.acme)
            }
        }
        let folder = scratch.path + "/store"
        for name in names(in: folder) {
            let file = bytes(of: folder + "/" + name)
            for digest in [trail.argumentsDigest, value.digest] {
                #expect(!file.contains(Array(digest.bytes.prefix(16))))
                #expect(!file.contains(Array(digest.hex.utf8)))
            }
        }
    }
}
