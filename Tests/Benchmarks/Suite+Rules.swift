import Glibc

/// Rules and decisions a second on one core, beside engines that are installed for this run.
extension Suite {
    func rules() throws {
        guard let folder = options.data else {
            print("rules: skipped; set COUNTERSIGN_CONFORMANCE to the folder of conformance data")
            return
        }
        let rules = try Rules(folder: folder)
        let digest = rules.answersDigest()
        let isRight = digest.hasPrefix(Rules.expected)
        Table.add("answers of \(rules.ruleCount) rules", isRight ? "all right" : "WRONG")
        let seconds = min(options.seconds, 3)
        let figures = [
            ("evaluations", rules.evaluationsPerSecond(seconds: seconds)),
            ("decisions", rules.decisionsPerSecond(seconds: seconds)),
            ("parsed", rules.parsedDecisionsPerSecond(seconds: seconds)),
        ]
        let names = [
            "evaluations": "rule evaluations a second",
            "decisions": "decisions of fifty rules a second",
            "parsed": "  the same from the bytes of each call",
        ]
        let peers = options.isQuick ? [] : try peerFigures(folder, seconds: seconds)
        for (name, value) in figures {
            Table.add(names[name] ?? name, Table.fixed(value, 0))
            for peer in peers where peer.name.hasSuffix(" " + name) {
                Table.add("    " + peer.name.dropLast(name.count + 1), peer.value)
            }
        }
        for peer in peers where !figures.contains(where: { peer.name.hasSuffix(" " + $0.0) }) {
            print("\(peer.name): \(peer.value)")
        }
        guard isRight else { throw Trouble("the answers of the rules have digest \(digest)") }
    }

    /// What other engines reach, or that they are not to be had.
    private func peerFigures(
        _ folder: String, seconds: Double
    ) throws -> [(name: String, value: String)] {
        let script = String(#filePath.dropLast("Suite+Rules.swift".count)) + "rules.py"
        let said = try Child(
            ["python3", script, folder, "--seconds", Table.fixed(seconds, 0)],
            keepingErrors: false
        ).finish()
        return said.split(separator: "\n").compactMap { line in
            let parts = line.split(separator: "\t")
            return parts.count == 2 ? (String(parts[0]), String(parts[1])) : nil
        }
    }
}
