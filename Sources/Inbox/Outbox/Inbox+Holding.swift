import Approvals
import Keymap
import WireAPI

extension Inbox {
    /// Sends decisions that were confirmed with one press, now or after the time in which they can
    /// be taken back; without a connection they become drafts.
    mutating func dispatch(_ batches: [[Draft]]) {
        let drafts = batches.joined()
        for draft in drafts { marks.remove(PackedID(draft.id)) }
        guard poller.isOnline, network.holder == .proven else {
            keep(Array(drafts))
            return
        }
        guard settings.undoSeconds > 0 else {
            sendBatches(Holding(batches, until: nil))
            return
        }
        // It is in the local copy meanwhile: whatever ends this program sends nothing.
        save(drafts.map { .putDraft($0) })
        for draft in drafts {
            outbox.drafts[draft.id] = nil
            outbox.reshown.remove(draft.id)
        }
        outbox.holdings.append(
            Holding(batches, until: now.adding(seconds: settings.undoSeconds)))
    }

    /// Takes back what was confirmed last and is not sent yet.
    mutating func takeBack() {
        guard let place = outbox.holdings.lastIndex(where: { $0.until != nil }) else {
            say(
                .info,
                outbox.outgoing.isEmpty
                    ? "There is nothing to take back."
                    : "It was sent already: it cannot be taken back.")
            return
        }
        let holding = outbox.holdings.remove(at: place)
        for draft in holding.drafts {
            outbox.codes[draft.id] = nil
            save([.removeDraft(draft.id)])
            keepEdit(draft.id)
            bulk?.takeBack(draft.id)
            if holding.count > 1 { marks.insert(PackedID(draft.id), revision: draft.revision) }
        }
        bulk?.goOn()
        let what = holding.count == 1 ? "Your decision was" : "\(holding.count) decisions were"
        say(.success, "\(what) taken back; nothing was sent.")
    }

    /// Sends what is due; what became something else meanwhile is not sent.
    mutating func followHoldings(wasOnline: Bool) {
        guard !outbox.holdings.isEmpty else { return }
        dropStale()
        guard poller.isOnline else {
            if wasOnline { keepHeld("the connection was lost") }
            return
        }
        guard network.holder == .proven else { return }
        for holding in outbox.holdings {
            let isDue = holding.until.map { now >= $0 } ?? !network.sendsMany
            guard isDue else { continue }
            outbox.holdings.removeAll { $0.ids == holding.ids }
            sendBatches(holding)
        }
    }

    /// Nothing that is held is sent any more; all of it is asked again.
    mutating func keepHeld(_ reason: String) {
        let drafts = outbox.holdings.flatMap(\.drafts)
        guard !drafts.isEmpty else { return }
        outbox.holdings = []
        for draft in drafts {
            outbox.codes[draft.id] = nil
            outbox.drafts[draft.id] = draft
            bulk?.record(draft.id, .kept("a draft: not sent"))
        }
        save(drafts.map { .putDraft($0) })
        let what = drafts.count == 1 ? "your decision is a draft" : "\(drafts.count) are drafts"
        say(.warning, "Not sent, \(reason): \(what) and asked again before anything is sent.")
    }

    private mutating func dropStale() {
        for draft in outbox.holdings.flatMap(\.drafts) {
            guard let reason = staleReason(draft) else { continue }
            for index in outbox.holdings.indices { outbox.holdings[index].remove(draft.id) }
            outbox.holdings.removeAll { $0.batches.isEmpty }
            outbox.codes[draft.id] = nil
            outbox.drafts[draft.id] = draft
            voidDraft(draft.id, reason)
            bulk?.record(draft.id, .refused("not sent: \(reason)"))
        }
    }

    /// Why a decision that was confirmed a moment ago is not sent after all.
    private func staleReason(_ draft: Draft) -> String? {
        if let row = queue.row(draft.id) {
            let facts = StateWords.Facts(row)
            if let settled = StateWords.settled(facts, at: serverTime) { return settled }
            if row.revision != draft.revision { return "it changed since you decided" }
        }
        if draft.deadline.since(serverTime) <= 0 { return "expired: nobody answered in time" }
        return shelf[draft.id].flatMap { voidReason(draft, $0) }
    }

    /// The line that counts down while a decision can be taken back; nil when there is none.
    package var countdown: String? {
        guard let holding = outbox.holdings.last(where: { $0.until != nil }) else { return nil }
        let verb = holding.verdict == .approve ? "Approving" : "Rejecting"
        let seconds = holding.secondsLeft(at: now)
        guard holding.count == 1, let id = holding.ids.first else {
            return
                "\(verb) \(holding.count) in \(seconds) s - \(key(for: .takeBack)) takes them back."
        }
        let tool = queue.row(id)?.tool ?? shelf[id]?.view.tool ?? ""
        return
            "\(verb) \(SafeWords.name(tool)) in \(seconds) s - "
            + "\(key(for: .takeBack)) takes it back."
    }

    /// When the countdown says something else, or something is sent.
    var holdingsWakeAt: Timestamp? {
        outbox.holdings.compactMap(\.until).map { until in
            until.adding(milliseconds: -max(0, (until.since(now) - 1) / 1_000 * 1_000))
        }.min()
    }
}

extension Network {
    /// True while a batch has no answer: the next one waits for it.
    var sendsMany: Bool {
        purposes.values.contains { if case .decisions = $0 { true } else { false } }
    }
}
