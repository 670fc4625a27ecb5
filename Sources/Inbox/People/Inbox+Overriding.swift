import Approvals
import WireAPI
import ZoneTime

// Letting somebody go or come for a while, and taking that back.
extension Inbox {
    /// True for whoever may change who is on duty.
    var mayPlan: Bool {
        me?.roles.contains { Route.addOverride.roles.contains($0) } ?? false
    }

    /// Asks the server what would come of what was typed; nothing changes by that.
    mutating func askConsequences(_ note: inout NoteDialog, _ stretch: ChangedStretch) {
        guard let schedule = schedule(stretch.schedule), let zone = zone(of: schedule) else {
            note.problem = "This schedule is not there any more."
            return
        }
        do {
            let form = OverrideForm(
                note, zone: zone, now: serverTime,
                overrides: pages.overrides(of: stretch.schedule))
            let body = try form.body()
            note.problem = nil
            note.isWaiting = true
            sendOverride(body, on: stretch.schedule, isPreview: true)
        } catch {
            note.problem = error.sentence
            note.stop = error.field
        }
    }

    private mutating func sendOverride(
        _ body: OverrideBody, on name: GroupName, isPreview: Bool
    ) {
        send(
            Requests.addOverride(body, on: name, isPreview: isPreview),
            for: .override(name, body, isPreview: isPreview))
    }

    /// The form below takes no keys until the server answered.
    mutating func waitInPlan() {
        guard case (let place, var note)? = planForm else { return }
        note.isWaiting = true
        overlays[place] = .note(note)
    }

    /// Makes what was shown and confirmed.
    mutating func override(_ name: GroupName, _ body: OverrideBody) {
        waitInPlan()
        sendOverride(body, on: name, isPreview: false)
    }

    mutating func answeredOverride(
        _ name: GroupName, _ body: OverrideBody, isPreview: Bool,
        _ result: Result<HTTPResponse, TransportFailure>
    ) {
        switch result {
        case .failure(let failure):
            complainInPlan(
                failure.wasSent && !isPreview
                    ? "Nobody knows whether it arrived (\(failure.sentence)). Look at the week."
                    : "Not sent: \(failure.sentence)")
        case .success(let response) where (200...201).contains(response.status):
            switch Answers.read(OverrideAnswer.self, from: response) {
            case .failure(let error): complainInPlan(error.sentence)
            // Whatever was asked for: 201 says that it holds.
            case .success(let answer) where response.status == 201: made(answer)
            case .success(let answer): show(answer, of: name, before: body)
            }
        case .success(let response): refused(Answers.problem(in: response), name)
        }
        if !isPreview { reloadWeek() }
    }

    /// Shows what comes of it, before anything is saved. What was typed stays below.
    private mutating func show(
        _ answer: OverrideAnswer, of name: GroupName, before body: OverrideBody
    ) {
        guard case (let place, var note)? = planForm, note.isWaiting else { return }
        note.isWaiting = false
        overlays[place] = .note(note)
        var sentences = ["\(words(answer.made))."]
        if let parent = overrides(on: name, body.parent) {
            sentences.append("It hangs on \(parent.change) and goes with it.")
        }
        sentences +=
            answer.warnings.isEmpty
            ? ["As many people are on duty as before."] : answer.warnings
        openQuestion(.override(name, body, consequences: sentences.joined(separator: " ")))
    }

    private func overrides(on name: GroupName, _ id: String?) -> OverrideView? {
        guard let id else { return nil }
        return pages.overrides(of: name).first { $0.id.isSame(as: id) }
    }

    private mutating func made(_ answer: OverrideAnswer) {
        if let form = planForm { overlays.remove(at: form.place) }
        let sentences = ["Made: \(words(answer.made))."] + answer.warnings
        say(answer.warnings.isEmpty ? .success : .warning, sentences.joined(separator: " "))
    }

