import Approvals
import Cryptography
import Glibc
import JSONTree
import Policies
import PolicyFile
import Testing
import TextGrid
import WireAPI

@testable import countersign

/// Goal: what is wrong with a policy is said where it stands, and no text in it moves a terminal.
struct PolicyCommandTests {
    private static let yaml = """
        id: refunds
        version: 1
        applies_to: {tools: [issue_refund]}
        rules:
          - id: small
            summary: "harmless \\e[2J"
            when: {"<": [{var: args.amount}, 300]}
            then: {effect: allow}
        default: {effect: require_approval, group: on-call}
        redact: [/secret]

        """

    private func source(_ text: String, _ scratch: ScratchFolder) throws -> PolicySource {
        let path = scratch.path + "/p.yaml"
        let file = try #require(fopen(path, "w"))
        fputs(text, file)
        fclose(file)
        return try PolicySource(path)
    }

    private func lint(_ text: String) throws -> [String] {
        let scratch = try ScratchFolder()
        let source = try source(text, scratch)
        return PolicyCommand.Lint.lines(PolicyLint(source.file.value), source).map {
            $0.text.hasPrefix(scratch.path)
                ? String($0.text.dropFirst(scratch.path.count)) : $0.text
        }
    }

    @Test func lintSaysLineColumnAndPlace() throws {
        let fine = try lint(Self.yaml)
        #expect(fine.contains("refunds version 1, 1 rule, 0 tests: it can be published"))
        #expect(fine.first?.hasPrefix("look at ") == true)
        let wrong = try lint(Self.yaml.replacing("group:", with: "gruop:"))
        #expect(
            wrong == [
                "/p.yaml:9:37: /default/gruop: There is no field \"gruop\" here. "
                    + "Did you mean \"group\"?", "1 problem",
            ])
        let path = try lint(Self.yaml.replacing("args.amount", with: "arg.amount"))
        #expect(path.first?.hasPrefix("/p.yaml:7:19: /rules/0/when/</0/var: The input") == true)
    }

    @Test func aFileThatIsNoneIsRefusedWithItsLine() throws {
        let scratch = try ScratchFolder()
        let complaint = #expect(throws: Complaint.self) { try source("id: a\nid: b\n", scratch) }
        #expect(complaint?.sentence.contains("/p.yaml:2:1: the map has a member") == true)
        #expect(complaint?.status == .badInput)
    }

    @Test func pagesAreInertAndHideSecrets() throws {
        let scratch = try ScratchFolder()
        let program = try source(
            Self.yaml.replacing("args.amount}, 300", with: "args.amount}, {var: args.secret}"),
            scratch
        ).program()
        let input: JSONValue = ["tool": "issue_refund", "args": ["amount": 5, "secret": 7_731]]
        let explanation = PolicyExplanation(program, of: input, isHidden: program.policy.hides)
        let text = PolicyPage.lines(explanation, of: program.policy).map(\.text)
        #expect(text.first == "allow by small, says refunds version 1")
        #expect(text.contains("      args.amount = 5"))
        #expect(text.contains("      args.secret = redacted"))
        #expect(text.allSatisfy { line in !line.utf8.contains { $0 < 0x20 } })
        #expect(!explanation.json.text().contains("7731"))
    }

    @Test func differencesLean() throws {
        let scratch = try ScratchFolder()
        let before = try source(Self.yaml, scratch).program().policy
        let after = try source(
            Self.yaml.replacing("effect: allow", with: "effect: deny"), scratch
        ).program().policy
        let lines = PolicyDifference(from: before, to: after).changes.map(PolicyPage.line)
        #expect(lines.map(\.text) == [#"~ rule small /then/effect: "allow" -> "deny" (stricter)"#])
    }
}

/// Goal: what is published is one row a version, with what still waits for a second person.
struct PublishedPageTests {
    @Test func aRowSaysWhatWaits() {
        var view = PolicyView(
            id: "refunds", version: 3, digest: SHA256.hash([1]), status: "draft",
            document: .null, publishedBy: "ada@acme.test",
            publishedAt: Timestamp(milliseconds: 1_795_338_251_719))
        let plain = PublishedPage.table([view]).map(\.text)
        #expect(plain.count == 2)
        #expect(plain[1].hasPrefix("refunds  3        draft   -"))
        view.proposal = PolicyProposalView(
            status: "enforced", by: "bob\u{1B}[2J", at: Timestamp(milliseconds: 0))
        let waiting = PublishedPage.table([view]).map(\.text)
        #expect(waiting[1].contains("enforced, wanted by bob"))
        #expect(!waiting[1].utf8.contains(0x1B))
    }
}

/// Goal: pages of a backtest add up, and what is printed of them is whole.
struct BacktestSumTests {
    private static func page(
        _ replayed: Int, laxer: Int, group: String, next: String?
    ) throws -> BacktestPage {
        let cases = try (0..<150).map { number in
            PolicyCaseView(
                approval: try #require(ApprovalID("01a2043d-9860-7e0e-b08c-0ba87d4786f6")),
                tool: "issue_refund", at: Timestamp(milliseconds: 0), live: "ask",
                shadow: "allow", rule: "small", state: "approved",
                leaning: number < laxer ? "laxer" : "stricter")
        }
        return BacktestPage(
            replayed: replayed, notReplayable: 1, unconcerned: 2, errors: 3,
            matrix: AgreementMatrix(
                allow: AgreementRow(allow: 1), ask: AgreementRow(allow: laxer, ask: 2),
                deny: AgreementRow(deny: 4)),
            stricter: 0, laxer: laxer,
            people: AgreementWithPeople(wouldBeFalseApprovals: 1, asksSaved: 2, minutesSaved: 3),
            groups: [GroupLoad(group: group, before: 5, after: 4)], changed: cases, total: 50,
            next: next)
    }

    @Test func pagesAddUp() throws {
        var sum = BacktestSum(try Self.page(10, laxer: 20, group: "finance", next: "x"))
        sum.add(try Self.page(20, laxer: 30, group: "ops", next: "y"))
        sum.add(try Self.page(5, laxer: 0, group: "finance", next: nil))
        #expect(sum.looked == 44)
        #expect(sum.page.next == nil)
        #expect(sum.page.matrix.ask == AgreementRow(allow: 50, ask: 6))
        #expect(sum.page.people.minutesSaved == 9)
        #expect(
            sum.page.groups == [
                GroupLoad(group: "finance", before: 10, after: 8),
                GroupLoad(group: "ops", before: 5, after: 4),
            ])
        #expect(sum.page.changed.count == BacktestSum.casesMax)
        #expect(sum.page.changed.prefix(50).allSatisfy { $0.leaning == "laxer" })
        let lines = AgreementPage.lines(sum, of: "refunds version 2").map(\.text)
        #expect(lines.first == "refunds version 2 tried on 35 calls")
        #expect(lines.contains("finance  10     8"))
        #expect(lines.contains { $0.hasPrefix("it allows what a person rejected: 3") })
    }

    @Test(
        arguments: [
            (0, 10, "[------------------------------] 0 %  0 of 10 calls"),
            (5, 10, "[###############---------------] 50 %  5 of 10 calls"),
            (12, 10, "[##############################] 100 %  10 of 10 calls"),
        ])
    func theBarSaysHowFar(_ count: Int, _ total: Int, _ line: String) {
        #expect(ProgressBar.line(count, of: total) == line)
    }
}
