import CurlTransport
import ArgumentParser
import Glibc
import Inbox
import InboxCache
import InboxShell
import SystemClock
import TextGrid

/// `countersign demo`.
struct DemoCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "Try it all: a control plane, agents at work, and the inbox.",
        discussion: """
            Starts countersignd on a free port of this machine with a store in a temporary folder, \
            and agents that submit calls, wait, claim, and write what they would have done into a \
            ledger. The inbox opens as ada@acme.test. Leaving it (q) stops everything and says \
            what ran and where the store is. Nothing leaves this machine.

            \(ExitStatus.discussion)
            """)

    @Flag(name: .long, help: "Open no inbox: a scripted approver decides.")
    var headless = false

    @Option(name: .long, help: "How long it runs without an inbox.")
    var seconds = 10

    func validate() throws {
        guard (1...86_400).contains(seconds) else {
            throw ValidationError("--seconds must be from 1 to 86400.")
        }
    }

    func run() throws {
        if !headless, !Output.isTerminal(STDIN_FILENO) || !Output.isTerminal(STDOUT_FILENO) {
            throw Complaint(
                "The demo opens the inbox, which needs a terminal.",
                next: "Without one: countersign demo --headless --seconds 10", .noTerminal)
        }
        guard let signals = SystemSignals(blocking: [SIGINT, SIGTERM, SIGHUP]) else {
            throw Complaint("Signals cannot be read.", next: "", .failed)
        }
        let world = try DemoWorld.build()
        do {
            let end = try world.isReady(signals) ? show(world, signals) : nil
            world.end()
            if let status = end?.finish(), status != 0 { throw ExitCode(status) }
        } catch {
            world.end()
            throw error
        }
    }

    private func show(
        _ world: DemoWorld, _ signals: borrowing SystemSignals
    ) throws(Complaint) -> InboxShell.End? {
        if headless {
            DemoApprover(client: world.ada.client()).decide(forSeconds: seconds, signals)
            return nil
        }
        let environment = SystemEnvironment()
        let cache = CacheFolder(
            stateFolder: world.folder.path, server: world.ada.address.text,
            account: world.ada.account, keyPlaces: [.folder(world.folder.path)])
        return try InboxCommand.open(
            world.ada, try Settings.read(environment), cache, environment, tour: .demo)
    }
}
