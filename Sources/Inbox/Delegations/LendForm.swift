import Approvals
import WireAPI
import ZoneTime

/// What is typed to lend authority, and what it means.
struct LendForm {
    /// The places of the fields; the lender stands last, because only leads have that field.
    private enum Place: Int {
        case delegate, scope, ceiling, start, end, newOnly, reason, grantor
    }

    private let texts: [String]
    private let zone: Zone
    private let now: Timestamp

    init(_ note: NoteDialog, zone: Zone, now: Timestamp) {
        texts = note.fields.map { $0.text.text.withoutOuterSpaces }
        self.zone = zone
        self.now = now
    }

    /// The empty form.
    static func fields(isForOthers: Bool) -> [NoteDialog.Field] {
        func field(_ label: String, _ text: String = "", bytes: Int = 200) -> NoteDialog.Field {
            NoteDialog.Field(
                label: label, text: TextField(text, bytesMax: bytes), isRequired: true)
        }
        let fields = [
            field("To (e-mail)"), field("What (all, a tool, group:NAME)", bytes: 2_000),
            field("Up to risk", "high"), field("From", "now"), field("Until", "3d"),
            field("Only calls asked for after it begins", "no"),
            field("Why", bytes: NoteDialog.textBytesMax),
        ]
        return isForOthers ? fields + [field("For whom (e-mail)")] : fields
    }

    /// What is asked of the server.
    func body(isForOthers: Bool) throws(FormProblem) -> DelegationBody {
        let start = try instant(.start, now: now)
        let end = try instant(.end, now: start)
        guard start < end else {
            throw FormProblem(field: Place.end.rawValue, sentence: "It must end after it begins.")
        }
        return DelegationBody(
            grantor: isForOthers ? text(.grantor) : nil, delegate: text(.delegate),
            start: text(.start).isSame(as: "now") ? nil : start, end: end, scope: try scope(),
            ceiling: try ceiling(), newOnly: try newOnly() ? true : nil, reason: text(.reason))
    }

    private func text(_ place: Place) -> String { texts[place.rawValue] }

    private func instant(_ place: Place, now: Timestamp) throws(FormProblem) -> Timestamp {
        try zone.instant(
            typed: text(place), into: place == .start ? "From" : "Until", field: place.rawValue,
            now: now)
    }

    private func scope() throws(FormProblem) -> [String] {
        let words = text(.scope).split { $0 == "," || $0 == " " }.map(String.init)
        if words.count == 1, words[0].isSame(as: "all") { return words }
        let field = Place.scope.rawValue
        return try words.map { (word) throws(FormProblem) -> String in
            guard !word.isSame(as: "all") else {
                throw FormProblem(field: field, sentence: "Write all alone, or name what is lent.")
            }
            let isTyped = word.hasPrefix("tool:") || word.hasPrefix("group:")
            let name = isTyped ? String(word.drop { $0 != ":" }.dropFirst()) : word
            let isGroup = word.hasPrefix("group:")
            guard isGroup ? GroupName(name) != nil : ToolName(name) != nil else {
                let kind = isGroup ? "group" : "tool"
                throw FormProblem(field: field, sentence: "\(word) is not the name of a \(kind).")
            }
            return isGroup ? "group:\(name)" : "tool:\(name)"
        }
    }

    private func ceiling() throws(FormProblem) -> Risk {
        guard let risk = Risk(rawValue: text(.ceiling)) else {
            throw FormProblem(
                field: Place.ceiling.rawValue,
                sentence: "The risk is low, medium, high or critical.")
        }
        return risk
    }

    private func newOnly() throws(FormProblem) -> Bool {
        switch text(.newOnly) {
        case "yes", "y": return true
        case "no", "n": return false
        case _:
            throw FormProblem(
                field: Place.newOnly.rawValue, sentence: "Only new calls? Write yes or no.")
        }
    }

    /// The field of the form that the server means.
    static func label(ofField pointer: String) -> String {
        switch pointer {
        case "/delegate": "To:"
        case "/grantor": "For whom:"
        case "/end": "Until:"
        case "/start": "From:"
        case "/reason": "Why:"
        case "/ceiling": "Up to risk:"
        case let other where other.hasPrefix("/scope"): "What:"
        case let other: SafeWords.name(other, columnsMax: 40)
        }
    }
}
