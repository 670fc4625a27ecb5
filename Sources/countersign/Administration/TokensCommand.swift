import Approvals
import ArgumentParser
import TextGrid
import WireAPI

/// `countersign token`.
struct TokensCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "token", abstract: "Manage the tokens of people and agents.",
        discussion: """
            A token speaks for one person or one agent. It is shown once, when it is made.

              countersign token add --member ada@acme.test > token
              countersign token list
              countersign token remove ID

            \(ExitStatus.ordinary)
            """,
        subcommands: [Add.self, List.self, Remove.self])

    struct Add: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "add", abstract: "Make a token and print nothing but it, once.",
            discussion: """
                  countersign token add --member ada@acme.test > token
                  countersign token add --agent support-bot --expires 30d

                \(ExitStatus.ordinary)
                """)

        @OptionGroup var common: CommonOptions

        @Option(name: .long, help: "The e-mail of the person it speaks for.")
        var member: String?

        @Option(name: .long, help: "The name of the agent it speaks for.")
        var agent: String?

        @Option(name: .long, help: "Where it is used.")
        var label: String?

        @Option(name: .long, help: "When it ends: 12h, 30d. Never when missing.")
        var expires: String?

        @Option(
            name: .long,
            help: "A code of your own second factor, for a person's token; asked for when needed.")
        var code: String?

        func validate() throws {
            guard (member == nil) != (agent == nil) else {
                throw ValidationError("Name either --member or --agent.")
            }
        }

        func run() throws {
            var body = TokenBody(member: member, agent: agent, label: label)
            if let expires {
                body.expiresInSeconds = try Parsed.seconds(expires, for: "--expires")
            }
            let client = try Session.current().client()
            if member != nil {
                let me: MeAnswer = try client.get(.me)
                if me.stepUp == .active {
                    body.stepUp = try StepUpPrompt.body(code, "code of your own")
                }
            }
            let view: TokenView = try client.send(.addToken, body)
            if common.json { return Output.json(view.wire) }
            guard let token = view.token else { throw Complaint.unreadable }
            Output.line(SafeText(escaping: token))
        }
    }

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "List the tokens, without their secrets.",
            discussion: ExitStatus.ordinary)

        @OptionGroup var common: CommonOptions

        func run() throws {
            let list: TokenList = try Session.current().client().get(.listTokens)
            if common.json { return Output.json(list.wire) }
            var table = TextTable("ID", "FOR", "LABEL", "MADE", "ENDS")
            for token in list.items {
                table.add(
                    token.id.rawValue, token.holder, token.label ?? "",
                    Words.time(token.createdAt), token.expiresAt.map(Words.time) ?? "never")
            }
            Output.lines(table.lines)
        }
    }

    struct Remove: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "remove", abstract: "Revoke a token; it stops working at once.",
            discussion: ExitStatus.ordinary)

        @Argument(help: "The id of the token, as `countersign token list` prints it.")
        var id: String

        func run() throws {
            guard let token = TokenID(id) else {
                throw Complaint(
                    "That is not the id of a token.",
                    next: "Ids are printed by `countersign token list`; never write a token here.",
                    .usage)
            }
            try Session.current().client().send(.removeToken, naming: token.rawValue)
            Output.note("Revoked \(token).")
        }
    }
}
