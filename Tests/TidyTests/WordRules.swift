/// What no file may say, by where it stands.
enum WordRules {
    /// A pure target has no clock, randomness, task, output or Foundation.
    static let bannedInPure = [
        "Date(", "Date.now", "Clock.now", "ContinuousClock", "SuspendingClock", "UUID(", "Task",
        "print(", "import Foundation", "import FoundationEssentials", "import Glibc", "Mutex",
        "import Synchronization", "import Dispatch", ".random(", "SystemRandomNumberGenerator",
        "async", "await",
    ]

    /// Nowhere in the programs.
    static let bannedInSources = [
        "try!", "try?", "as!", "fatalError", "@unchecked Sendable", "nonisolated(unsafe)",
        "Task.detached", "import Foundation", "@preconcurrency",
    ]

    /// A test neither waits for the wall clock nor sleeps.
    static let bannedInTests = ["usleep(", "Task.sleep", "Thread.sleep", "nanosleep("]

    /// Names that say nothing.
    static let emptyNames = ["Manager", "Helper", "Helpers", "Utils", "Util", "Common", "Impl"]

    static func bannedWords(_ file: SourceFile, pureTargets: Set<String>) -> [Finding] {
        guard file.isSwift, let target = file.target else { return [] }
        var banned = file.isSource ? bannedInSources : bannedInTests
        if file.isSource, pureTargets.contains(target) { banned += bannedInPure }
        return banned.flatMap { word in
            Words.lines(of: word, in: file.code).map {
                Finding(file.path, $0, "`\(word)` has no place here")
            }
        }
    }

    /// Types whose name ends in a word that says nothing.
    static func emptyNames(_ file: SourceFile) -> [Finding] {
        file.code.enumerated().flatMap { number, line in
            let words = FunctionSpans.words(line)
            return zip(words, words.dropFirst()).filter(saysNothing).map { _, name in
                Finding(file.path, number + 1, "the name \(name) says nothing")
            }
        }
    }

    private static func saysNothing(_ keyword: String, _ name: String) -> Bool {
        ["struct", "class", "enum", "actor", "protocol"].contains(keyword)
            && emptyNames.contains { name.hasSuffix($0) }
    }

    /// Promises to do it later: what is not done is an issue, not a comment.
    static func promises(_ file: SourceFile) -> [Finding] {
        let words = ["TO" + "DO", "FIX" + "ME", "XX" + "X", "HA" + "CK"]
        return words.flatMap { word in
            Words.lines(of: word, in: file.lines).map {
                Finding(file.path, $0, "`\(word)` belongs into an issue")
            }
        }
    }

    /// Paths of one machine.
    static func machinePaths(_ file: SourceFile) -> [Finding] {
        let roots = ["work", "home", "root", "Users", "opt"].map { "/" + $0 + "/" }
        return file.lines.enumerated().compactMap { number, line in
            guard let root = roots.first(where: { mentions(line, $0) }) else { return nil }
            return Finding(file.path, number + 1, "`\(root)` is a path of one machine")
        }
    }

    /// True when `line` has the absolute path `root`, not a longer path or address that has it.
    private static func mentions(_ line: String, _ root: String) -> Bool {
        let bytes = Array(line.utf8)
        let needle = Array(root.utf8)
        guard bytes.count >= needle.count else { return false }
        return (0...(bytes.count - needle.count)).contains { start in
            guard bytes[start..<(start + needle.count)].elementsEqual(needle) else { return false }
            guard start > 0 else { return true }
            let before = bytes[start - 1]
            return !Words.isWordByte(before) && before != UInt8(ascii: ".")
                && before != UInt8(ascii: "}") && before != UInt8(ascii: "/")
        }
    }
}
