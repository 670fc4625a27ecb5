import Glibc
import JSONTree
import SystemClock

extension Examination {
    /// Shorter than this, and a person who has to be woken answers too late.
    private static let hookSecondsMin: Int64 = 600

    /// The hooks that have Claude Code ask us first: a hook that fails lets the call run as it is.
    var hooks: [Finding] {
        let home = environment.homeFolder
        let files = [
            "\(home)/.claude/settings.json", ".claude/settings.json",
            ".claude/settings.local.json",
        ]
        return files.filter { access($0, R_OK) == 0 }.flatMap { file -> [Finding] in
            do throws(Complaint) {
                return findings(in: try InputFile.json(file), file)
            } catch {
                return [
                    Finding(
                        "hook", .warn, error.sentence,
                        fix: "Claude Code then runs without hooks: correct the file.")
                ]
            }
        }
    }

    func findings(in value: JSONValue, _ file: String) -> [Finding] {
        var findings: [Finding] = []
        for event in value["hooks"]?.objectValue?.members ?? [] {
            for matcher in event.value.arrayValue ?? [] {
                for hook in matcher["hooks"]?.arrayValue ?? [] {
                    guard let command = hook["command"]?.stringValue,
                        command.contains("countersign"), command.contains("gate")
                    else { continue }
                    findings += judge(command, hook["timeout"]?.intValue, event.name, file)
                }
            }
        }
        return findings
    }

    private func judge(
        _ command: String, _ timeout: Int64?, _ event: String, _ file: String
    ) -> [Finding] {
        var findings: [Finding] = []
        func warn(_ verdict: Finding.Verdict, _ sentence: String, fix: String) {
            findings.append(Finding("hook", verdict, "\(file): \(sentence)", fix: fix))
        }
        if event != "PreToolUse" {
            warn(
                .fail,
                "the hook is under \(event), where the call has run already or cannot be held.",
                fix: "Move it to PreToolUse.")
        }
        if !command.contains("--hook") {
            warn(
                .fail, "the hook runs without --hook: a refusal does not hold the call.",
                fix: "Use `countersign gate --hook claude-code`.")
        }
        let words = command.split(separator: " ").map(String.init)
        if let program = words.first, found(program) == nil {
            warn(
                .fail, "\(program) is not to be found, and then the call runs as it is.",
                fix: "Write the whole path of countersign.")
        }
        if command.contains(where: { "|;&".contains($0) }) {
            warn(
                .warn, "other commands stand around ours, and their ending may let the call run.",
                fix: "Let the hook be countersign alone.")
        }
        if (timeout ?? 60) < Self.hookSecondsMin {
            let seconds = timeout.map { "\($0) s" } ?? "60 s, the usual time,"
            warn(
                .warn, "after \(seconds) without an answer the call runs as it is.",
                fix: "Set \"timeout\": 86400 beside the command.")
        }
        return findings.isEmpty ? [Finding("hook", .ok, "\(file) holds calls")] : findings
    }
}
