import Approvals
import JSONTree
import TextGrid
import WireAPI

/// Standing grants as plain lines.
enum GrantPage {
    /// One grant a row.
    static func table(_ views: [GrantView], at now: Timestamp) -> [SafeText] {
        var table = TextTable("TOOL", "AGENT", "LEFT", "USES", "STATE", "BY", "ID")
        for view in views {
            let left = view.state == .active ? Words.left(until: view.expiresAt, at: now) : "-"
            let most = view.usesLeft.map { " of \(view.uses + $0)" } ?? ""
            table.add(
                view.tool, view.agent.name, left, "\(view.uses)\(most)", state(view),
                view.grantedBy, view.id.rawValue)
        }
        return table.lines
    }

    /// Everything about one grant.
    static func lines(_ view: GrantView) -> [SafeText] {
        var lines = [
            row("Tool", view.tool),
            row("Agent", view.agent.name),
            row("State", state(view)),
            row("Until", Words.time(view.expiresAt)),
            row("Uses", uses(view)),
            row("Granted", "by \(view.grantedBy) at \(Words.time(view.grantedAt))"),
            row("With", view.fromApproval.rawValue),
            row("Answers", "\(view.rule), group \(view.group), up to \(view.risk.rawValue) risk"),
            row("ID", view.id.rawValue),
        ]
        if let session = view.sessionID { lines.insert(row("Session", session), at: 2) }
        if let at = view.revokedAt {
            let who = view.revokedBy.map { " by \($0)" } ?? ""
            lines.append(row("Ended", "\(Words.time(at))\(who)"))
        }
        if let reason = view.reason { lines.append(row("Because", reason)) }
        lines += [.empty, "Runs by itself when every argument is"]
        lines += view.bounds.isEmpty ? ["  (there are none)"] : view.bounds.map(line)
        return lines
    }

    /// What is about to be granted, in words.
    static func lines(of body: GrantBody, for view: ApproverView) -> [SafeText] {
        let span = Words.left(
            until: Timestamp(milliseconds: Int64(body.seconds) * 1_000),
            at: Timestamp(milliseconds: 0))
        let times = body.uses.map { $0 == 1 ? ", once" : ", at most \($0) times" } ?? ""
        let whose =
            body.scope == .session
            ? "this session of \(view.agent.name)" : "every call of \(view.agent.name)"
        var lines: [SafeText] = [
            .empty,
            SafeText(
                escaping: "And for the next \(span)\(times), without asking again: "
                    + "\(view.tool) from \(whose),"),
        ]
        for bound in body.bounds ?? [] {
            lines.append("  " + SafeText(escaping: bound.pointer) + " " + limit(bound))
        }
        let rest = body.bounds == nil ? "every argument" : "every other argument"
        lines.append(SafeText(escaping: "  \(rest) exactly as approved here, and no other ones."))
        return lines
    }

    /// Whether it holds, and why not.
    static func state(_ view: GrantView) -> String {
        switch (view.state, view.cause.flatMap(Grant.Ending.Cause.init(rawValue:))) {
        case (.active, _): "active"
        case (.expired, _): "expired"
        case (.usedUp, _): "used up"
        case (.revoked, .authorityLost): "ended: its giver may no longer decide such calls"
        case (.revoked, .policyStricter): "ended: a policy asks for more"
        case (.revoked, .revoked), (.revoked, nil): "revoked"
        }
    }

    private static func uses(_ view: GrantView) -> String {
        let last = view.lastUsedAt.map { ", last at \(Words.time($0))" } ?? ""
        return view.usesLeft.map { "\(view.uses) of \(view.uses + $0)\(last)" }
            ?? "\(view.uses), no limit but the time\(last)"
    }

    private static func line(_ bound: GrantBoundView) -> SafeText {
        guard !bound.pointer.isEmpty else { return "  everything else: as approved" }
        let place = SafeText.spaces(2) + SafeText(escaping: bound.pointer) + " "
        if let most = bound.max { return place + "at most " + ApprovalPage.inline(most) }
        if let value = bound.equals { return place + "= " + ApprovalPage.inline(value) }
        return place + "as approved (hidden here)"
    }

    private static func limit(_ bound: GrantBoundBody) -> SafeText {
        if let most = bound.max { return "at most " + ApprovalPage.inline(most) }
        return "= " + (bound.equals.map(ApprovalPage.inline) ?? "")
    }

    private static func row(_ name: String, _ text: String) -> SafeText {
        SafeText(escaping: name).padded(to: 9) + " " + SafeText(escaping: text)
    }
}
