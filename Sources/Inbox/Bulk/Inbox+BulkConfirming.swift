package import Approvals
import Cryptography
import JSONTree
import Keymap
import WireAPI

extension Inbox {
    /// Sends what the title of the table counts, if it is what was on the screen.
    mutating func confirmBulk(_ stroke: KeyStroke?) {
        guard var table = bulk, table.phase == .review else { return }
        table.problem = nil
        if table.verdict == .reject, table.reason.isMissing {
            table.problem = "Say why: the reason goes to every agent."
            table.focus = .reason
            bulk = table
            return
        }
        let going = table.going
        if let missing = missing(going, in: table) {
            table.problem = missing
            table.focus = .list
            bulk = table
            return
        }
        // A code counts once, so that all which needs it goes in one request, the first.
        let coded = bulkNeedsCode ? Set(table.coded.map(\.id)) : []
        if !coded.isEmpty, StepUpCode(table.code.text) == nil {
            table.problem = "Type the six digits that your authenticator shows."
            table.focus = .code
            bulk = table
            return
        }
        let batches = batches(of: going, codedFirst: coded, in: table)
        let fitting = batches.first?.count { coded.contains($0.id) } ?? 0
        guard fitting == coded.count else {
            table.problem =
                "One code is good for \(fitting) of \(coded.count) at once: "
                + "\(key(for: .mark)) leaves some out."
            table.focus = .list
            bulk = table
            return
        }
        for id in coded { outbox.codes[id] = StepUpBody(code: table.code.text) }
        table.code = BulkTable.emptyCode
        table.phase = .decided
        table.focus = .list
        table.isOnVerb = false
        table.isAtStart = true
        for index in table.items.indices { table.items[index].isOpen = false }
        for item in going {
            if let index = table.index(of: item.id) { table.items[index].outcome = .held }
        }
        bulk = table
        arming.mute(stroke, at: now)
        effects.append(.flushTypedAhead)
        dispatch(batches)
    }

    /// What goes in one request each; what a code is for stands in the first.
    private mutating func batches(
        of going: [BulkItem], codedFirst coded: Set<ApprovalID>, in table: BulkTable
    ) -> [[Draft]] {
        let ordered =
            going.filter { coded.contains($0.id) } + going.filter { !coded.contains($0.id) }
        let drafts = ordered.compactMap { draft(of: $0, in: table) }
        let sizes = Dictionary(
            uniqueKeysWithValues: going.map { item in
                (item.id, item.known?.view.arguments.text(.compact).utf8.count ?? 0)
            })
        return Holding.batches(of: drafts) { sizes[$0] ?? 0 }
    }

    /// Why the button does nothing yet.
    private func missing(_ going: [BulkItem], in table: BulkTable) -> String? {
        if going.isEmpty {
            return table.coming > 0
                ? "Nothing can be decided yet: \(table.coming) are being fetched."
                : "Nothing can be decided here: see the reasons."
        }
        guard going.map(\.id) == table.drawn else {
            return "The list changed this moment: look at it again."
        }
        let unseen = unseenInBulk
        guard unseen == 0 else {
            return "\(unseen) of \(going.count) were not on the screen yet: "
                + "\(key(for: .pageDown)) shows them."
        }
        return nil
    }

    private mutating func draft(of item: BulkItem, in table: BulkTable) -> Draft? {
        guard let known = item.known, let digest = known.digest else { return nil }
        let isApproval = table.verdict == .approve
        let edits = isApproval ? editors[item.id]?.patch ?? JSONPatch() : JSONPatch()
        let wasShown = wasSeen(item, known) || item.revisionInOneLine == known.view.revision
        return Draft(
            id: item.id, revision: known.view.revision, displayedDigest: digest,
            deadline: known.view.requirement.deadline, stage: .unsent, verdict: table.verdict,
            edits: edits, comment: isApproval ? nil : table.reason.text.text,
            isFullyShown: wasShown, madeAt: serverTime, key: freshKey())
    }

    /// What the title of the table says.
    package var bulkTitle: String {
        guard let table = bulk else { return "" }
        let isApproval = table.verdict == .approve
        guard table.phase == .decided else {
            return "\(isApproval ? "Approve" : "Reject") \(table.going.count) of "
                + "\(table.items.count)"
        }
        let parts = table.outcomes.parts
        let verb = isApproval ? "Approve" : "Reject"
        return "\(verb): " + parts.joined(separator: ", ")
    }

    /// What stands above the buttons: what is missing, or what the button does.
    package var bulkAdvice: (text: String, isWarning: Bool) {
        guard let table = bulk else { return ("", false) }
        if table.phase == .decided {
            let isDone = !table.isWaiting
            return (isDone ? "" : "Nothing is said to be decided before the server says so.", false)
        }
        if let problem = table.problem { return (problem, true) }
        if table.coming > 0 {
            let one = table.coming == 1
            return ("\(table.coming) \(one ? "is" : "are") still being fetched.", true)
        }
        let unseen = unseenInBulk
        if unseen > 0 {
            return (
                "\(unseen) of \(table.going.count) were not on the screen yet: "
                    + "\(key(for: .pageDown)) shows them.", true
            )
        }
        return (consequence(of: table.verdict, isOne: table.going.count == 1), false)
    }

    /// What cannot be mended afterwards, or how long it can.
    package func consequence(of verdict: Verdict, isOne: Bool) -> String {
        let it = isOne ? "It" : "They"
        if !poller.isOnline {
            return isOne
                ? "You are offline: this becomes a draft, nothing is sent."
                : "You are offline: these become drafts, nothing is sent."
        }
        if settings.undoSeconds > 0 {
            return
                "\(isOne ? "It is" : "They are") sent after \(settings.undoSeconds) s; until then "
                + "\(key(for: .takeBack)) takes \(isOne ? "it" : "them") back."
        }
        return verdict == .approve
            ? "\(it) may run at once. This cannot be undone."
            : "One rejection ends each. This cannot be undone."
    }
}
