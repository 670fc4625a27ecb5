import ArgumentParser

/// The control plane's program.
struct Countersignd: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "countersignd",
        abstract: "Holds tool calls until somebody with the authority decided them.",
        discussion: """
            Exit status: 0 after a shutdown in good order, 64 for a wrong command line, 69 when \
            another process holds the store or the address cannot be listened on, 74 when the disk \
            failed, 78 when the folder, the key, the certificate or the schema is not what it must \
            be.
            """,
        version: version,
        subcommands: [
            Serve.self, Initialise.self, LogKeyCommand.self, MCPListen.self, PrintManual.self,
            PrintCompletions.self,
        ])

    /// The version of the program.
    static let version = "0.1.0"
}
