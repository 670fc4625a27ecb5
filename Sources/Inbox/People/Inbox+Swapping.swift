import Approvals
import TextGrid
import WireAPI
import ZoneTime

// Hours that people offer to each other, take, and undo.
extension Inbox {
    /// The offers of a schedule that are not over.
    private func swaps(of name: GroupName) -> [SwapView] {
        if case .swaps(let list)? = pages[.swaps(name)] { list } else { [] }
    }

    /// What can be offered here, and what was.
    func swapLines(_ schedule: ScheduleView, _ zone: Zone) -> [PageLine] {
        var lines: [PageLine] = []
        if me?.canDecide ?? false {
            let stretch = ChangedStretch(
                schedule: schedule.name, zoneName: zone.name, from: "1h", until: "8h")
            let words = Line("> Offer hours of yours to somebody", .accent)
            lines.append(PageLine(words, .offerSwap(stretch)))
        }
        let list = swaps(of: schedule.name).filter { $0.isOpen || $0.isTaken }
        guard !list.isEmpty else { return lines }
        return lines + [PageLine(Line()), PageLine(Line("Swaps", .heading))]
            + list.map { view in
                PageLine(line(view, zone), step(view).map { .swap($0) })
            }
    }

    private func line(_ view: SwapView, _ zone: Zone) -> Line {
        let state: Span = view.isOpen ? Span("open  ", .warning) : Span("taken  ", .success)
        return [
            Span("  "), state, Span(words(view, zone), .text),
            Span(": \(SafeWords.name(view.reason, columnsMax: 80))", .dim),
        ]
    }

    /// Whose hours, to whom, and what for.
    private func words(_ view: SwapView, _ zone: Zone) -> String {
        let taker = (view.takenBy ?? view.take).map { SafeWords.name($0, columnsMax: 40) }
        let given = "\(SafeWords.name(view.give, columnsMax: 40)) gives "
        let hours = "\(zone.hours(view.start, view.end))"
        guard let back = view.returnStart, let end = view.returnEnd else {
            return given + hours + " to \(taker ?? "anybody")"
        }
        return given + hours + " to \(taker ?? "anybody") for \(zone.hours(back, end))"
    }

    /// What this person can do with an offer; nil for nothing.
    private func step(_ view: SwapView) -> SwapStep? {
        guard let me, me.canDecide else { return nil }
        let isMine = view.give.isSame(as: me.name)
        if view.isOpen, !isMine, view.take?.isSame(as: me.name) ?? true { return .take(view) }
        let isTaker = view.takenBy?.isSame(as: me.name) ?? false
        return isMine || isTaker || me.roles.contains(.lead) ? .withdraw(view) : nil
    }

    // MARK: asking

    /// Shows what an offer would be, before it is made.
    mutating func askToOffer(_ note: inout NoteDialog, _ stretch: ChangedStretch) {
        guard let schedule = schedule(stretch.schedule), let zone = zone(of: schedule) else {
            note.problem = "This schedule is not there any more."
            return
        }
        do {
            let body = try SwapForm(note, zone: zone, now: serverTime).body()
            note.problem = nil
            openQuestion(
                .swap(.offer(schedule.name, body), consequences: consequences(body, zone)))
        } catch {
            note.problem = error.sentence
            note.stop = error.field
        }
    }

    private func consequences(_ body: SwapBody, _ zone: Zone) -> String {
        let taker = body.take.map { SafeWords.name($0, columnsMax: 40) } ?? "everybody of the group"
        var text = "You offer \(zone.hours(body.start, body.end)) \(zone.name) to \(taker)"
        if let back = body.returnStart, let end = body.returnEnd {
            text += ", and take \(zone.hours(back, end)) in return"
        }
        return text + ". Nothing changes until it is taken; nobody took it when it begins, it "
            + "lapses, and the hours stay yours."
    }

    /// Asks before an offer is taken, taken back or undone.
    mutating func askSwap(_ step: SwapStep) {
        switch step {
        case .offer: return
        case .take(let view):
            let back = view.returnStart == nil ? "" : ", and the other hours theirs"
            openQuestion(
                .swap(
                    step,
                    consequences: "\(wall(view)). From then on these hours are yours\(back). "
                        + "Either of you can undo it."))
        case .withdraw(let view):
            let after =
                view.isTaken
                ? "Everybody has the hours again that they had; what was before now stays."
                : "Nobody can take it any more."
            openQuestion(.swap(step, consequences: "\(wall(view)). \(after)"))
        }
    }

    private func wall(_ view: SwapView) -> String {
        words(view, schedule(view.schedule).flatMap { zone(of: $0) } ?? settings.zone)
    }

    // MARK: doing it

    mutating func carryOut(_ step: SwapStep) {
        if case .offer = step { waitInPlan() }
        send(Requests.swap(step), for: .swap(step))
    }

    mutating func answeredSwap(
        _ step: SwapStep, _ result: Result<HTTPResponse, TransportFailure>
    ) {
        switch result {
        case .failure(let failure):
            complainInPlan(
                failure.wasSent
                    ? "Nobody knows whether it arrived (\(failure.sentence)). Look at the week."
                    : "Not sent: \(failure.sentence)")
        case .success(let response) where (200...299).contains(response.status):
            if case .offer = step, let form = planForm { overlays.remove(at: form.place) }
            done(step, response)
        case .success(let response):
            let problem = Answers.problem(in: response)
            let field = problem.fields.first
            complainInPlan(
                "Nothing was changed: \((field?.detail ?? problem.detail).asSentence) "
                    + problem.nextStep,
                field: field.flatMap { SwapForm.field(of: $0.field) })
        }
        reloadWeek()
    }

    private mutating func done(_ step: SwapStep, _ response: HTTPResponse) {
        switch step {
        case .offer: say(.success, "Offered. Nothing changes until somebody takes it.")
        case .withdraw(let view):
            say(.success, view.isTaken ? "The swap is undone." : "The offer is taken back.")
        case .take:
            var warnings: [String] = []
            if case .success(let answer) = Answers.read(SwapAnswer.self, from: response) {
                warnings = answer.warnings
            }
            let sentences = ["Taken: these hours are yours."] + warnings
            say(warnings.isEmpty ? .success : .warning, sentences.joined(separator: " "))
        }
    }
}
