import WireAPI
import ZoneTime

/// A rotation of a schedule that somebody changes, with the schedule as it was looked at.
package struct ChangedRotation: Hashable, Sendable {
    let schedule: ScheduleView
    let index: Int

    package var zoneName: String { schedule.zone }

    var rotation: RotationView { schedule.rotations[index] }
}

/// What is typed to change who takes turns, and what it means.
struct RotationForm {
    /// The places of the fields.
    private enum Place: Int, CaseIterable {
        case people, start, recurrence, length, repeats

        /// What the field is called in the question.
        var name: String {
            switch self {
            case .people: "people"
            case .start: "first turn"
            case .recurrence: "next person"
            case .length: "length"
            case .repeats: "comes again"
            }
        }
    }

    private let texts: [String]
    private let changed: ChangedRotation

    init(_ note: NoteDialog, _ changed: ChangedRotation) {
        texts = note.fields.map { $0.text.text.withoutOuterSpaces }
        self.changed = changed
    }

    static func fields(_ changed: ChangedRotation) -> [NoteDialog.Field] {
        func field(
            _ label: String, _ place: Place, bytes: Int = 200, isRequired: Bool = true
        ) -> NoteDialog.Field {
            NoteDialog.Field(
                label: label,
                text: TextField(text(of: changed.rotation, place), bytesMax: bytes),
                isRequired: isRequired)
        }
        return [
            field("People in their order", .people, bytes: 20_000),
            field("First turn begins", .start),
            field("Next person takes over", .recurrence),
            field("Length (empty: all the time)", .length, isRequired: false),
            field("Comes again (with a length)", .repeats, isRequired: false),
        ]
    }

    private static func text(of rotation: RotationView, _ place: Place) -> String {
        switch place {
        case .people: rotation.people.joined(separator: ", ")
        case .start: rotation.start
        case .recurrence: rotation.recurrence
        case .length: rotation.lengthSeconds.map(lengthText) ?? ""
        case .repeats: rotation.repeats ?? ""
        }
    }

    /// As it is typed: `9h`, `1h30m`.
    static func lengthText(_ seconds: Int) -> String {
        var rest = seconds
        var text = ""
        for (unit, name) in [(86_400, "d"), (3_600, "h"), (60, "m"), (1, "s")] {
            if rest >= unit { text += "\(rest / unit)\(name)" }
            rest %= unit
        }
        return text
    }

    /// What is different, in words; empty when nothing is.
    var differences: [String] {
        Place.allCases.compactMap { place in
            let before = Self.text(of: changed.rotation, place)
            let after = text(place)
            guard !before.isSame(as: after) else { return nil }
            let (old, new) = (Self.shown(before), Self.shown(after))
            return "\(place.name): \(new), was \(old)"
        }
    }

    private static func shown(_ text: String) -> String {
        text.isEmpty ? "nothing" : SafeWords.name(text, columnsMax: 120)
    }

    /// What is asked of the server: the whole schedule, the other rotations as they were.
    func body() throws(FormProblem) -> ScheduleBody {
        let view = changed.schedule
        var rotations = view.rotations.map { RotationBody($0) }
        rotations[changed.index].people = try people()
        guard LocalTime(text(.start)) != nil else {
            throw FormProblem(
                field: Place.start.rawValue,
                sentence: "The first turn begins at a time like 2026-11-30T09:00.")
        }
        rotations[changed.index].start = text(.start)
        rotations[changed.index].recurrence = text(.recurrence)
        rotations[changed.index].lengthSeconds = try length()
        let repeats = text(.repeats)
        rotations[changed.index].repeats = repeats.isEmpty ? nil : repeats
        return ScheduleBody(
            version: view.version, group: view.group, zone: view.zone, rotations: rotations)
    }

    private func people() throws(FormProblem) -> [String] {
        let people = text(.people).split { $0 == "," || $0 == " " }.map(String.init)
        guard !people.isEmpty else {
            throw FormProblem(field: Place.people.rawValue, sentence: "Nobody is named.")
        }
        return people
    }

    private func length() throws(FormProblem) -> Int? {
        guard !text(.length).isEmpty else { return nil }
        guard let seconds = WrittenSpan.seconds(text(.length)), seconds > 0 else {
            throw FormProblem(
                field: Place.length.rawValue, sentence: "The length is written 9h, 30m or 1d.")
        }
        return seconds
    }

    private func text(_ place: Place) -> String { texts[place.rawValue] }

    /// The field of the form that the server means; nil for none of them.
    static func field(of pointer: String) -> Int? {
        let parts = pointer.split(separator: "/")
        guard parts.count >= 3, parts[0].utf8.elementsEqual("rotations".utf8) else { return nil }
        let place: Place? =
            switch parts[2] {
            case "people": .people
            case "start": .start
            case "recurrence": .recurrence
            case "length_s": .length
            case "repeats": .repeats
            case _: nil
            }
        return place?.rawValue
    }
}
