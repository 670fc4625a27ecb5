import JSONTree
import Approvals
import WireAPI

extension Inbox {
    /// A cursor that passes by asks nothing; it must rest this long.
    static let viewRestMilliseconds: Int64 = 80
    /// After a failure views are not asked for during this time.
    static let viewFailedMilliseconds: Int64 = 2_000
    /// So many of the most urgent approvals are fetched before somebody looks, for bad times.
    static let prefetchMax = 8

    /// True when the approval on the screen has no view, or one that is not the latest.
    private var wantsView: Bool {
        guard let subject else { return false }
        guard let known = shelf[subject] else { return true }
        guard screen == .queue, let row = queue.selectedRow, !row.isGone else {
            return !known.isFresh
        }
        return known.view.revision < row.revision || !known.isFresh
    }

    /// When the view of the approval on the screen is to be asked for; nil when it is not wanted.
    var viewDueAt: Timestamp? {
        guard wantsView, let subject, !network.isOpen(.view(subject)) else { return nil }
        let rested = network.subjectSince.adding(milliseconds: Self.viewRestMilliseconds)
        guard poller.connection != .connecting || shelf[subject] == nil else { return nil }
        if !poller.isOnline, !isWorthAsking(subject) { return nil }
        return max(rested, network.viewsRestUntil ?? rested)
    }

    /// Without a connection only the local copy is asked, and once.
    private func isWorthAsking(_ id: ApprovalID) -> Bool {
        shelf[id] == nil && !network.askedCopy.contains(id)
    }

    /// Asks for the view of the approval on the screen, and for those that may be looked at next.
    mutating func askForView() {
        if let due = viewDueAt, now >= due, let subject {
            askCopy(subject)
            if poller.isOnline { askServer(subject) }
        }
        prefetch()
    }

    private mutating func askCopy(_ id: ApprovalID) {
        guard isWorthAsking(id) else { return }
        network.askedCopy.insert(id)
        effects.append(.load(.view(id)))
    }

    private mutating func askServer(_ id: ApprovalID) {
        // One view at a time: whoever moved on does not wait for what was left.
        for purpose in network.openViews where purpose != .view(id) {
            guard case .view(let other) = purpose, outbox.drafts[other] == nil,
                let request = network.request(for: purpose)
            else { continue }
            _ = network.close(request)
            effects.append(.cancel(request))
        }
        send(Requests.view(id), for: .view(id))
    }

    /// Fetches views of the most urgent approvals, one after the other, while nothing else goes on.
    private mutating func prefetch() {
        guard poller.isOnline, poller.isComplete, network.openViews.isEmpty else { return }
        if let until = network.viewsRestUntil, now < until { return }
        for slot in queue.sorted.slots.prefix(Self.prefetchMax) {
            let row = queue.store.packed(slot)
            let id = row.id.id
            if let known = shelf[id], known.isFresh, known.view.revision >= Int(row.revision) {
                continue
            }
            guard viewTroubles[id] == nil else { continue }
            send(Requests.view(id), for: .prefetch(id))
            return
        }
    }

    mutating func answeredView(
        _ id: ApprovalID, _ result: Result<HTTPResponse, TransportFailure>
    ) {
        guard case .success(let response) = result else {
            network.viewsRestUntil = now.adding(milliseconds: Self.viewFailedMilliseconds)
            if case .failure(let failure) = result { viewTroubles[id] = failure.sentence }
            return
        }
        if response.status == 200 {
            switch Answers.read(ApproverView.self, from: response) {
            case .success(let view) where view.id == id: take(view, isFresh: true)
            case .success:
                viewTroubles[id] = "The server answered with another approval."
                network.viewsRestUntil = now.adding(milliseconds: Self.viewFailedMilliseconds)
            case .failure(let error):
                viewTroubles[id] = error.sentence
                network.viewsRestUntil = now.adding(milliseconds: Self.viewFailedMilliseconds)
            }
            return
        }
        network.viewsRestUntil = now.adding(milliseconds: Self.viewFailedMilliseconds)
        let problem = Answers.problem(in: response)
        viewTroubles[id] = "\(problem.detail) \(problem.nextStep)"
        if response.status == 404 || response.status == 403 { lost(id) }
    }

    /// The approval is not for this person any more, or never was.
    private mutating func lost(_ id: ApprovalID) {
        if outbox.drafts[id] != nil { voidDraft(id, "it is no longer yours") }
    }

