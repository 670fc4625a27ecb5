import Approvals
import ControlPlane
import Cryptography
import Glibc
import JSONTree
import Policies
import SQLiteStore
import SystemClock

/// A store with many decided calls, and a policy that is tried on all of them.
///
/// The calls are written as a submission leaves them, with what a policy in force said to each;
/// only the audit log is left out, which a backtest does not read.
final class Replaying {
    private let scratch: ScratchStore
    private let tenant: TenantName
    private let now: Timestamp

    /// What a backtest came to.
    struct Run {
        var replayed = 0
        var changed = 0
        var pages = 0
        var seconds = 0.0
        /// Of the one thread that it ran on.
        var cpuSeconds = 0.0
    }

    /// How many calls a transaction of the filling writes.
    private static let batch = 2_000

    /// Makes an empty store in a folder of its own.
    init() throws {
        let now = Timestamp(milliseconds: Int64(time(nil)) * 1_000)
        self.now = now
        scratch = try ScratchStore {
            Surroundings(
                now: now, monotonicMilliseconds: 0, boot: "benchmark", entropy: SystemEntropy())
        }
        let tenant = scratch.tenant
        self.tenant = tenant
        try scratch.write { (writer, _) throws(CommandFailure) in
            do throws(StoreFailure) {
                let agent = Agent(id: Self.agent, name: "support-bot", createdAt: now)
                _ = try writer.insert(agent, of: tenant)
            } catch {
                throw .store(error)
            }
        }
    }

    /// Closes the store and removes it.
    func close() { scratch.close() }

    /// Stores so many calls, spread over the last 25 days, and answers the seconds that it took.
    func fill(_ count: Int) throws -> Double {
        let program = try PolicyProgram(try Policy(Self.document(version: 1, limit: 300)))
        let span = 25 * 86_400_000 / Int64(count)
        let start = Clock.seconds
        var stored = 0
        while stored < count {
            let range = stored..<min(count, stored + Self.batch)
            let (tenant, now) = (tenant, now)
            try scratch.write { (writer, _) throws(CommandFailure) in
                for number in range {
                    let age = Int64(count - number) * span
                    let call = Self.call(
                        number, of: tenant, at: now.adding(milliseconds: -age), program)
                    let submission = Submission(
                        key: "k\(number)", agent: call.agent, payloadDigest: call.proposedDigest,
                        approval: call.id)
                    do throws(StoreFailure) {
                        _ = try writer.insert(call, submission: submission)
                    } catch {
                        throw .store(error)
                    }
                }
            }
            stored = range.upperBound
        }
        return Clock.seconds - start
    }

    /// Tries a policy on everything, and answers what came of it and the seconds that it took.
    func backtest() throws -> Run {
        let document = Self.document(version: 2, limit: 1_000)
        var run = Run()
        var cursor: String?
        let (start, cpuStart) = (Clock.seconds, Clock.cpuSeconds)
        repeat {
            let query = BacktestQuery(document: document, seconds: 30 * 86_400, cursor: cursor)
            let answer = try scratch.store.read { (reader) throws(CommandFailure) in
                try scratch.plane.answer(.backtest(query), as: scratch.admin, in: reader, at: now)
            }
            guard case .backtest(let page) = answer else { throw Trouble("no backtest came") }
            run.replayed += page.replayed
            run.changed += page.agreement.laxer + page.agreement.stricter
            run.pages += 1
            cursor = page.next
        } while cursor != nil
        run.seconds = Clock.seconds - start
        run.cpuSeconds = Clock.cpuSeconds - cpuStart
        return run
    }

    /// Reads and opens everything without judging it: what a backtest cannot be faster than.
    func reading() throws -> Double {
        let start = Clock.seconds
        let parts = StoredCall.parts(reading: [])
        var last: String? = UUIDv7.floor(at: Timestamp(milliseconds: 0))
        while let after = last {
            last = try scratch.store.read { (reader) throws(CommandFailure) in
                do throws(StoreFailure) {
                    return try reader.replay(
                        of: tenant, after: after, limit: 2_000, only: parts
                    ) { _ in }
                } catch {
                    throw .store(error)
                }
            }
        }
        return Clock.seconds - start
    }
}

// What is stored: refunds of all sizes, most of them small, and a policy of eight rules.
extension Replaying {
    private static let countries = ["DE", "FR", "NL", "IT", "ES", "PL", "AT", "KP"]

