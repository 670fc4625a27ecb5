import Approvals
import ArgumentParser
import ServerShell

/// Makes a store, and prints nothing but the token of its first admin.
struct Initialise: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Makes the store and prints the admin token, once, on standard output.",
        discussion: """
            Keep the token where only administrators read; it is shown nowhere again.

              countersignd init --data /var/lib/countersign --tenant acme > admin.token
            """)

    @OptionGroup var store: StoreOptions
    @OptionGroup var log: LogOptions

    @Option(
        help: "The name of the first tenant: small letters, digits and hyphens.",
        transform: tenantName)
    var tenant: TenantName

    @Option(help: "The e-mail of the first admin.")
    var admin = "admin@localhost"

    func run() async throws {
        let settings = ServerSettings(
            dataFolder: store.data, keys: store.keys, tenant: tenant,
            adminEmail: admin, host: store.host)
        let shell = ServerShell(settings, logger: log.logger, announce: StandardOutput.print)
        do {
            try await shell.initialise()
        } catch {
            throw error.exit
        }
    }
}
