import Cryptography
import Approvals
import Glibc
import JSONTree
import TextGrid
import WireAPI

/// What the demo's agents did: a line of JSON for each run of a tool.
struct DemoLedger {
    let path: String

    /// Writes one run; a single write, so that agents do not mix their lines.
    func append(_ claim: ClaimAnswer, by role: DemoRole) -> Bool {
        let entry: JSONValue = [
            "at": .string(SystemSource.now.rfc3339), "agent": .string(role.rawValue),
            "tool": .string(claim.tool), "approval": .string(claim.id.rawValue),
            "digest": .string(claim.effectiveDigest.text), "arguments": claim.arguments,
        ]
        let file = open(path, O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard file >= 0 else { return false }
        defer { close(file) }
        let text = Array((entry.text(.compact) + "\n").utf8)
        return write(file, text, text.count) == text.count
    }

    /// The runs for a person: when, which tool, and the arguments that nobody wanted hidden.
    func lines() -> [SafeText] {
        do throws(Complaint) {
            let bytes = try InputFile.bytes(path)
            var lines: [SafeText] = []
            for line in bytes.split(separator: 10) {
                let entry = try InputFile.json(Array(line), named: path)
                lines.append(Self.line(of: entry))
            }
            return lines
        } catch {
            return []
        }
    }

    private static func line(of entry: JSONValue) -> SafeText {
        let time = SafeText(
            escaping: String((entry["at"]?.stringValue ?? "").dropFirst(11).prefix(8)))
        let tool = SafeText(escaping: entry["tool"]?.stringValue ?? "").padded(to: 14)
        var facts: [SafeText] = []
        for member in entry["arguments"]?.objectValue?.members ?? [] {
            // What is nested may be what was redacted; the ledger has it in full.
            guard member.value.objectValue == nil else { continue }
            facts.append(
                SafeText(escaping: member.name) + "="
                    + SafeText.json(member.value.text(.compact)).split(at: 40).head)
        }
        return facts.reduce("  " + time + "  " + tool) { $0 + " " + $1 }.split(at: 100).head
    }
}
