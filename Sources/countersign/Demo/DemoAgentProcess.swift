import SystemClock
import CLinux
import Glibc
import InboxShell
import JSONTree

/// One agent of a demo: a child process of this program, a real client of the control plane.
struct DemoAgentProcess {
    let process: ChildProcess
    /// The agent stops, and stops the server, when this end is closed, however this program ends.
    let leash: Int32

    static func start(_ order: DemoOrder) throws(Complaint) -> DemoAgentProcess {
        var ends: [Int32] = [0, 0]
        guard cs_pipe(&ends) == 0 else {
            throw Complaint("No pipe could be made.", next: "", .failed)
        }
        defer { close(ends[0]) }
        let process: ChildProcess
        do {
            process = try ChildProcess(
                [DemoServer.ownPath, "demo-agent"], streams: .init(input: ends[0]),
                inOwnGroup: true)
        } catch {
            close(ends[1])
            throw Complaint(error.sentence, next: "", .failed)
        }
        let text = Array((order.json.text(.compact) + "\n").utf8)
        _ = write(ends[1], text, text.count)
        return DemoAgentProcess(process: process, leash: ends[1])
    }
}

/// What an agent of a demo is told on its standard input, so that no token is in a command line.
struct DemoOrder {
    let url: String
    let token: String
    let role: DemoRole
    let ledger: String
    let server: Int32
    let seed: UInt64

    init(
        url: String, token: String, role: DemoRole, ledger: String, server: Int32, seed: UInt64
    ) {
        self.url = url
        self.token = token
        self.role = role
        self.ledger = ledger
        self.server = server
        self.seed = seed
    }

    var json: JSONValue {
        [
            "url": .string(url), "token": .string(token), "role": .string(role.rawValue),
            "ledger": .string(ledger), "server": .number(JSONNumber(Int64(server))),
            "seed": .string(String(seed)),
        ]
    }

    init?(json: JSONValue) {
        guard
            let url = json["url"]?.stringValue, let token = json["token"]?.stringValue,
            let role = DemoRole(rawValue: json["role"]?.stringValue ?? ""),
            let ledger = json["ledger"]?.stringValue, let server = json["server"]?.intValue,
            let seed = UInt64(json["seed"]?.stringValue ?? "")
        else { return nil }
        self.init(
            url: url, token: token, role: role, ledger: ledger, server: Int32(clamping: server),
            seed: seed)
    }
}
