import ArgumentParser

/// `countersign audit`.
struct AuditCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit", abstract: "Export the audit log, check an export, and erase values.",
        discussion: """
            The audit log of a tenant says what was asked, who decided and what ran. An export of \
            it is a folder, and `verify` needs nothing else but the keys that you trust. \
            Docs/Audit.md says what that shows.

              countersign audit trust > trust.json
              countersign audit export november
              countersign audit verify november --trust trust.json

            \(ExitStatus.discussion(
                .failed, .noTerminal, .inconclusive, .tampered, .badInput, .unreachable,
                .notAllowed, .badSettings))
            """,
        subcommands: [
            AuditEventsCommand.self, AuditTailCommand.self, AuditExportCommand.self,
            AuditCosignCommand.self, AuditTrustCommand.self, AuditVerifyCommand.self,
            AuditSearchCommand.self, AuditStoryCommand.self, AuditEraseCommand.self,
        ])
}
