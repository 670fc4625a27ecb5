import Approvals
import Keymap
import WireAPI

// What was settled, and the search in it.
extension Inbox {
    mutating func showHistory() {
        guard me?.roles.contains(where: { Route.history.roles.contains($0) }) ?? true else {
            say(.warning, "Your role does not read the history.")
            return
        }
        screen = .history
        focus = .list
        loadHistory()
    }

    /// Fetches the newest page.
    mutating func loadHistory() {
        guard history.request == nil else { return }
        history.request = send(
            history.request(after: nil), for: .historyFirst)
    }

    mutating func performInHistory(_ action: Action) {
        let rows = layout.listRows
        if action == .top {
            history.select(0, height: rows)
        } else if action == .bottom {
            history.select(.max, height: rows)
        } else if let step = Self.step(action, rows: rows) {
            history.select(history.index + step, height: rows)
        } else if action == .filter {
            beginFilter()
            return
        } else if action == .clearFilter {
            history.show(nil, queryFacts)
            searchHistory()
        } else if action == .sort {
            say(.info, "The history is shown as it happened, the latest first.")
        }
        if history.wantsMore { loadMoreHistory() }
    }

    /// Searches for what was typed: the server does it for a single word, and for anything else
    /// what it sends is searched here, page by page.
    mutating func searchHistory() {
        if history.beginSearch() {
            if let request = history.request, network.close(request) != nil {
                effects.append(.cancel(request))
                history.request = nil
            }
            loadHistory()
        } else if history.searchesOn() {
            loadMoreHistory()
        }
        history.select(history.index, height: layout.listRows)
    }

    private mutating func loadMoreHistory() {
        guard let next = history.next else { return }
        history.request = send(
            history.request(after: next), for: .historyNext)
    }

    mutating func answeredHistory(
        _ result: Result<HTTPResponse, TransportFailure>, isFirst: Bool
    ) {
        history.request = nil
        switch result {
        case .failure(let failure): history.trouble = failure.sentence
        case .success(let response) where response.status == 200:
            switch Answers.read(SummaryList.self, from: response) {
            case .success(let page):
                history.took(page, isFirst: isFirst)
                if history.searchesOn() { loadMoreHistory() }
            case .failure(let error): history.trouble = error.sentence
            }
        case .success(let response): history.trouble = Answers.problem(in: response).detail
        }
    }
}