    /// Takes a view: what is on the screen changes, half-done work moves onto it, and what it means
    /// for a draft is told.
    mutating func take(_ view: ApproverView, isFresh: Bool) {
        let old = shelf[view.id]
        if let old, old.view.revision > view.revision { return }
        if isFresh { clock.heard(view.serverTime, at: now) }
        let known = KnownView(view, isFresh: isFresh)
        shelf.put(known)
        viewTroubles[view.id] = nil
        if isFresh {
            let summary = ApprovalSummary(view)
            queue.update(summary)
            history.update(summary)
            forgetMarks(settledIn: [summary], gone: [])
            if view.state == .pending { save([.putView(view)]) }
        }
        if let old { moved(from: old, to: known) }
        if isFresh, outbox.drafts[view.id] != nil { outbox.compared.insert(view.id) }
        reviveEditor(known)
        judgeDraft(known)
    }

    /// Somebody or something changed what may be on the screen.
    private mutating func moved(from old: KnownView, to known: KnownView) {
        let id = known.view.id
        guard old.view.revision != known.view.revision || old.digest != known.digest else { return }
        if id == subject { arming.disarm(at: now, for: Arming.changedMilliseconds) }
        let isMine = outbox.outgoing[id] != nil
        let change = ViewChange.sentence(from: old.view, to: known.view)
        if !isMine, let change, hasOpenDialog(about: id) {
            closeDialogs(about: id)
            say(.warning, "It changed while you were deciding: \(change). Nothing was sent.")
        } else if !isMine, let change, id == subject || hasWork(on: id),
            known.view.state == .pending
        {
            sayToo(.warning, "\(SafeWords.name(known.view.tool)) \(short(id)): \(change).")
        }
        rebaseEditor(onto: known)
    }

    private func hasOpenDialog(about id: ApprovalID) -> Bool {
        overlays.contains {
            switch $0 {
            case .decision(let dialog): dialog.view.id == id
            case .editor, .diff, .bulk, .note, .question, .revealed, .help, .page, .commandLine,
                .filter,
                .views:
                false
            }
        }
    }

    /// Moves a half-done edit onto a fresh view.
    private mutating func rebaseEditor(onto known: KnownView) {
        let id = known.view.id
        guard var editor = editors[id], let digest = known.digest else { return }
        let before = editor.patch
        editor.rebase(onto: known.view, digest: digest)
        let isOver = editor.patch.isEmpty && editor.kept == nil && !isEditing(id)
        editors[id] = isOver ? nil : editor
        keepEdit(id)
        guard !before.isEmpty, known.view.state == .pending else { return }
        guard let misfit = editor.misfits.first else { return }
        let more = editor.misfits.count > 1 ? " and \(editor.misfits.count - 1) more" : ""
        say(
            .warning,
            "Your change of \(misfit.pointer)\(more) was dropped: it \(misfit.reason). "
                + "Look at the rest again.")
    }

    private func isEditing(_ id: ApprovalID) -> Bool {
        overlays.contains {
            switch $0 {
            case .editor(let other): other == id
            case .diff(let diff): diff.id == id
            case .decision, .bulk, .note, .question, .revealed, .help, .page, .commandLine, .filter,
                .views:
                false
            }
        }
    }

    /// An edit that was half done when the program ended goes on.
    private mutating func reviveEditor(_ known: KnownView) {
        let id = known.view.id
        guard let draft = outbox.drafts[id], draft.stage == .editing, editors[id] == nil,
            let digest = known.digest
        else { return }
        guard known.view.state == .pending else {
            outbox.drafts[id] = nil
            save([.removeDraft(id)])
            return
        }
        var editor = ArgumentEditor(known.view, digest: digest)
        editor.revive(draft.edits)
        editor.revive(text: draft.text, from: draft.textBefore)
        editors[id] = editor
    }
}

extension Network {
    /// The views that were asked for.
    var openViews: [Purpose] {
        purposes.values.filter {
            switch $0 {
            case .view, .prefetch, .bulkView: true
            case .me, .unlock, .confirmRefusal, .feed, .decision, .decisions, .historyFirst,
                .historyNext, .needsReview, .grants,
                .note, .reviewing, .earlier, .page, .policyMode, .reviewed, .logCheckpoint,
                .logConsistency, .logKeys, .lend, .endDelegation,
                .acknowledge, .offShift, .onShift, .override, .removeOverride, .swap,
                .schedule:
                false
            }
        }
    }
}

extension ApprovalSummary {
    /// The row of a view.
    init(_ view: ApproverView) {
        self.init(
            id: view.id, revision: view.revision, state: view.state, isReleased: view.isReleased,
            execution: view.execution, tool: view.tool, summary: view.context.summary,
            agent: view.agent.name, risk: view.risk, group: view.requirement.group,
            createdAt: view.createdAt, updatedAt: view.updatedAt,
            deadline: view.requirement.deadline, posture: view.requirement.posture,
            settledAt: view.settledAt,
            decidedBy: view.state == .pending ? nil : view.decisions.last?.by,
            reviewing: view.reviewing, needsReview: view.needsReview,
            runID: view.origin.runID, youCanDecide: view.youCanDecide,
            deciders: view.state == .pending ? view.whoCanDecide.count : nil)
    }
}
