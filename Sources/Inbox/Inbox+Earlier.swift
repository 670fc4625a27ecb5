import Approvals
import JSONTree
import TextGrid
import WireAPI

extension Inbox {
    /// When earlier decisions on calls like the one on the screen are to be fetched; nil for never.
    var earlierDueAt: Timestamp? {
        guard poller.isOnline, screen == .queue, let view = viewInSight,
            me?.roles.contains(where: { Route.history.roles.contains($0) }) ?? false
        else { return nil }
        let key = EarlierDecisions.Key(view)
        guard earlier.wants(key, since: network.subjectSince, at: now) else { return nil }
        let isAsked = network.isOpen(.earlier(key))
        guard !isAsked else { return nil }
        return network.subjectSince.adding(milliseconds: EarlierDecisions.restMilliseconds)
    }

    private var viewInSight: ApproverView? {
        guard !layout.detail.isEmpty, let id = subject, let known = shelf[id], known.isFresh else {
            return nil
        }
        return known.view
    }

    /// Fetches them, and what they were about once somebody reads.
    mutating func askForEarlier() {
        if let due = earlierDueAt, now >= due, let view = viewInSight {
            send(
                Requests.history(
                    after: nil, limit: EarlierDecisions.fetchedMax, matching: view.tool),
                for: .earlier(EarlierDecisions.Key(view)))
        }
        guard focus == .detail, poller.isOnline, network.openViews.isEmpty, let view = viewInSight,
            case .known(let rows)? = earlier[EarlierDecisions.Key(view)],
            let next = rows.first(where: { shelf[$0.id] == nil && viewTroubles[$0.id] == nil })
        else { return }
        send(Requests.view(next.id), for: .prefetch(next.id))
    }

    mutating func answeredEarlier(
        _ key: EarlierDecisions.Key, _ result: Result<HTTPResponse, TransportFailure>
    ) {
        earlier.put(state(key, result), for: key, at: now)
    }

    private func state(
        _ key: EarlierDecisions.Key, _ result: Result<HTTPResponse, TransportFailure>
    ) -> EarlierDecisions.State {
        switch result {
        case .failure(let failure): return .failed(failure.sentence)
        case .success(let response) where response.status == 200:
            switch Answers.read(SummaryList.self, from: response) {
            case .failure(let error): return .failed(error.sentence)
            case .success(let page):
                let alike = page.items.filter { key.fits($0) && $0.state != .pending }
                return .known(Array(alike.prefix(EarlierDecisions.rowsMax)))
            }
        case .success(let response): return .failed(Answers.problem(in: response).detail)
        }
    }

    /// What the detail shows of them.
    func earlierDecisions(beside view: ApproverView) -> [EarlierDecision] {
        guard case .known(let rows)? = earlier[EarlierDecisions.Key(view)] else { return [] }
        return rows.filter { $0.id != view.id }.map {
            EarlierDecision($0, shelf[$0.id]?.view, beside: view)
        }
    }
}
