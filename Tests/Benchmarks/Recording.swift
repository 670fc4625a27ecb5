import Approvals
import Audit
import AuditVerifier
import ControlPlane
import Cryptography
import Dispatch
import Glibc
import JSONTree
import SQLiteStore
import Synchronization
import SystemClock
import WireAPI

/// The audit log under load: many writers, and an auditor who checks all of it afterwards.
///
/// Every event is the submission of a call, written as the server writes it: durable, chained,
/// in the tree, under a signed checkpoint.
final class Recording {
    private let scratch: ScratchStore
    private var agent = SHA256.hash([])
    private var lines: [[UInt8]] = []
    private var export: (events: [UInt8], disclosures: [UInt8]) = ([], [])

    /// Commands that wait for the disk at the same time.
    static let writers = 64

    init() throws {
        scratch = try ScratchStore { Self.surroundings }
        let admin = scratch.admin
        _ = try tell(.addAgent(name: "support-bot", ownerEmail: nil), as: admin)
        let answer = try tell(
            .addToken(.agent(name: "support-bot"), label: nil, expiresInSeconds: nil), as: admin)
        guard case .token(_, _, let secret?) = answer else { throw Trouble("no token came") }
        agent = SHA256.hash(Array(secret.utf8))
    }

    /// Closes the store and removes it.
    func close() { scratch.close() }

    /// Appends so many events, and answers the seconds until the last one was durable.
    func append(_ count: Int) throws -> Double {
        let commands = try (0..<count).map { Command.submit(try Self.command($0)) }
        let load = Load(
            commands: commands, store: scratch.store, plane: scratch.plane, agent: agent)
        let start = Clock.seconds
        for writer in 0..<Self.writers { load.go(on: writer) }
        load.done.wait()
        let seconds = Clock.seconds - start
        if let failure = load.failure.withLock({ $0 }) { throw failure }
        return seconds
    }

    /// Writers that each send their next command when the one before is durable.
    private final class Load: Sendable {
        let failure = Mutex<CommandFailure?>(nil)
        let done = DispatchSemaphore(value: 0)
        private let left = Mutex(Recording.writers)
        private let commands: [Command]
        private let store: SQLiteStore
        private let plane: ControlPlane
        private let agent: Digest

        init(commands: [Command], store: SQLiteStore, plane: ControlPlane, agent: Digest) {
            self.commands = commands
            self.store = store
            self.plane = plane
            self.agent = agent
        }

        func go(on number: Int) {
            guard number < commands.count else { return end() }
            let (command, plane, agent) = (commands[number], plane, agent)
            store.write { (writer, surroundings) throws(CommandFailure) in
                try plane.perform(command, as: agent, in: writer, with: &surroundings)
            } completion: { [self] (answer: Result<Answer, CommandFailure>) in
                if case .failure(let reason) = answer {
                    failure.withLock { $0 = reason }
                    return end()
                }
                go(on: number + Recording.writers)
            }
        }

        private func end() {
            let isLast = left.withLock { left -> Bool in
                left -= 1
                return left == 0
            }
            if isLast { done.signal() }
        }
    }

    /// Reads the whole log as an auditor exports it, and answers the number of its events.
    func read() throws -> Int {
        var next: Int64? = 0
        while let from = next {
            guard case .events(let events, let more) = try ask(.events(from: from, limit: 1_000))
            else { throw Trouble("no events came") }
            lines += events.map(\.line)
            next = more
        }
        export.events = Array(lines.joined(separator: [10])) + [10]
        var place: DisclosurePlace? = DisclosurePlace(sequence: 0)
        while let from = place {
            guard
                case .disclosures(let fields, let more) = try ask(
                    .disclosures(from: from, limit: 1_000))
            else { throw Trouble("no disclosures came") }
            for field in fields { export.disclosures += try Self.line(of: field) + [10] }
            place = more
        }
        return lines.count
    }

    /// Seconds for hash, link and tree of every event.
    func chain() throws -> Double {
        let start = Clock.seconds
        var tree = MerkleFrontier()
        for line in lines { tree.append(EventLog.leafHash(line)) }
        let seconds = Clock.seconds - start
        guard try signed().checkpoint?.root == tree.root else {
            throw Trouble("the tree is not the one that was signed")
        }
        return seconds
    }

