import Approvals
import CurlTransport
import Glibc
import InboxShell
import SystemClock
import TextGrid
import WireAPI

/// Everything that a demo starts, and its orderly end.
struct DemoWorld {
    let folder: DemoFolder
    let server: DemoServer
    let agents: [DemoAgentProcess]
    /// The approver in front of the inbox.
    let ada: Session

    /// How many calls wait before anybody looks.
    static let callsAtStart = 7

    /// Starts the server, fills it with people and agents, and sets the agents to work.
    static func build() throws(Complaint) -> DemoWorld {
        let folder = try DemoFolder.make()
        let server = try DemoServer.start(in: folder)
        do throws(Complaint) {
            let office = try DemoOffice(server)
            let ada = try office.settle()
            var agents: [DemoAgentProcess] = []
            for (number, role) in DemoRole.allCases.enumerated() {
                let token = try office.token(of: role)
                agents.append(
                    try DemoAgentProcess.start(
                        DemoOrder(
                            url: server.url, token: token, role: role, ledger: folder.ledger,
                            server: server.process.id,
                            seed: SystemSource.seed() &+ UInt64(number))))
            }
            return DemoWorld(folder: folder, server: server, agents: agents, ada: ada)
        } catch {
            server.process.send(SIGTERM)
            _ = server.process.wait()
            throw error
        }
    }

    /// Waits until the queue is full enough; false when somebody asks to stop.
    func isReady(_ signals: borrowing SystemSignals) throws(Complaint) -> Bool {
        let client = ada.client()
        for _ in 0..<100 {
            let count = try Queue.fetch(client).rows.count
            if count >= Self.callsAtStart { return true }
            var waiting = pollfd(fd: signals.descriptor, events: Int16(POLLIN), revents: 0)
            if poll(&waiting, 1, 100) > 0 { return false }
        }
        return true
    }

    /// Stops the agents, then the server, and says what is left.
    func end() {
        for agent in agents { agent.process.send(SIGTERM) }
        for agent in agents { Self.wait(for: agent.process, seconds: 8) }
        for agent in agents { close(agent.leash) }
        server.process.send(SIGTERM)
        Self.wait(for: server.process, seconds: 20)
        sayWhatIsLeft()
    }

    /// Waits for an orderly end, and forces one when it does not come.
    private static func wait(for process: ChildProcess, seconds: Int) {
        for _ in 0..<(seconds * 50) {
            if process.endIfEnded() != nil { return }
            Pause.microseconds(20_000)
        }
        process.send(SIGKILL)
        _ = process.wait()
    }

    private func sayWhatIsLeft() {
        let lines = DemoLedger(path: folder.ledger).lines()
        Output.line(SafeText(escaping: lines.isEmpty ? "Nothing ran." : "What ran:"))
        Output.lines(lines)
        Output.line("Ledger: " + SafeText(escaping: folder.ledger))
        Output.line("Store:  " + SafeText(escaping: folder.store))
        Output.line(
            "Look at it again: countersignd serve --data " + SafeText(escaping: folder.store))
    }
}
