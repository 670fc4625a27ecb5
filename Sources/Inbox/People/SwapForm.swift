package import Approvals
package import WireAPI
import ZoneTime

/// What somebody does with an offer to swap hours.
package enum SwapStep: Hashable, Sendable {
    case offer(GroupName, SwapBody)
    case take(SwapView)
    /// Takes an offer back, or undoes a swap.
    case withdraw(SwapView)

    /// What the button that does it says.
    var verb: String {
        switch self {
        case .offer: "Offer"
        case .take: "Take"
        case .withdraw(let view): view.isTaken ? "Undo" : "Take back"
        }
    }
}

/// What is typed to offer hours of one's own, and what it means.
struct SwapForm {
    /// The places of the fields.
    private enum Place: Int {
        case taker, from, until, returnFrom, returnUntil, reason
    }

    private let texts: [String]
    private let zone: Zone
    private let now: Timestamp

    init(_ note: NoteDialog, zone: Zone, now: Timestamp) {
        texts = note.fields.map { $0.text.text.withoutOuterSpaces }
        self.zone = zone
        self.now = now
    }

    static func fields(_ stretch: ChangedStretch) -> [NoteDialog.Field] {
        func field(
            _ label: String, _ text: String = "", bytes: Int = 200, isRequired: Bool = true
        ) -> NoteDialog.Field {
            NoteDialog.Field(
                label: label, text: TextField(text, bytesMax: bytes), isRequired: isRequired)
        }
        return [
            field("To (e-mail, or empty for anybody)", isRequired: false),
            // What began already cannot be offered.
            field("From", stretch.isNow ? "1h" : stretch.from), field("Until", stretch.until),
            field("In return from (or empty)", isRequired: false),
            field("In return until", isRequired: false),
            field("Why", bytes: NoteDialog.textBytesMax),
        ]
    }

    /// What is asked of the server.
    func body() throws(FormProblem) -> SwapBody {
        let start = try instant(.from, "From", now: now)
        let end = try instant(.until, "Until", now: start)
        guard start < end else { throw mustEnd(.until) }
        let taker = text(.taker)
        var body = SwapBody(
            start: start, end: end, take: taker.isEmpty ? nil : taker, reason: text(.reason))
        guard !text(.returnFrom).isEmpty || !text(.returnUntil).isEmpty else { return body }
        let back = try instant(.returnFrom, "In return from", now: now)
        let backEnd = try instant(.returnUntil, "In return until", now: back)
        guard back < backEnd else { throw mustEnd(.returnUntil) }
        body.returnStart = back
        body.returnEnd = backEnd
        return body
    }

    private func mustEnd(_ place: Place) -> FormProblem {
        FormProblem(field: place.rawValue, sentence: "It must end after it begins.")
    }

    private func text(_ place: Place) -> String { texts[place.rawValue] }

    private func instant(
        _ place: Place, _ name: String, now: Timestamp
    ) throws(FormProblem) -> Timestamp {
        try zone.instant(typed: text(place), into: name, field: place.rawValue, now: now)
    }

    /// The field of the form that the server means; nil for none of them.
    static func field(of pointer: String) -> Int? {
        let place: Place? =
            switch pointer {
            case "/take": .taker
            case "/start": .from
            case "/end": .until
            case "/return_start": .returnFrom
            case "/return_end": .returnUntil
            case "/reason": .reason
            case _: nil
            }
        return place?.rawValue
    }
}

extension SwapView {
    var isOpen: Bool { state.isSame(as: "open") }
    var isTaken: Bool { state.isSame(as: "taken") }
}
