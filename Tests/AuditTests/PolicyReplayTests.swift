import AuditVerifier
import JSONTree
import Testing

/// Goal: a log in which a policy says what it does not say is found out, and what cannot be judged
/// again is said.
struct PolicyReplayTests {
    private static func report(
        _ export: RichExport, without file: String? = nil
    ) -> AuditReport {
        ChangedByteTests.check(export.files.filter { $0.key != file }, export.trust)
    }

    @Test func whatTheyReadIsJudgedAgain() throws {
        let report = Self.report(try RichExport())
        #expect(report.result == .verified, "\(report.findings)")
        #expect(report.checked.contains { $0.hasPrefix("what the policies say again of 3 calls") })
        #expect(!report.notChecked.contains { $0.hasPrefix("what the policies say of") })
    }

    @Test(arguments: ["finance@1#small", "finance@1#default", "finance@1#nothing"])
    func anotherRuleIsFound(_ rule: String) throws {
        let report = Self.report(try RichExport(rule: rule))
        #expect(report.findings.map(\.code) == [.policyReplay, .policyReplay])
        #expect(report.firstBad == 5)
    }

    @Test func anotherOutcomeIsFound() throws {
        let report = Self.report(try RichExport(outcome: "rejected"))
        #expect(report.findings.map(\.code) == [.policyReplay])
    }

    /// Without its document, or where no policy spoke, nothing is said against a call.
    @Test func whatCannotBeJudgedIsSaid() throws {
        let report = Self.report(try RichExport(), without: "policies/finance.1.json")
        #expect(report.result == .verified, "\(report.findings)")
        #expect(report.notChecked.contains { $0.hasPrefix("what the policies say of 3 calls") })
        let free = Self.report(try RichExport(rule: "tenant default"))
        #expect(free.result == .verified, "\(free.findings)")
        #expect(free.checked.contains { $0.hasPrefix("what the policies say again of 1 calls") })
        let unknown = Self.report(try RichExport(rule: "other@2#large"))
        #expect(unknown.result == .verified, "\(unknown.findings)")
        #expect(unknown.notChecked.contains { $0.hasPrefix("what the policies say of 2 calls") })
    }
}
