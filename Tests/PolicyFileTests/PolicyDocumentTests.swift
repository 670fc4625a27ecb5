import Foundation
import JSONTree
import Policies
import PolicyFile
import Testing

/// Goal: what Docs/Policies.md shows is true.
///
/// Method: every block of it is run. A policy must be publishable, or be refused with the sentence
/// that its first line names; a call must get the answer that stands below it.
struct PolicyDocumentTests {
    private struct Block {
        let language: Substring
        var lines: [Substring] = []
        /// The first line behind the block that is not empty.
        var after: Substring = ""

        var text: String { lines.map { $0 + "\n" }.joined() }
    }

    @Test func everyExampleIsTrue() throws {
        var program: PolicyProgram?
        var counts = (policies: 0, refused: 0, calls: 0)
        for block in try Self.blocks() {
            switch block.language {
            case "yaml":
                let file = try PolicyFile(parsing: Array(block.text.utf8), as: .yaml)
                let lint = PolicyLint(file.value)
                let problems = lint.problems.map { "\($0.pointer): \($0.sentence)" }
                if let first = block.lines.first, first.hasPrefix("# refused: ") {
                    let sentence = String(first.dropFirst("# refused: ".count))
                    #expect(problems.contains { $0.hasPrefix(sentence) }, "\(problems)")
                    counts.refused += 1
                } else {
                    #expect(problems.isEmpty, "\(block.text)")
                    program = lint.program
                    counts.policies += 1
                }
            case "json":
                let verdict = try #require(program).decide(try JSONValue(parsing: block.text))
                let words = "\(verdict.effect.kind.rawValue) by \(verdict.decider.name)"
                #expect(block.after == "Answer: `\(words)`", "\(block.text)")
                counts.calls += 1
            default: Issue.record("a block in \(block.language)")
            }
        }
        #expect(counts == (2, 2, 4))
    }

    private static func blocks() throws -> [Block] {
        let file = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../Docs/Policies.md")
        let text = try String(contentsOf: file, encoding: .utf8)
        var blocks: [Block] = []
        var open: Block?
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("```") {
                if let block = open {
                    blocks.append(block)
                    open = nil
                } else {
                    open = Block(language: line.dropFirst(3))
                }
            } else if open != nil {
                open?.lines.append(line)
            } else if let last = blocks.indices.last, blocks[last].after.isEmpty {
                blocks[last].after = line
            }
        }
        return blocks
    }
}
