import ArgumentParser
import SystemClock

/// `countersign mcp-gateway`.
struct MCPGatewayCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mcp-gateway",
        abstract: "Hold the tool calls between an MCP client and an MCP server.",
        discussion: """
            Put it in the place of the server in the client's settings. It starts the server, or \
            reaches it at its URL, talks to the client over standard input and output, and passes \
            everything on as it came, except tools/call: a call goes on once it was approved and \
            claimed, with the effective arguments, and the answer becomes the receipt. The \
            policies of the control plane say which calls need nobody.

              countersign mcp-gateway --upstream 'npx -y @acme/bank-server'
              countersign mcp-gateway --prefix bank. -- ./bank-server --stdio
              countersign mcp-gateway --upstream https://bank.example/mcp --prefix bank.
              countersign mcp-gateway --listen 127.0.0.1:8900 --upstream ./bank-server

            With --listen clients reach it at http://127.0.0.1:8900/mcp instead, each session \
            with a server of its own.

            While a call waits, a client that asked for progress gets some, so that it does not \
            give up. A client that gives up cancels the approval. A refusal is told to the model \
            as the result of the call. Without an answer of the control plane no call goes on.

            The token is taken from COUNTERSIGN_TOKEN, from the settings or from the login; the \
            server does not get it. The gateway ends with the status of the server.

            \(ExitStatus.discussion(.commandNotStarted, .badInput, .notAllowed, .badSettings))
            """)

    @OptionGroup var call: CallOptions

    @OptionGroup var common: CommonOptions

    @Option(name: .long, help: "The server behind: its command line, or its URL.")
    var upstream: String?

    @Option(
        name: .customLong("upstream-token-from"),
        help: "The variable of the environment with the token for a server behind a URL.")
    var upstreamTokenFrom: String?

    @Option(name: .long, help: "What stands before the name of every tool: bank. for example.")
    var prefix = ""

    @Option(name: .long, help: "Talk HTTP to clients, at this HOST:PORT, and path /mcp.")
    var listen: String?

    @Option(
        name: .customLong("listen-token-from"),
        help: "The variable of the environment with the token that clients must send.")
    var listenTokenFrom: String?

    @Option(name: .customLong("allow-origin"), help: "A web page's origin that may talk to it.")
    var allowOrigin: [String] = []

    @Argument(
        parsing: .postTerminator, help: "The command of the server, after --, and its arguments.")
    var command: [String] = []

    func validate() throws {
        try call.validateForGateway()
        guard (upstream == nil) != command.isEmpty else {
            throw ValidationError("Name the server with --upstream, or after --.")
        }
        guard listen != nil || (listenTokenFrom == nil && allowOrigin.isEmpty) else {
            throw ValidationError("--listen-token-from and --allow-origin go with --listen.")
        }
        guard upstreamTokenFrom == nil || upstream.map(UpstreamURL.isURL) == true else {
            throw ValidationError("--upstream-token-from is for a server behind a URL.")
        }
    }

    func run() throws {
        if let listen {
            try MCPFront(listen: listen, tokenVariable: listenTokenFrom, origins: allowOrigin)
                .become()
        }
        guard let signals = SystemSignals(blocking: GateRun.signals) else {
            throw Complaint("Signals cannot be read.", next: "", .failed)
        }
        let session = try Session.current()
        let run = try MCPGatewayRun(server(), call, prefix: prefix, session: session)
        throw ExitCode(run.run(signals))
    }

    /// The server behind, started or ready to be asked.
    private func server() throws(Complaint) -> any MCPUpstream {
        guard let upstream else { return ProgramUpstream(try UpstreamProgram(command)) }
        guard UpstreamURL.isURL(upstream) else {
            return ProgramUpstream(try UpstreamProgram(try UpstreamProgram.words(of: upstream)))
        }
        return try URLUpstream(try UpstreamURL(upstream, tokenVariable: upstreamTokenFrom))
    }
}
