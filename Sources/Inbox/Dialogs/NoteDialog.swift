package import Approvals
package import JSONTree

/// A small form: a comment, more time, another person, the reason to see a hidden value, or what
/// a version of a policy becomes.
package struct NoteDialog: Sendable {
    /// What the form is for.
    package enum Purpose: Hashable, Sendable {
        case comment
        case extend
        case reassign
        case reveal(JSONPointer, Handle)
        case revoke(GrantID)
        case policyMode(PolicyChange)
        /// Authority is lent: one's own, or somebody else's.
        case lend(isForOthers: Bool)
        /// Somebody goes or comes for a while.
        case override(ChangedStretch)
        /// Hours of one's own are offered.
        case swap(ChangedStretch)
        /// Who takes turns becomes other.
        case rotation(ChangedRotation)
        /// Something is looked for in the audit log; what was looked for last.
        case search(last: String)

        /// What the form is called.
        package var title: String {
            switch self {
            case .comment: "Write a comment"
            case .extend: "Give more time"
            case .reassign: "Hand over to a group or a person"
            case .reveal: "Show a hidden value"
            case .revoke: "Take a standing grant back"
            case .policyMode(let change): change.title
            case .lend(let isForOthers):
                isForOthers ? "Lend somebody's authority" : "Lend my authority"
            case .override: "Change who is on duty"
            case .swap: "Offer hours of yours"
            case .rotation: "Change who takes turns"
            case .search: "Look for events of the audit log"
            }
        }

        /// What the button says.
        package var verb: String {
            switch self {
            case .comment: "Comment"
            case .extend: "Extend"
            case .reassign: "Hand over"
            case .reveal: "Show"
            case .revoke: "Take back"
            case .policyMode(let change): change.verb
            case .lend, .override, .swap, .rotation: "What comes of it"
            case .search: "Look"
            }
        }
    }

    /// One field of the form.
    package struct Field: Hashable, Sendable {
        package let label: String
        package var text: TextField
        let isRequired: Bool
    }

    package let purpose: Purpose
    /// The approval that it is about; nil for a policy.
    package let id: ApprovalID?
    package let revision: Int
    package let tool: String
    package internal(set) var fields: [Field]
    /// Which field has the focus; the number of fields for the buttons.
    package internal(set) var stop = 0
    /// True when the button that does it is highlighted.
    package internal(set) var isOnVerb = false
    package internal(set) var problem: String?
    /// True while the server has not answered.
    package internal(set) var isWaiting = false

    static let textBytesMax = 4_000

    package init(_ purpose: Purpose, id: ApprovalID? = nil, revision: Int = 0, tool: String = "") {
        self.purpose = purpose
        self.id = id
        self.revision = revision
        self.tool = tool
        let long = TextField(bytesMax: Self.textBytesMax, takesNewlines: true)
        let short = TextField(bytesMax: 200)
        fields =
            switch purpose {
            case .comment: [Field(label: "Comment", text: long, isRequired: true)]
            case .extend:
                [
                    Field(label: "Minutes", text: TextField("15", bytesMax: 5), isRequired: true),
                    Field(label: "Reason", text: long, isRequired: false),
                ]
            case .reassign:
                [
                    Field(label: "Group or e-mail", text: short, isRequired: true),
                    Field(label: "Reason", text: long, isRequired: false),
                ]
            case .reveal: [Field(label: "Reason (recorded)", text: long, isRequired: true)]
            case .revoke: [Field(label: "Reason (may be empty)", text: long, isRequired: false)]
            case .policyMode(let change): change.fields
            case .lend(let isForOthers): LendForm.fields(isForOthers: isForOthers)
            case .override(let stretch): OverrideForm.fields(stretch)
            case .swap(let stretch): SwapForm.fields(stretch)
            case .rotation(let changed): RotationForm.fields(changed)
            case .search(let last):
                [
                    Field(
                        label: "Look for",
                        text: TextField(last, bytesMax: 400), isRequired: true)
                ]
            }
    }

    /// True while a field has the focus.
    package var isInField: Bool { stop < fields.count }

    /// The seconds that were typed, 1 minute to 24 hours.
    var seconds: Int? {
        guard let minutes = fields.first.flatMap({ Int($0.text.text) }),
            (1...1_440).contains(minutes)
        else { return nil }
        return minutes * 60
    }

    /// The share of a canary that was typed, out of a hundred calls.
    private var share: Int? {
        guard let share = fields.first.flatMap({ Int($0.text.text) }), (1...99).contains(share)
        else { return nil }
        return share
    }

    /// The change of a policy with what was typed.
    var policyChange: PolicyChange? {
        guard case .policyMode(var change) = purpose else { return nil }
        if change.asksShare { change.share = share }
        if change.asksAck, let text = fields.last?.text.text, !text.allSatisfy(\.isWhitespace) {
            change.ack = text
        }
        return change
    }

    /// Why the form cannot be sent yet.
    package var missing: String? {
        if let field = fields.first(where: {
            $0.isRequired && $0.text.text.allSatisfy(\.isWhitespace)
        }) {
            return "\(field.label) is missing."
        }
        switch purpose {
        case .extend: return seconds == nil ? "Minutes must be a number from 1 to 1440." : nil
        case .reassign:
            let text = fields[0].text.text
            return text.contains("@") || GroupName(text) != nil
                ? nil : "That is neither the name of a group nor an e-mail."
        case .policyMode(let change):
            return change.asksShare && share == nil
                ? "The share must be a whole number from 1 to 99." : nil
        case .comment, .reveal, .revoke, .lend, .override, .swap, .rotation, .search: return nil
        }
    }

    /// Goes one field down; below the last one are the buttons.
    mutating func nextField() {
        if isInField { stop += 1 }
    }

    /// Goes one field up, from the buttons to the last one.
    mutating func previousField() {
        stop = max(0, stop - 1)
        isOnVerb = false
    }

    mutating func next() {
        if !isInField, !isOnVerb {
            isOnVerb = true
            return
        }
        stop = (stop + 1) % (fields.count + 1)
        isOnVerb = false
    }

    mutating func previous() {
        if !isInField, isOnVerb {
            isOnVerb = false
            return
        }
        stop = (stop + fields.count) % (fields.count + 1)
        isOnVerb = false
    }
}

/// A hidden value that was shown to this person; it is nowhere but here, and only for a while.
package struct Revealed: Sendable {
    package let id: ApprovalID
    package let pointer: JSONPointer
    package let value: JSONValue
    /// When it leaves the screen.
    package let until: Timestamp

    /// No value is shown for longer, whatever the server allows.
    static let secondsMax = 30
}
