import ArgumentParser

/// The program's command line.
struct Countersign: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "countersign",
        abstract: "Decide what AI agents may do, and prove it.",
        discussion: """
            Without a subcommand the inbox opens: the queue of calls that wait for you. ? shows \
            its keys. Everything it does can be done with the subcommands, for pipes and screen \
            readers; all of them understand --json.

            \(Session.precedence)

            \(ExitStatus.discussion)
            """,
        version: version,
        subcommands: [DemoAgentCommand.self],
        groupedSubcommands: [
            CommandGroup(
                name: "Decide",
                subcommands: [
                    ListCommand.self, ShowCommand.self, ApproveCommand.self, RejectCommand.self,
                    EditCommand.self, WatchCommand.self, HistoryCommand.self, CommentCommand.self,
                    ExtendCommand.self, ReassignCommand.self, AcknowledgeCommand.self,
                    HaltCommand.self, BreakGlassCommand.self,
                ]),
            CommandGroup(
                name: "Gate calls",
                subcommands: [
                    GateCommand.self, MCPGatewayCommand.self, ReceiptCommand.self,
                    DigestCommand.self,
                ]),
            CommandGroup(
                name: "Set the rules",
                subcommands: [
                    PolicyCommand.self, GrantCommand.self, DelegationCommand.self,
                    EscalationCommand.self,
                    ScheduleCommand.self, ShiftCommand.self, OverrideCommand.self,
                    SwapCommand.self, QuietCommand.self, CoverageCommand.self,
                ]),
            CommandGroup(
                name: "Prove it", subcommands: [AuditCommand.self, WitnessCommand.self]),
            CommandGroup(name: "Look around", subcommands: [DemoCommand.self, LogicCommand.self]),
            CommandGroup(
                name: "Make it yours",
                subcommands: [
                    SettingsCommand.self, ThemeCommand.self, KeysCommand.self, ManualCommand.self,
                    CompletionsCommand.self,
                ]),
            CommandGroup(
                name: "Log in",
                subcommands: [
                    LoginCommand.self, LogoutCommand.self, WhoAmICommand.self, DoctorCommand.self,
                    StepUpCommand.self,
                ]),
            CommandGroup(
                name: "Administer",
                subcommands: [
                    TenantCommand.self, GroupCommand.self, MemberCommand.self, AgentCommand.self,
                    TokensCommand.self,
                ]),
        ])

    static let version = "0.1.0"

    @OptionGroup var options: InboxOptions

    func run() throws {
        throw ExitCode(options.isPlain ? InboxOptions.hint() : InboxCommand.run(options))
    }
}
