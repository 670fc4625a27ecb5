import Approvals
import Audit
import ControlPlane
import Cryptography
import JSONTree
import Testing

/// Goal: whatever the limits let in, the store gives back; a record that cannot be read again
/// would stop a tenant, or the whole installation.
@Suite("Every store gives back what is as large as the limits allow")
struct StoreLimitsTests {
    /// The limit of reveals in an hour is worth nothing when the store forgets them.
    @Test("When a member was shown values is kept", arguments: StoreKind.allCases)
    func revealTimes(kind: StoreKind) throws {
        let rig = try StoreRig(furnished: kind)
        var ada = Fixture.member(1, "ada@acme.test")
        ada.revealedAt = [Fixture.start]
        let first = ada
        #expect(try rig.save { try $0.insert(first, of: Fixture.acme) })
        #expect(try rig.read { try $0.member(first.id, of: Fixture.acme) } == first)
        ada.revealedAt += [Fixture.start.adding(seconds: 7), Timestamp(milliseconds: .max)]
        let later = ada
        try rig.save { try $0.replace(later, of: Fixture.acme) }
        #expect(try rig.read { try $0.member(email: ada.email, of: Fixture.acme) } == ada)
        #expect(try rig.read { try $0.members(of: Fixture.acme) } == [ada])
    }

    /// An admin fills both lists of tools, each within one body.
    @Test("The largest settings of a tenant", arguments: StoreKind.allCases)
    func largestTenant(kind: StoreKind) throws {
        let rig = try StoreRig(kind)
        var tenant = Fixture.tenant()
        for number in 0..<Limits.namedToolsMax {
            let padding = String(repeating: "\u{1}", count: ToolName.bytesMax - 6)
            let tool: ToolName = Fixture.name("\(100_000 + number)" + padding)
            tenant.toolRisks[tool] = .critical
            tenant.failOpenTools.insert(tool)
        }
        let large = tenant
        #expect(try rig.save { try $0.insert(large) })
        #expect(try rig.read { try $0.tenant(Fixture.acme) } == tenant)
        #expect(try rig.read { try $0.tenants() } == [tenant])
    }
}
