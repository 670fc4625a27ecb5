import Cryptography
public import JSONTree

extension SecondFactor {
    /// Everything about it as JSON; to be sealed before it is stored.
    public var record: JSONValue {
        var members = RecordMembers()
        members.put("active", text: active.map { Hexadecimal.encode($0.bytes) })
        members.put("waiting", text: waiting.map { Hexadecimal.encode($0.bytes) })
        members.put("waiting_until", instant: waitingUntil)
        members.put("permit", text: permit?.hex)
        members.put("permit_until", instant: permitUntil)
        members.put("last_step", .number(JSONNumber(lastStep)))
        members.put("failures", list: failures.map { .number(JSONNumber($0.milliseconds)) })
        members.put("locks", .number(JSONNumber(locksInRow)))
        members.put("locked_until", instant: lockedUntil)
        return members.value
    }

    /// Reads what `record` wrote.
    public init(record: JSONValue) throws(RecordError) {
        let fields = try RecordFields(record, of: "second factor")
        self.init()
        active = try fields.optional("active", \.recordSecret)
        waiting = try fields.optional("waiting", \.recordSecret)
        waitingUntil = try fields.optional("waiting_until", \.recordInstant)
        permit = try fields.optional("permit", \.recordPermit)
        permitUntil = try fields.optional("permit_until", \.recordInstant)
        lastStep = try fields.required("last_step", \.intValue)
        failures = try fields.list("failures", \.recordInstant)
        // Missing in what was written before locks were counted.
        locksInRow = try fields.optional("locks", \.recordInt) ?? 0
        lockedUntil = try fields.optional("locked_until", \.recordInstant)
    }
}

extension JSONValue {
    fileprivate var recordPermit: Digest? { stringValue.flatMap { Digest(hex: $0) } }

    fileprivate var recordSecret: StepUpSecret? {
        stringValue.flatMap(Hexadecimal.decode).map { StepUpSecret($0) }
    }
}

extension StepUpCode: CustomStringConvertible, CustomReflectable {
    /// Says that there is a code, and no more.
    public var description: String { "a step-up code" }

    /// Shows nothing.
    public var customMirror: Mirror { Mirror(self, children: []) }
}

extension StepUpSecret: CustomStringConvertible, CustomReflectable {
    /// Says that there is a secret, and no more.
    public var description: String { "a step-up secret" }

    /// Shows nothing.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
