public import Approvals
public import JSONTree

/// Something that happened, before it has its place in a log.
public struct AuditEvent: Hashable, Sendable {
    public var type: EventType
    public var actor: Actor
    public var subject: Subject
    public var outcome: String?
    public var provenance: JSONValue
    /// What is committed to with salts and can be erased later: `args`, `edited_args`, `reason` …
    public var documents: [Document]
    /// Non-personal facts: integers and strings only.
    public var facts: JSONObject

    /// Who did it.
    public struct Actor: Hashable, Sendable {
        public var kind: Kind
        public var id: String

        /// The kinds of actor; a closed list.
        public enum Kind: String, Hashable, Sendable, CaseIterable {
            case user, agent, policy, grant, system
        }

        /// Puts an actor together.
        public init(_ kind: Kind, _ id: String) {
            self.kind = kind
            self.id = id
        }

        /// The control plane itself.
        public static let server = Actor(.system, "countersign-server")
    }

    /// What it happened to.
    public struct Subject: Hashable, Sendable {
        public var kind: Kind
        public var id: String

        /// The kinds of subject; a closed list.
        public enum Kind: String, Hashable, Sendable, CaseIterable {
            case log, event, policy, tenant, group, member, agent, token, approval, grant
            case delegation, schedule, override, swap
        }

        /// Puts a subject together.
        public init(_ kind: Kind, _ id: String) {
            self.kind = kind
            self.id = id
        }
    }

    /// A value that the event commits to without saying it.
    public struct Document: Hashable, Sendable {
        public var name: String
        public var value: JSONValue

        /// Puts a document together.
        public init(_ name: String, _ value: JSONValue) {
            self.name = name
            self.value = value
        }

        /// A document of one text, at `/text`.
        public init(_ name: String, text: String) {
            self.init(name, ["text": .string(text)])
        }
    }

    /// Puts an event together.
    public init(
        _ type: EventType, by actor: Actor, about subject: Subject, outcome: String? = nil,
        provenance: JSONValue = .null, documents: [Document] = [], facts: JSONObject = [:]
    ) {
        self.type = type
        self.actor = actor
        self.subject = subject
        self.outcome = outcome
        self.provenance = provenance
        self.documents = documents
        self.facts = facts
    }
}

extension AuditEvent {
    /// Why something was released or refused, in the words of the log.
    ///
    /// There is no published policy behind a tenant's defaults, so `policy` is null for them.
    public static func provenance(_ provenance: Provenance) -> JSONValue {
        switch provenance {
        case .person: ["basis": "human", "policy": nil]
        case .breakGlass: ["basis": "break_glass", "policy": nil]
        case .policy(let id): ["basis": "policy", "policy": ["id": .string(id)]]
        case .toolFlag: ["basis": "tool_flag", "policy": nil]
        case .grant(let id): ["basis": "standing_grant", "grant": .string(id), "policy": nil]
        case .timeout: ["basis": "timeout_fallback", "policy": nil]
        }
    }
}
