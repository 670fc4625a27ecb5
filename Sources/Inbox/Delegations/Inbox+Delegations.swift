import Approvals
import TextGrid
import WireAPI
import ZoneTime

// Lending authority and taking it back.
extension Inbox {
    /// The zone in which times are typed and shown.
    package var zoneName: String { settings.zone.name }

    mutating func showDelegations() {
        overlays.removeAll(where: \.isPage)
        showPage(.delegations)
    }

    /// Asks the server what would come of what was typed; nothing changes by that.
    mutating func askConsequences(_ note: inout NoteDialog, isForOthers: Bool) {
        do {
            let form = LendForm(note, zone: settings.zone, now: serverTime)
            let body = try form.body(isForOthers: isForOthers)
            note.problem = nil
            note.isWaiting = true
            send(Requests.lend(body, isPreview: true), for: .lend(body, isPreview: true))
        } catch {
            note.problem = error.sentence
            note.stop = error.field
        }
    }

    /// Lends what was shown and confirmed.
    mutating func lend(_ body: DelegationBody) {
        if case (let place, var note)? = lendForm {
            note.isWaiting = true
            overlays[place] = .note(note)
        }
        send(Requests.lend(body, isPreview: false), for: .lend(body, isPreview: false))
    }

    mutating func answeredLend(
        _ body: DelegationBody, isPreview: Bool,
        _ result: Result<HTTPResponse, TransportFailure>
    ) {
        switch result {
        case .failure(let failure):
            complain(
                failure.wasSent && !isPreview
                    ? "Nobody knows whether it arrived (\(failure.sentence)). Look at the list."
                    : "Not sent: \(failure.sentence)")
        case .success(let response) where (200...201).contains(response.status):
            switch Answers.read(DelegationView.self, from: response) {
            case .failure(let error): complain(error.sentence)
            case .success(let view) where isPreview: show(view, before: body)
            case .success(let view): lent(view)
            }
        case .success(let response):
            let problem = Answers.problem(in: response)
            let field = problem.fields.first.map {
                "\(LendForm.label(ofField: $0.field)) \($0.detail)."
            }
            complain("\(field ?? problem.detail) \(problem.nextStep)")
        }
        if !isPreview { load(.delegations) }
    }

    /// Shows what comes of it, before anything is saved. What was typed stays below.
    private mutating func show(_ view: DelegationView, before body: DelegationBody) {
        guard case (let place, var note)? = lendForm, note.isWaiting else { return }
        note.isWaiting = false
        overlays[place] = .note(note)
        let window = settings.zone.text(from: view.start, to: view.end)
        let text = ([window + ":"] + view.consequences).joined(separator: " ")
        openQuestion(.lend(body, consequences: text))
    }

    private mutating func lent(_ view: DelegationView) {
        if let form = lendForm { overlays.remove(at: form.place) }
        say(
            .success,
            "Lent: \(SafeWords.name(view.delegate)) may decide for "
                + "\(SafeWords.name(view.grantor)) until \(settings.zone.text(view.end)).")
    }

    /// The form for lending, where it is open.
    private var lendForm: (place: Int, note: NoteDialog)? {
        for (place, overlay) in overlays.enumerated() {
            if case .note(let note) = overlay, case .lend = note.purpose { return (place, note) }
        }
        return nil
    }

    /// Says why nothing was lent: in the form as it was filled in, where it is open.
    private mutating func complain(_ sentence: String) {
        guard case (let place, var note)? = lendForm else { return say(.warning, sentence) }
        note.isWaiting = false
        note.problem = sentence
        note.stop = 0
        overlays[place] = .note(note)
    }

    mutating func answeredEndDelegation(
        _ view: DelegationView, _ result: Result<HTTPResponse, TransportFailure>
    ) {
        switch result {
        case .failure(let failure):
            say(
                .warning,
                failure.wasSent
                    ? "Nobody knows whether it arrived (\(failure.sentence)). Look at the list."
                    : "Not sent: \(failure.sentence)")
        case .success(let response) where (200...299).contains(response.status):
            say(
                .success,
                "Taken back: \(SafeWords.name(view.delegate)) decides nothing more for "
                    + "\(SafeWords.name(view.grantor)).")
        case .success(let response):
            let problem = Answers.problem(in: response)
            say(.warning, "\(problem.detail) \(problem.nextStep)")
        }
        load(.delegations)
    }
}
