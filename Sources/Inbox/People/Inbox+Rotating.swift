import Approvals
import TextGrid
import WireAPI

// Who takes turns in a schedule, and changing that.
extension Inbox {
    func rotationLines(_ schedule: ScheduleView) -> [PageLine] {
        guard !schedule.rotations.isEmpty else { return [] }
        return [PageLine(Line()), PageLine(Line("Who takes turns", .heading))]
            + schedule.rotations.enumerated().map { index, rotation in
                let changed = ChangedRotation(schedule: schedule, index: index)
                return PageLine(words(rotation), mayPlan ? .rotation(changed) : nil)
            }
    }

    private func words(_ rotation: RotationView) -> Line {
        var terms = "from \(rotation.start), next person \(rotation.recurrence)"
        if let length = rotation.lengthSeconds {
            terms += ", \(RotationForm.lengthText(length)) long"
        }
        if let repeats = rotation.repeats { terms += ", again \(repeats)" }
        return [
            Span("  \(SafeWords.name(rotation.name, columnsMax: 40))  ", .text),
            Span(rotation.people.joined(separator: ", "), .text), Span("; \(terms)", .dim),
        ]
    }

    /// Shows what would be different, before it is saved.
    mutating func askToRotate(_ note: inout NoteDialog, _ changed: ChangedRotation) {
        let form = RotationForm(note, changed)
        do {
            let body = try form.body()
            let differences = form.differences
            guard !differences.isEmpty else {
                note.problem = "You changed nothing."
                return
            }
            note.problem = nil
            let name = SafeWords.name(changed.schedule.name.rawValue, columnsMax: 40)
            openQuestion(
                .schedule(
                    changed.schedule.name, body,
                    consequences: "From now on in \(name): \(differences.joined(separator: "; ")). "
                        + "What was before now stays; overrides stay."))
        } catch {
            note.problem = error.sentence
            note.stop = error.field
        }
    }

    mutating func answeredSchedule(_ result: Result<HTTPResponse, TransportFailure>) {
        switch result {
        case .failure(let failure):
            complainInPlan(
                failure.wasSent
                    ? "Nobody knows whether it arrived (\(failure.sentence)). Look at the week."
                    : "Not sent: \(failure.sentence)")
        case .success(let response) where (200...201).contains(response.status):
            if let form = planForm { overlays.remove(at: form.place) }
            say(.success, "Saved: the schedule is changed from now on.")
        case .success(let response):
            let problem = Answers.problem(in: response)
            let field = problem.fields.first
            complainInPlan(
                "Nothing was changed: \((field?.detail ?? problem.detail).asSentence) "
                    + problem.nextStep,
                field: field.flatMap { RotationForm.field(of: $0.field) })
        }
        reloadWeek()
    }
}