    /// The checkpoint over all of it, which may come a quarter of a second after the last event.
    private func signed() throws -> SignedCheckpoint {
        let tries = 100
        for _ in 0..<tries {
            if case .checkpoint(let signed) = try ask(.checkpoint),
                signed.size == Int64(lines.count)
            {
                return signed
            }
            _ = poll(nil, 0, 50)
        }
        throw Trouble("no checkpoint covers the whole log")
    }

    /// Seconds for everything that `countersign audit verify` checks.
    func verify() throws -> Double {
        guard case .keys(let origin, let keys, changes: _) = try ask(.keys) else {
            throw Trouble("no keys came")
        }
        let signed = try signed()
        let start = Clock.seconds
        var check = ExportCheck(
            trust: AuditTrust(origin: origin, logKeys: keys), options: ExportCheck.Options())
        check.addCheckpoint(signed.note, named: "checkpoint.0")
        var events = LinesInMemory(export.events)
        var rows = LinesInMemory(export.disclosures)
        let report = check.run(events: &events, disclosures: &rows)
        let seconds = Clock.seconds - start
        guard report.result == .verified else { throw Trouble("the log is \(report.result)") }
        return seconds
    }

    /// Milliseconds to make, and to check, the proofs of so many events.
    func prove(_ count: Int) throws -> (made: Sample, checked: Sample) {
        var (made, checked) = (Sample(), Sample())
        for number in 0..<count {
            let index = Int64(number * 7_919 % lines.count)
            let start = Clock.seconds
            guard case .inclusion(let proven) = try ask(.inclusion(of: index, in: nil)) else {
                throw Trouble("no proof came")
            }
            let middle = Clock.seconds
            guard proven.proof.includes(EventLog.leafHash(lines[Int(index)])) else {
                throw Trouble("a proof is none")
            }
            made.add((middle - start) * 1_000)
            checked.add((Clock.seconds - middle) * 1_000)
        }
        return (made, checked)
    }
}

// How the store is asked.
extension Recording {
    private static var surroundings: Surroundings {
        Surroundings(
            now: Timestamp(milliseconds: Int64(Clock.wallSeconds * 1_000)),
            monotonicMilliseconds: Int64(Clock.seconds * 1_000), boot: "benchmark",
            entropy: SystemEntropy())
    }

    private static func command(_ number: Int) throws -> SubmitCommand {
        let arguments: JSONValue = [
            "amount_cents": .number(JSONNumber(number * 7_919 % 90_000)), "currency": "EUR",
            "customer": .string("cus_\(number % 10_007)"), "recipient": ["city": "Köln"],
        ]
        guard let tool = ToolName("issue_refund") else { throw Trouble("no name of a tool") }
        return SubmitCommand(
            key: "k\(number)", payloadDigest: SHA256.hash(arguments.bytes()), tool: tool,
            arguments: arguments, context: Context(summary: "Refund \(number)"))
    }

    private static func line(of shown: DisclosedField) throws -> [UInt8] {
        let field = shown.field
        return try DisclosureView(
            sequence: Int(field.sequence), document: field.document, index: field.index,
            pointer: field.pointer.description, salt: Hexadecimal.encode(field.salt),
            value: field.value,
            digest: field.digest.hex, reason: shown.untold?.rawValue
        ).exportLine()
    }

    private func ask(_ query: AuditQuery) throws -> AuditAnswer {
        let answer = try scratch.store.read { (reader) throws(CommandFailure) in
            try scratch.plane.answer(
                .audit(query), as: scratch.admin, in: reader, at: Self.surroundings.now)
        }
        guard case .audit(let audit) = answer else { throw Trouble("no answer about the log") }
        return audit
    }

    private func tell(_ command: Command, as secret: Digest) throws -> Answer {
        let plane = scratch.plane
        return try scratch.write { (writer, surroundings) throws(CommandFailure) in
            try plane.perform(command, as: secret, in: writer, with: &surroundings)
        }
    }
}
