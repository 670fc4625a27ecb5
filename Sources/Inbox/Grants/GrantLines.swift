package import Approvals
import JSONTree
package import TextGrid
package import WireAPI

/// Everything about one grant, as lines of a width.
struct GrantLines {
    let view: GrantView
    let serverTime: Timestamp
    let columns: Int

    var lines: [Line] {
        var lines: [Line] = [
            [
                Span(SafeWords.name(view.tool, columnsMax: 40), .heading), Span("  of ", .dim),
                Span(SafeWords.name(view.agent.name), .accent),
            ],
            GrantWords.state(view, at: serverTime),
        ]
        lines += wrapped("Released", uses)
        if let session = view.sessionID { lines += wrapped("Session", SafeWords.name(session)) }
        let age = Age.text(serverTime.since(view.grantedAt))
        lines += wrapped("Granted", "by \(SafeWords.name(view.grantedBy)), \(age) ago")
        lines += wrapped(
            "Answers", "\(SafeWords.name(view.rule)), up to \(view.risk.rawValue) risk")
        lines += wrapped("Group", view.group.rawValue)
        if let by = view.revokedBy { lines += wrapped("Ended by", SafeWords.name(by)) }
        if let reason = view.reason { lines += wrapped("Because", reason) }
        lines.append(Line())
        lines.append(Line("Runs by itself when every argument is", .heading))
        if view.bounds.isEmpty { lines.append(Line("  missing: there are none", .text)) }
        lines += view.bounds.map(bound)
        lines += Line("Anything else asks a person, and so does a stricter policy.", .dim)
            .wrapped(to: columns)
        return lines
    }

    private var uses: String {
        let last =
            view.lastUsedAt.map { ", the last \(Age.text(serverTime.since($0))) ago" } ?? ""
        let calls = view.uses == 1 ? "1 call" : "\(view.uses) calls"
        let most = view.usesLeft.map { " of \(view.uses + $0)" } ?? ""
        return view.uses == 0 && view.usesLeft == nil ? "nothing yet" : calls + most + last
    }

    private func wrapped(_ name: String, _ text: String) -> [Line] {
        let label = name + String(repeating: " ", count: max(1, 10 - name.utf8.count))
        return (Line(label, .dim) + Line(text, .text)).wrapped(to: columns)
    }

    private func bound(_ bound: GrantBoundView) -> Line {
        guard !bound.pointer.isEmpty else { return Line("  everything else: as approved", .text) }
        let place: Line = [Span("  "), Span(bound.pointer, .jsonName)]
        let limit: Line
        if let most = bound.max {
            limit = Line("  at most ", .warning) + ValueText.brief(most)
        } else if let value = bound.equals {
            limit = Line("  ") + ValueText.brief(value)
        } else {
            limit = Line("  as approved, hidden here", .redacted)
        }
        return (place + limit).fitted(to: columns)
    }
}

/// Sentences about grants.
package enum GrantWords {
    /// Whether it holds, until when, and why not.
    package static func state(_ view: GrantView, at serverTime: Timestamp) -> Line {
        let left = view.expiresAt.since(serverTime)
        switch view.state {
        case .active where left > 0:
            return [
                Span("Runs without asking", .warning),
                Span("  \(Countdown.text(left)) left", .text),
            ]
        case .active, .expired: return Line("Over: its time has passed", .dim)
        case .usedUp: return Line("Over: it was used up", .dim)
        case .revoked: return Line(ending(view), .dim)
        }
    }

    private static func ending(_ view: GrantView) -> String {
        switch view.cause.flatMap(Grant.Ending.Cause.init(rawValue:)) {
        case .authorityLost: "Over: its giver may no longer decide such calls"
        case .policyStricter: "Over: a policy asks for more now"
        case .revoked, nil: "Over: it was taken back"
        }
    }

    /// One or two words for the first column.
    package static func column(_ view: GrantView, at serverTime: Timestamp) -> String {
        let left = view.expiresAt.since(serverTime)
        switch view.state {
        case .active: return left > 0 ? Countdown.text(left) : "expired"
        case .expired: return "expired"
        case .usedUp: return "used up"
        case .revoked: return "ended"
        }
    }

    /// What may differ from the approved call, in one line.
    package static func bounds(_ view: GrantView) -> Line {
        let open = view.bounds.filter { $0.max != nil }
        guard !open.isEmpty else { return Line("as approved", .text) }
        var line = Line()
        for (place, bound) in open.enumerated() {
            if place > 0 { line = line + Line(", ", .dim) }
            line = line + [Span(bound.pointer, .jsonName), Span(" at most ", .dim)]
            line = line + ValueText.brief(bound.max ?? .null)
        }
        return line
    }
}

extension Inbox {
    /// Everything about the grant under the cursor.
    package func grantLines(_ layout: InboxLayout) -> [Line] {
        guard let view = grants.selected else { return [] }
        return GrantLines(
            view: view, serverTime: serverTime, columns: max(1, layout.detailText.columns)
        ).lines
    }
}
