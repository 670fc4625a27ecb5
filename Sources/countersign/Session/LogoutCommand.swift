import ArgumentParser
import InboxCache
import SystemClock

/// `countersign logout`.
struct LogoutCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "logout", abstract: "Forget the stored token and the local copy of the queue.",
        discussion: """
            The token itself stays valid: an admin revokes it with `countersign token remove`.

            \(ExitStatus.ordinary)
            """)

    func run() throws {
        let environment = SystemEnvironment()
        guard let login = try StoredLogin.read(environment) else {
            return Output.note("You were not logged in.")
        }
        try Self.wipeCopy(of: login, environment)
        try StoredLogin.remove(environment)
        Output.note("Logged out of \(login.url).")
    }

    /// Removes the local copy of an account.
    static func wipeCopy(
        of login: StoredLogin, _ environment: SystemEnvironment
    ) throws(Complaint) {
        let folder = CacheFolder(
            stateFolder: environment.stateFolder, server: login.url, account: login.account,
            keyPlaces: CacheFolder.keyPlaces(runtimeFolder: environment.runtimeFolder))
        try wipe(folder, environment)
    }

    /// Removes a local copy and its key.
    static func wipe(
        _ folder: CacheFolder, _ environment: SystemEnvironment
    ) throws(Complaint) {
        do {
            try folder.wipe()
        } catch {
            throw Complaint(
                error.sentence, next: "Remove it by hand: it is in \(environment.stateFolder).",
                .failed)
        }
    }
}
