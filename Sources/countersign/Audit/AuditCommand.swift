import ArgumentParser

/// `countersign audit`.
struct AuditCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit", abstract: "Check an exported audit log.",
        discussion: """
            The audit log of a tenant says what was asked, who decided and what ran. An export of \
            it is a folder, and `verify` needs nothing else but the keys that you trust. \
            Docs/Audit.md says what that shows.

              countersign audit verify export --trust trust.json

            \(ExitStatus.discussion(.failed, .noTerminal, .inconclusive))
            """,
        subcommands: [AuditVerifyCommand.self])
}
