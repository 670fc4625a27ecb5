import Approvals
import WireAPI
import ZoneTime

/// A stretch of a schedule that somebody changes: what the form begins with.
package struct ChangedStretch: Hashable, Sendable {
    let schedule: GroupName
    /// The zone in which its times are typed.
    package let zoneName: String
    /// Who is on duty in it alone; empty when nobody or several are.
    var goes = ""
    var from = "now"
    var until = "8h"
    /// True for the stretch that holds at this moment.
    var isNow = false
}

/// What is typed to let somebody go or come for a while, and what it means.
struct OverrideForm {
    /// The places of the fields.
    private enum Place: Int {
        case goes, comes, from, until, reason
    }

    private let texts: [String]
    private let zone: Zone
    private let now: Timestamp
    /// What is not as planned already.
    private let overrides: [OverrideView]

    init(_ note: NoteDialog, zone: Zone, now: Timestamp, overrides: [OverrideView]) {
        texts = note.fields.map { $0.text.text.withoutOuterSpaces }
        self.zone = zone
        self.now = now
        self.overrides = overrides
    }

    static func fields(_ stretch: ChangedStretch) -> [NoteDialog.Field] {
        func field(
            _ label: String, _ text: String = "", bytes: Int = 200, isRequired: Bool = true
        ) -> NoteDialog.Field {
            NoteDialog.Field(
                label: label, text: TextField(text, bytesMax: bytes), isRequired: isRequired)
        }
        return [
            field("Who goes (e-mail, or empty)", stretch.goes, isRequired: false),
            field("Who comes (e-mail, or empty)", isRequired: false),
            field("From", stretch.from), field("Until", stretch.until),
            field("Why", bytes: NoteDialog.textBytesMax),
        ]
    }

    /// What is asked of the server.
    func body() throws(FormProblem) -> OverrideBody {
        let start = try instant(.from, "From", now: now)
        let end = try instant(.until, "Until", now: start)
        guard start < end else {
            throw FormProblem(
                field: Place.until.rawValue, sentence: "It must end after it begins.")
        }
        let (goes, comes) = (text(.goes), text(.comes))
        guard !goes.isEmpty || !comes.isEmpty else {
            throw FormProblem(
                field: Place.goes.rawValue, sentence: "Say who goes, who comes, or both.")
        }
        return OverrideBody(
            start: start, end: end, remove: goes.isEmpty ? nil : goes,
            add: comes.isEmpty ? nil : comes, parent: parent(of: goes, start, end)?.id,
            reason: text(.reason))
    }

    /// The override that brought whoever goes; the new one hangs on it.
    private func parent(
        of goes: String, _ start: Timestamp, _ end: Timestamp
    ) -> OverrideView? {
        overrides.first {
            $0.add?.isSame(as: goes) ?? false && $0.start <= start && end <= $0.end
        }
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
            case "/remove", "/parent": .goes
            case "/add": .comes
            case "/start": .from
            case "/end": .until
            case "/reason": .reason
            case _: nil
            }
        return place?.rawValue
    }
}