    private static func call(
        _ number: Int, of tenant: TenantName, at instant: Timestamp, _ program: PolicyProgram
    ) -> Approval {
        var entropy: any Entropy = SystemEntropy()
        let cents = number * 7_919 % 90_000
        let arguments: JSONValue = [
            "amount_cents": .number(JSONNumber(cents)), "currency": "EUR",
            "iban_country": .string(countries[number % 8]),
            "customer": .string("cus_\(number % 10_007)"),
            "reason": "The parcel arrived damaged, and the customer sent a photograph of it.",
            "recipient": ["name": "Erika Mustermann", "city": "Köln"],
        ]
        let input: JSONObject = [
            "tool": "issue_refund", "agent": ["id": "a", "name": "support-bot"],
            "origin": ["framework": "python", "run_id": .string("run-\(number % 997)")],
            "context": ["summary": .string("Refund of \(cents) cents")],
            "time": ["now": .string(instant.rfc3339)], "scan": ["found": []],
        ]
        var whole = input
        whole["args"] = arguments
        let verdict = program.decide(JSONValue.object(whole))
        var call = Approval(
            id: ApprovalID(UUIDv7(at: instant, from: &entropy)), tenant: tenant,
            agent: agent, tool: refund, arguments: arguments,
            proposedDigest: SHA256.hash(arguments.bytes()),
            context: Context(summary: "Refund of \(cents) cents"), risk: .medium,
            requirement: Requirement(
                group: group, deadline: instant.adding(seconds: 300), rule: "refunds@1"),
            createdAt: instant)
        call.policyRecord = [
            "input": JSONValue.object(input), "verdicts": [verdict.json], "shadows": [],
            "decisive": "refunds@1",
        ]
        call.settledAt = instant.adding(seconds: 40)
        switch verdict.effect.kind {
        case .allow:
            (call.state, call.isReleased, call.provenance) = (.approved, true, .policy("refunds@1"))
        case .deny: (call.state, call.provenance) = (.rejected, .policy("refunds@1"))
        case .requireApproval:
            let isApproved = number % 10 != 0
            call.state = isApproved ? .approved : .rejected
            call.isReleased = isApproved
            call.provenance = .person(person)
        }
        return call
    }

    /// Eight rules; calls below the limit run by themselves.
    private static func document(version: Int, limit: Int) -> JSONValue {
        let thresholds: [(String, Int)] = [("huge", 80_000), ("large", 50_000), ("middle", 20_000)]
        var rules: [JSONValue] = [
            [
                "id": "sanctioned", "when": ["in": [["var": "args.iban_country"], ["KP", "SY"]]],
                "then": ["effect": "deny"],
            ],
            [
                "id": "foreign", "when": ["!=": [["var": "args.currency"], "EUR"]],
                "then": ["effect": "require_approval", "quorum": 2],
            ],
            [
                "id": "strange",
                "when": ["glob": [["var": "args.customer"], "test_*"]],
                "then": ["effect": "deny"],
            ],
            [
                "id": "small",
                "when": ["<": [["var": "args.amount_cents"], .number(JSONNumber(limit))]],
                "then": ["effect": "allow"],
            ],
            [
                "id": "known",
                "when": [
                    "and": [
                        ["==": [["var": "agent.name"], "support-bot"]],
                        ["<": [["var": "args.amount_cents"], .number(JSONNumber(limit))]],
                    ]
                ],
                "then": ["effect": "allow"],
            ],
        ]
        for (name, cents) in thresholds {
            rules.append([
                "id": .string(name),
                "when": [">": [["var": "args.amount_cents"], .number(JSONNumber(cents))]],
                "then": ["effect": "require_approval", "group": "on-call"],
            ])
        }
        return [
            "id": "refunds", "version": .number(JSONNumber(version)),
            "applies_to": ["tools": ["issue_refund"]], "rules": .array(rules),
            "default": ["effect": "require_approval"],
        ]
    }

    private static let refund = name(ToolName("issue_refund"))
    private static let group = name(GroupName("on-call"))
    private static let agent = AgentID(fixed())
    private static let person = MemberID(fixed())

    private static func fixed() -> UUIDv7 {
        var entropy: any Entropy = SystemEntropy()
        return UUIDv7(at: Timestamp(milliseconds: 0), from: &entropy)
    }

    private static func name<Name>(_ name: Name?) -> Name {
        guard let name else { preconditionFailure("It is a name.") }
        return name
    }
}
