import Approvals
import ArgumentParser
import SQLiteStore
import SystemClock

/// What both subcommands ask about the store.
struct StoreOptions: ParsableArguments {
    @Option(help: "The folder of the store; it is made with mode 0700 when it is not there.")
    var data: String

    @Option(
        help: ArgumentHelp(
            "A shell command that prints the store's key.",
            discussion: """
                The key is 32 bytes in hexadecimal or base64. Without this option it comes from \
                COUNTERSIGN_KEY, or from the file `key` in the folder, made with a new store.
                """))
    var keyCommand: String?

    @Option(
        help: ArgumentHelp(
            "A shell command that prints the key that signs the audit logs.",
            discussion: """
                32 bytes, as the store's key. Without this option it is in the file `log-key` in \
                the folder, made at the first start.
                """))
    var logKeyCommand: String?

    @Option(help: "The host named in the origin of the audit logs; this machine's name by default.")
    var host: String?

    /// Where its keys come from.
    var keys: StoreKeySources { StoreKeySources(sealing: key, log: logKey) }

    private var key: StoreKeySource {
        if let keyCommand { return .command(keyCommand) }
        if let text = SystemEnvironment()["COUNTERSIGN_KEY"] { return .text(text) }
        return .file
    }
}

extension StoreOptions {
    private var logKey: StoreKeySource { logKeyCommand.map { .command($0) } ?? .file }
}

/// Reads the name of a tenant.
func tenantName(_ text: String) throws -> TenantName {
    guard let name = TenantName(text) else {
        throw ValidationError("A tenant's name is 1 to 63 small letters, digits and hyphens.")
    }
    return name
}
