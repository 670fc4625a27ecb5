import Glibc
import JSONTree
import SystemClock
import WireAPI

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
                    guard let own = own(hook) else { continue }
                    let found = own + usual(hook, event.name)
                    findings += found.map { verdict, sentence, fix in
                        Finding("hook", verdict, "\(file): \(sentence)", fix: fix)
                    }
                    guard found.isEmpty else { continue }
                    findings.append(Finding("hook", .ok, "\(file) holds calls"))
                }
            }
        }
        return findings
    }

    private typealias Flaw = (verdict: Finding.Verdict, sentence: String, fix: String)

    /// What is wrong with one of our hooks by its kind; nil for the hook of somebody else.
    private func own(_ hook: JSONValue) -> [Flaw]? {
        if let command = hook["command"]?.stringValue {
            let isOurs = command.contains("countersign") && command.contains("gate")
            return isOurs ? judge(command) : nil
        }
        guard let url = hook["url"]?.stringValue, url.contains(Route.claudeCodeHook.path) else {
            return nil
        }
        let isOpen =
            url.hasPrefix("http://") && !url.contains("//127.0.0.1")
            && !url.contains("//localhost")
        return isOpen
            ? [(.warn, "the hook sends calls and its token unencrypted.", "Use https://.")] : []
    }

    /// What is wrong with a hook of either kind.
    private func usual(_ hook: JSONValue, _ event: String) -> [Flaw] {
        var flaws: [Flaw] = []
        if event != "PreToolUse" {
            flaws.append(
                (
                    .fail,
                    "the hook is under \(event), where the call has run already or cannot be held.",
                    "Move it to PreToolUse."
                ))
        }
        let timeout = hook["timeout"]?.intValue
        if (timeout ?? 60) < Self.hookSecondsMin {
            let seconds = timeout.map { "\($0) s" } ?? "the usual time"
            flaws.append(
                (
                    .warn, "after \(seconds) without an answer the call runs as it is.",
                    "Set \"timeout\": 86400 beside it."
                ))
        }
        if hook["onFailure"]?.stringValue != "block" {
            flaws.append(
                (
                    .fail, "when the hook fails or is late, the original arguments run.",
                    "Set \"onFailure\": \"block\" beside it."
                ))
        }
        return flaws
    }

    /// What is wrong with the command of a hook.
    private func judge(_ command: String) -> [Flaw] {
        var flaws: [Flaw] = []
        if !command.contains("--hook") {
            flaws.append(
                (
                    .fail, "the hook runs without --hook: a refusal does not hold the call.",
                    "Use `countersign gate --hook claude-code`."
                ))
        }
        let words = command.split(separator: " ").map(String.init)
        if let program = words.first, found(program) == nil {
            flaws.append(
                (
                    .fail, "\(program) is not to be found, and then the call runs as it is.",
                    "Write the whole path of countersign."
                ))
        }
        if command.contains(where: { "|;&".contains($0) }) {
            flaws.append(
                (
                    .warn,
                    "other commands stand around ours, and their ending may let the call run.",
                    "Let the hook be countersign alone."
                ))
        }
        return flaws
    }
}
