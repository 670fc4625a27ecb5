import Approvals
import Audit
import Cryptography
import JSONTree

/// The header of one event, taken apart; nothing in it is believed yet.
struct RecordHeader {
    let json: JSONValue
    let sequence: Int64
    let previous: String
    let type: EventType
    let at: Timestamp
    let uptime: Uptime
    let actorKind: AuditEvent.Actor.Kind
    let actor: String
    let subject: String
    let outcome: String?
    let facts: JSONValue
    let commits: JSONObject

    private static let members = [
        "actor", "boot", "commit", "facts", "id", "log", "mono_ms", "outcome", "prev",
        "provenance", "seq", "subject", "ts", "type", "v",
    ]

    /// The largest integer of the format; beyond it there is no next number to count with.
    static let integerMax: Int64 = (1 << 53) - 1

    /// Takes it apart; nil when a member is missing, strange, or of another kind.
    init?(_ json: JSONValue) {
        guard let object = json.objectValue, object.count == Self.members.count,
            Self.hasAll(object),
            let sequence = json["seq"]?.intValue, (0...Self.integerMax).contains(sequence),
            let previous = json["prev"]?.stringValue,
            let type = json["type"]?.stringValue.flatMap(EventType.init(rawValue:)),
            let at = json["ts"]?.stringValue.flatMap(Timestamp.init(rfc3339:)),
            let boot = json["boot"]?.stringValue, let uptime = json["mono_ms"]?.intValue,
            (-Self.integerMax...Self.integerMax).contains(uptime),
            json["id"]?.stringValue.flatMap({ EventID($0) }) != nil,
            let actorKind = json["actor"]?["kind"]?.stringValue
                .flatMap(AuditEvent.Actor.Kind.init(rawValue:)),
            let actor = json["actor"]?["id"]?.stringValue,
            json["subject"]?["kind"]?.stringValue
                .flatMap(AuditEvent.Subject.Kind.init(rawValue:)) != nil,
            let subject = json["subject"]?["id"]?.stringValue,
            let outcome = json["outcome"], outcome.isNull || outcome.stringValue != nil,
            let facts = json["facts"], facts.objectValue != nil,
            let commits = json["commit"]?.objectValue
        else { return nil }
        self.json = json
        self.sequence = sequence
        self.previous = previous
        self.type = type
        self.at = at
        self.uptime = Uptime(boot: boot, milliseconds: uptime)
        self.actorKind = actorKind
        self.actor = actor
        self.subject = subject
        self.outcome = outcome.stringValue
        self.facts = facts
        self.commits = commits
    }

    /// Whether every member is there; in a canonical line they stand in this order.
    private static func hasAll(_ object: JSONObject) -> Bool {
        let isInOrder = zip(object.members, members).allSatisfy { $0.name.hasSameBytes(as: $1) }
        return isInOrder || members.allSatisfy { object[$0] != nil }
    }

    /// The root of a committed document.
    func root(of document: String) -> String? { commits[document]?["root"]?.stringValue }
}
