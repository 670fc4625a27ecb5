import Approvals
import Audit
import ControlPlane
import Cryptography
import Duty
import JSONTree
import ZoneTime

/// I5: the events are one chain, and tell each change once. Remembers who voted, by the log.
///
/// And what only an order of events shows: nothing is released while releases are halted, nobody
/// holds an escalation back more than twice (E4), and no step of it is taken twice (E7).
struct LogCheck {
    private let world: World
    private let tenant: TenantName
    private var next: Int64 = 0
    private var last: Digest?
    private var origin: String?
    private var isHalted = false
    private var acknowledgements: [[String]: Int] = [:]
    private var steps: Set<[String]> = []
    /// How many events settle an approval.
    private(set) var settlements: [ApprovalID: Int] = [:]
    /// Who approved, as the events have it.
    private(set) var voters: [ApprovalID: Set<String>] = [:]

    init(of world: World, _ tenant: TenantName) {
        self.world = world
        self.tenant = tenant
    }

    mutating func run(_ store: any StoreReader) throws(StoreFailure) {
        var changesDuty = false
        for record in try store.events(of: tenant, from: next, limit: .max) {
            guard let json = try? JSONValue(parsing: record.line) else {
                world.checker.complain("I5: event \(record.sequence) cannot be read")
                continue
            }
            check(record, json)
            take(json)
            checkOrder(record, json)
            changesDuty = changesDuty || record.type == EventType.overrideMade.rawValue
        }
        if changesDuty { try checkDuty(store) }
    }

    private mutating func check(_ record: AuditRecord, _ json: JSONValue) {
        origin = origin ?? json["log"]?.stringValue
        let isNext =
            record.sequence == next && json["seq"]?.intValue == next
            && json["log"]?.stringValue == origin
            && (last == nil || json["prev"]?.stringValue == last?.hex)
            && EventLog.leafHash(record.line) == record.leafHash
        if !isNext { world.checker.complain("I5: event \(record.sequence) breaks the chain") }
        next = record.sequence + 1
        last = record.leafHash
    }

    private mutating func take(_ json: JSONValue) {
        guard let type = json["type"]?.stringValue, let subject = json["subject"]?["id"],
            let id = subject.stringValue.flatMap(ApprovalID.init)
        else { return }
        if EventType.settling.contains(where: { $0.rawValue == type }) {
            settlements[id, default: 0] += 1
        }
        let votes: [EventType] = [.approvalEndorsed, .approvalDecided]
        guard votes.contains(where: { $0.rawValue == type }), json["actor"]?["kind"] == "user",
            let voter = json["actor"]?["id"]?.stringValue
        else { return }
        voters[id, default: []].insert(voter)
    }

    private mutating func checkOrder(_ record: AuditRecord, _ json: JSONValue) {
        let subject = json["subject"]?["id"]?.stringValue ?? ""
        let outcome = json["outcome"]?.stringValue ?? ""
        switch record.type {
        case EventType.releasesHalted.rawValue: isHalted = true
        case EventType.releasesResumed.rawValue: isHalted = false
        case EventType.approvalRequested.rawValue:
            if isHalted, let id = ApprovalID(subject) { world.checker.heldUnderHalt.insert(id) }
        case EventType.approvalAcknowledged.rawValue:
            let key = [subject, json["actor"]?["id"]?.stringValue ?? ""]
            acknowledgements[key, default: 0] += 1
            if acknowledgements[key] == 3 {
                world.checker.complain("E4: \(subject) was held back three times by one person")
            }
        case EventType.approvalEscalated.rawValue:
            let facts = json["facts"]
            let key = [subject, facts?["pass"]?.text() ?? "", facts?["step"]?.text() ?? ""]
            if !steps.insert(key).inserted {
                world.checker.complain("E7: a step was taken twice, event \(record.sequence)")
            }
        case EventType.approvalClaimed.rawValue, EventType.approvalDecided.rawValue,
            EventType.approvalExpired.rawValue:
            let isClaim = record.type == EventType.approvalClaimed.rawValue
            if isHalted, isClaim || Self.releasing.contains(outcome) {
                world.checker.complain("\(subject) was released while releases were halted")
            }
        case _: return
        }
    }

    private static let releasing: Set = ["approved", "edited", "auto_approved", "released"]

    /// S3: overrides of one schedule that overlap share nobody, unless one lies in the other.
    private func checkDuty(_ store: any StoreReader) throws(StoreFailure) {
        for schedule in try store.schedules(of: tenant) {
            let overrides = try store.overrides(
                on: schedule.name, of: tenant, endingAfter: Timestamp(milliseconds: 0)
            ).map(\.terms)
            for (index, one) in overrides.enumerated() {
                for other in overrides.dropFirst(index + 1) where Self.contradict(one, other) {
                    world.checker.complain("S3: the overrides \(one.id) and \(other.id) conflict")
                }
            }
        }
    }

    private static func contradict(_ one: Override, _ other: Override) -> Bool {
        one.window.start < other.window.end && other.window.start < one.window.end
            && !one.people.isDisjoint(with: other.people)
            && one.parent != other.id && other.parent != one.id
    }
}
