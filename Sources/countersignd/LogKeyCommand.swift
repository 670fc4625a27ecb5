import Approvals
import ArgumentParser
import SQLiteStore
import ServerShell

/// `countersignd log-key`.
struct LogKeyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "log-key",
        abstract: "Changes the key that signs the audit logs.",
        discussion: """
            Stop the server, rotate, and start it again: from then on the old and the new key sign \
            together. Tell everybody who keeps a trust file the new key (countersign audit trust). \
            When they have it, stop the server once more and retire the old key.

              countersignd log-key rotate --data /var/lib/countersign
              countersignd log-key retire --data /var/lib/countersign

            When the old key is in other hands, do both at once, and say so: until a trust file \
            forgets it, what it signs is believed.
            """,
        subcommands: [Rotate.self, Retire.self])

    struct Rotate: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Makes a new key, and says so in every log, signed by the old and the new.",
            discussion: """
                The new key is made in the file `log-key`; the old one goes to `log-key.former` \
                and signs along until it is retired. With --log-key-command the new key comes from \
                --new-log-key-command, and only what covers the change is signed by both: serve \
                with the new command from then on.
                """)

        @OptionGroup var store: StoreOptions
        @OptionGroup var log: LogOptions

        @Option(help: "A shell command that prints the new key; with --log-key-command only.")
        var newLogKeyCommand: String?

        func validate() throws {
            guard (newLogKeyCommand == nil) == (store.logKeyCommand == nil) else {
                throw ValidationError("--log-key-command and --new-log-key-command go together.")
            }
        }

        func run() async throws {
            guard let tenant = TenantName("main") else { throw ExitCode.failure }
            var keys = store.keys
            keys.nextLog = newLogKeyCommand.map { .command($0) } ?? .file
            let settings = ServerSettings(
                dataFolder: store.data, keys: keys, tenant: tenant, adminEmail: "",
                host: store.host)
            let shell = ServerShell(settings, logger: log.logger, announce: StandardOutput.print)
            do {
                for origin in try await shell.rotateLogKey() {
                    StandardOutput.print("A new key signs \(origin).")
                }
            } catch {
                throw error.exit
            }
        }
    }

    struct Retire: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Removes the key before the one in use, so that it signs no more.",
            discussion: """
                A trust file that names only the old key still verifies an export of the log: \
                what covers the change was signed by both.
                """)

        @Option(help: "The folder of the store.")
        var data: String

        func run() throws {
            do throws(StoreRefusal) {
                let isGone = try SQLiteStore.retireFormerLogKey(in: data)
                StandardOutput.print(
                    isGone ? "The former key is removed." : "There is no former key.")
            } catch {
                throw ServerFailure.store(error).exit
            }
        }
    }
}
