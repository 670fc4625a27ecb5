import Approvals
import Keymap
import TextGrid
import WireAPI

// What runs without asking: seen, and taken back.
extension Inbox {
    mutating func showGrants() {
        screen = .grants
        focus = .list
        loadGrants()
    }

    mutating func loadGrants() {
        guard grants.request == nil else { return }
        grants.request = send(Requests.grants(), for: .grants)
    }

    /// What changed may have used one: the list on the screen is asked for again.
    mutating func refreshGrants() {
        if screen == .grants { loadGrants() }
    }

    mutating func answeredGrants(_ result: Result<HTTPResponse, TransportFailure>) {
        grants.request = nil
        switch result {
        case .failure(let failure): grants.trouble = failure.sentence
        case .success(let response) where response.status == 200:
            switch Answers.read(GrantList.self, from: response) {
            case .success(let list): grants.took(list, height: layout.listRows)
            case .failure(let error): grants.trouble = error.sentence
            }
        case .success(let response): grants.trouble = Answers.problem(in: response).detail
        }
    }

    /// Carries out an action on the list or on what is shown of one; false for any other.
    mutating func performInGrants(_ action: Action) -> Bool {
        let rows = layout.listRows
        if action == .open {
            if grants.selected != nil { focus = .detail }
        } else if action == .revokeGrant {
            beginRevoking()
        } else if focus == .detail, action == .pageDown || action == .pageUp {
            let step = max(1, layout.detailText.rows - 1)
            let most = max(0, grantLines(layout).count - layout.detailText.rows)
            let wanted = grants.detailTop + (action == .pageDown ? step : -step)
            grants.detailTop = min(max(0, wanted), most)
        } else if action == .top {
            grants.select(0, height: rows)
        } else if action == .bottom {
            grants.select(.max, height: rows)
        } else if let step = Self.step(action, rows: rows) {
            grants.select(grants.index + step, height: rows)
        } else {
            return false
        }
        return true
    }

    /// Why the grant under the cursor cannot be taken back; nil when it can.
    package var revokeObstacle: String? {
        guard let grant = grants.selected else { return "There is no grant under the cursor." }
        guard grant.state == .active, grant.expiresAt.since(serverTime) > 0 else {
            return "It holds no more: a person is asked again already."
        }
        guard poller.isOnline else { return "You are offline: this needs the server." }
        guard let me else { return nil }
        let mayAlways = me.roles.contains(.lead) || me.roles.contains(.admin)
        let isOurs =
            me.roles.contains(.approver)
            && (me.groups.contains(grant.group)
                || grant.grantedBy.utf8.elementsEqual(me.name.utf8))
        return mayAlways || isOurs ? nil : "Its group, a lead or an admin may take it back."
    }

    private mutating func beginRevoking() {
        guard let grant = grants.selected else { return }
        overlays.append(
            .note(
                NoteDialog(
                    .revoke(grant.id), id: grant.fromApproval, revision: 0, tool: grant.tool)))
        arming.disarm(at: now)
        effects.append(.flushTypedAhead)
    }

    /// The server took one back.
    mutating func revoked(_ response: HTTPResponse) {
        guard case .success(let view) = Answers.read(GrantView.self, from: response) else {
            loadGrants()
            return
        }
        grants.took(view)
        say(
            .success,
            "Taken back: \(SafeWords.name(view.tool)) of \(SafeWords.name(view.agent.name)) asks "
                + "a person again.")
    }
}
