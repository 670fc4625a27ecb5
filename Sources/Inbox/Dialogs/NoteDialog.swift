package import Approvals
package import JSONTree

/// A small form: a comment, more time, another person, or the reason to see a hidden value.
package struct NoteDialog: Sendable {
    /// What the form is for.
    package enum Purpose: Hashable, Sendable {
        case comment
        case extend
        case reassign
        case reveal(JSONPointer, Handle)

        /// What the form is called.
        package var title: String {
            switch self {
            case .comment: "Write a comment"
            case .extend: "Give more time"
            case .reassign: "Hand over to a group or a person"
            case .reveal: "Show a hidden value"
            }
        }

        /// What the button says.
        package var verb: String {
            switch self {
            case .comment: "Comment"
            case .extend: "Extend"
            case .reassign: "Hand over"
            case .reveal: "Show"
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
    package let id: ApprovalID
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

    package init(_ purpose: Purpose, id: ApprovalID, revision: Int, tool: String) {
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
        case .comment, .reveal: return nil
        }
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
