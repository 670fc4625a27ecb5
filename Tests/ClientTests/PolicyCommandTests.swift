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
