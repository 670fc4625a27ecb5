import Approvals
import TextGrid
import WireAPI
import ZoneTime

// Who decides for whom: the list, and one of them whole.
extension Inbox {
    /// True for whoever may lend their own authority.
    private var mayLend: Bool {
        me?.roles.contains { Route.lend.roles.contains($0) && $0 != .admin } ?? false
    }

    private var isLead: Bool { me?.roles.contains(.lead) ?? false }

    func delegationLines(_ list: [DelegationView]) -> [PageLine] {
        var lines: [PageLine] = []
        if mayLend {
            lines.append(
                PageLine(
                    Line("> Lend my authority to somebody", .accent), .lend(isForOthers: false)))
        }
        if isLead {
            lines.append(
                PageLine(
                    Line("> Lend somebody's authority for them", .accent),
                    .lend(isForOthers: true)))
        }
        let open = list.filter(\.isOpen)
        let name = me?.name ?? ""
        let held = open.filter { $0.delegate.isSame(as: name) }
        let given = open.filter { $0.grantor.isSame(as: name) }
        let others = open.filter {
            !$0.delegate.isSame(as: name) && !$0.grantor.isSame(as: name)
        }
        lines += section("You decide for", held, "Nobody lent you anything.")
        lines += section("Who decides for you", given, "You lent nothing.")
        if isLead || !others.isEmpty {
            lines += section("Others in the tenant", others, "Nobody else lent anything.")
        }
        let ended = list.filter { !$0.isOpen }
        if !ended.isEmpty { lines += section("Over, of the last 90 days", ended, "") }
        return lines
    }

    private func section(
        _ title: String, _ list: [DelegationView], _ none: String
    ) -> [PageLine] {
        let head = [PageLine(Line()), PageLine(Line(title, .heading))]
        guard !list.isEmpty else { return head + [PageLine(Line("  \(none)", .dim))] }
        return head
            + list.sorted { ($0.end, $0.id) < ($1.end, $1.id) }.map {
                PageLine(Line("  ") + sentence($0), .page(.delegation($0.id)))
            }
    }

    /// The terms in one sentence: who, what, up to which risk, for whom, and when.
    func sentence(_ view: DelegationView) -> Line {
        let words: TextGrid.Role = view.isOpen ? .text : .dim
        let state: Span =
            switch view.state {
            case "active": Span("now  ", .success)
            case "coming": Span("coming  ", .warning)
            case "revoked": Span("revoked  ", .dim)
            case let other: Span("\(other)  ", .dim)
            }
        return [
            state, Span(SafeWords.name(view.delegate, columnsMax: 40), words),
            Span(" may decide ", .dim), Span(Self.scopeWords(view.scope), words),
            Span(" up to ", .dim), Span(view.ceiling.rawValue, view.ceiling.role),
            Span(" for ", .dim), Span(SafeWords.name(view.grantor, columnsMax: 40), words),
            Span(", ", .dim), Span(settings.zone.text(from: view.start, to: view.end), words),
        ]
    }

    /// `issue_refund or send_email of group finance`.
    static func scopeWords(_ scope: [String]) -> String {
        func names(_ prefix: String) -> [String] {
            scope.filter { $0.hasPrefix(prefix) }.map {
                SafeWords.name(String($0.dropFirst(prefix.count)), columnsMax: 60)
            }
        }
        let tools = names("tool:").joined(separator: " or ")
        let groups = names("group:").joined(separator: " or ")
        if tools.isEmpty, groups.isEmpty { return "every call" }
        if groups.isEmpty { return tools }
        return tools.isEmpty ? "calls of \(groups)" : "\(tools) of \(groups)"
    }

    /// One delegation whole, and what can be done with it.
    func delegationLines(_ id: String) -> [PageLine] {
        guard let view = pages.delegation(id) else {
            return [PageLine(Line("This delegation is not there any more.", .warning))]
        }
        var lines = [PageLine(sentence(view)), PageLine(Line())]
        func fact(_ name: String, _ text: String) {
            let gap = Span.spaces(max(1, 12 - name.utf8.count))
            lines.append(PageLine([Span(name, .dim), gap, Span(text, .text)]))
        }
        fact("Why", view.reason)
        fact("Made by", "\(view.createdBy), \(settings.zone.text(view.createdAt))")
        fact(
            "Reaches",
            view.newOnly
                ? "only calls asked for after it began"
                : "calls that wait already, too; never the runs of either of them")
        fact(
            "Asked",
            view.mode.isSame(as: "replace")
                ? "\(view.delegate) instead of \(view.grantor)" : "both of them")
        if let by = view.revokedBy {
            let when = view.revokedAt.map { ", \(settings.zone.text($0))" } ?? ""
            fact("Taken back", "by \(by)\(when)")
        }
        fact("Id", view.id)
        fact("Digest", "\(view.digest)")
        guard view.isOpen else { return lines }
        lines.append(PageLine(Line()))
        let isMine = me.map {
            $0.name.isSame(as: view.grantor) || $0.name.isSame(as: view.delegate)
        }
        guard isLead || isMine ?? false else {
            return lines
                + [PageLine(Line("Either of them, or a lead, may take it back.", .dim))]
        }
        return lines + [PageLine(Line("> Take it back", .accent), .endDelegation(view))]
    }
}

extension DelegationView {
    /// True while decisions can rely on it, or will be able to.
    var isOpen: Bool { state.isSame(as: "active") || state.isSame(as: "coming") }
}