    /// Who for whom, and when, on the wall of the schedule.
    func words(_ view: OverrideView) -> String {
        let zone = schedule(view.schedule).flatMap { self.zone(of: $0) } ?? settings.zone
        return "\(view.change), \(zone.hours(view.start, view.end)) \(zone.name)"
    }

    /// Says why nothing was changed; of a conflict also what stands in the way, and whose it is.
    private mutating func refused(_ problem: Problem, _ name: GroupName) {
        var sentence = "Nothing was changed: \(problem.detail.asSentence)"
        if let other = pages.overrides(of: name).first(where: { problem.detail.contains($0.id) }) {
            let by = SafeWords.name(other.createdBy, columnsMax: 40)
            sentence = "Nothing was changed: it collides with \(words(other)), made by \(by)."
        } else if let first = problem.fields.first {
            sentence = "Nothing was changed: \(first.detail.asSentence)"
        }
        complainInPlan(
            "\(sentence) \(problem.nextStep)",
            field: problem.fields.first.flatMap { OverrideForm.field(of: $0.field) })
        if problem.status == 409 { reloadWeek() }
    }

    /// In the form as it was filled in, where it is open.
    mutating func complainInPlan(_ sentence: String, field: Int? = nil) {
        guard case (let place, var note)? = planForm else { return say(.warning, sentence) }
        note.isWaiting = false
        note.problem = sentence
        note.stop = field ?? 0
        note.isOnVerb = false
        overlays[place] = .note(note)
    }

    /// The form for an override or an offer, where it is open.
    var planForm: (place: Int, note: NoteDialog)? {
        for (place, overlay) in overlays.enumerated() {
            guard case .note(let note) = overlay else { continue }
            switch note.purpose {
            case .override, .swap, .rotation: return (place, note)
            case .comment, .extend, .reassign, .reveal, .revoke, .policyMode, .lend, .search:
                continue
            }
        }
        return nil
    }

    /// What the week below shows may be another one now.
    func openWeek() -> PageSubject? {
        overlays.lazy.compactMap { overlay -> PageSubject? in
            guard case .page(let page) = overlay, case .week = page.subject else { return nil }
            return page.subject
        }.last
    }

    mutating func reloadWeek() {
        if let week = openWeek() { load(week) }
    }

    // MARK: taking one back

    /// Asks before an override and what hangs on it go.
    mutating func askToRemove(_ view: OverrideView) {
        let family = pages.overrides(of: view.schedule).hanging(on: view)
        var text = "\(words(view)), is taken back. What was before now stays."
        if !family.isEmpty {
            let others = family.map { words($0) }.joined(separator: "; ")
            text += " With it goes what hangs on it: \(others)."
        }
        openQuestion(.removeOverride(view, consequences: text))
    }

    mutating func answeredRemoveOverride(
        _ view: OverrideView, _ result: Result<HTTPResponse, TransportFailure>
    ) {
        switch result {
        case .failure(let failure):
            say(
                .warning,
                failure.wasSent
                    ? "Nobody knows whether it arrived (\(failure.sentence)). Look at the week."
                    : "Not sent: \(failure.sentence)")
        case .success(let response) where (200...299).contains(response.status):
            say(.success, "Taken back: \(view.change).")
        case .success(let response):
            let problem = Answers.problem(in: response)
            say(.warning, "Nothing was changed: \(problem.detail) \(problem.nextStep)")
        }
        reloadWeek()
    }
}

extension [OverrideView] {
    /// Those that hang on one, directly or through another.
    func hanging(on root: OverrideView) -> [OverrideView] {
        var found = [root]
        var place = 0
        while place < found.count {
            let parent = found[place]
            let isKnown = found
            found += filter { view in
                view.parent?.isSame(as: parent.id) ?? false
                    && !isKnown.contains { $0.id.isSame(as: view.id) }
            }
            place += 1
        }
        return Array(found.dropFirst())
    }
}
