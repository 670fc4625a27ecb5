/// A change of what a version of a policy does.
package struct PolicyChange: Hashable, Sendable {
    /// What it means for a second person.
    package enum Step: Hashable, Sendable {
        /// It counts at once.
        case direct
        /// Somebody else must say the same.
        case propose
        /// Somebody else said it already.
        case confirm
        case withdraw
    }

    package let policy: String
    package let version: Int
    package let status: String
    /// Out of a hundred calls, how many a canary decides.
    package internal(set) var share: Int?
    package let step: Step
    /// The version that is in force now.
    package let inForce: Int?
    /// Why it cannot wait until it was watched.
    package internal(set) var ack: String?

    init(
        policy: String, version: Int, status: String, share: Int? = nil, step: Step, inForce: Int?
    ) {
        self.policy = policy
        self.version = version
        self.status = status
        self.share = share
        self.step = step
        self.inForce = inForce
    }

    private var isCanary: Bool { status.isSame(as: "canary") }

    /// Whether it is said by two people.
    private var isAgreed: Bool { step == .propose || step == .confirm }

    /// Whether the share is typed before it is sent.
    var asksShare: Bool { isCanary && step == .propose }

    /// Whether it may be said why it cannot be watched first: it takes another version's place.
    var asksAck: Bool {
        isAgreed && inForce != nil && (isCanary || status.isSame(as: "enforced"))
    }

    /// Whether something is filled in before it is sent.
    var hasForm: Bool { asksShare || asksAck }

    /// What is filled in.
    var fields: [NoteDialog.Field] {
        var fields: [NoteDialog.Field] = []
        if asksShare {
            fields.append(
                NoteDialog.Field(
                    label: "Share of 100 calls",
                    text: TextField(share.map { "\($0)" } ?? "", bytesMax: 2),
                    isRequired: true))
        }
        if asksAck {
            fields.append(
                NoteDialog.Field(
                    label: "Why it cannot wait (may be empty)",
                    text: TextField(bytesMax: NoteDialog.textBytesMax), isRequired: false))
        }
        return fields
    }

    /// What the form is called.
    package var title: String {
        let name = "\(SafeWords.name(policy)) version \(version)"
        switch step {
        case .direct: return "Change \(name)"
        case .propose: return isCanary ? "\(name) as a canary" : "Put \(name) in force"
        case .confirm: return "Confirm \(name)"
        case .withdraw: return "Take a proposal back"
        }
    }

    /// What is asked before it is sent.
    package var question: String {
        let name = "\(SafeWords.name(policy)) version \(version)"
        let ended = inForce.map { " The present version \($0) is retired then." } ?? ""
        let effect =
            switch status {
            case "enforced":
                "\(name) decides then: what its rules allow runs without anybody.\(ended)"
            case "canary": canaryEffect(name)
            case "shadow": "\(name) only watches then, and decides nothing."
            case "retired": "\(name) does not decide any more; without a policy people are asked."
            case let other: "\(name) becomes \(other)."
            }
        switch step {
        case .direct: return "\(effect) Do it?"
        case .propose: return "\(effect) It counts once a second person says the same. Propose it?"
        case .confirm: return "You are the second person: it counts at once. \(effect) Confirm it?"
        case .withdraw: return "The proposal for \(name) is taken back; it stays \(status). Do it?"
        }
    }

    private func canaryEffect(_ name: String) -> String {
        let share = asksShare ? "a share" : "\(share ?? 0) of a hundred"
        return inForce.map {
            "\(name) decides \(share) of the calls then, the rest stays version \($0)'s."
        }
            ?? "\(name) decides \(share) of the calls then, and says nothing about the rest."
    }

    /// What the button says.
    var verb: String {
        switch step {
        case .direct: "Change"
        case .propose: "Propose"
        case .confirm: "Confirm"
        case .withdraw: "Withdraw"
        }
    }
}
