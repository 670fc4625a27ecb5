import Approvals
import Inbox
import TextGrid
import WireAPI

/// The bar on top: whose queue it is, who looks at it, how fresh it is, how much waits.
struct HeaderView {
    let inbox: Inbox

    func draw(in area: GridArea, of grid: inout Grid) {
        grid.fill(area, .bar)
        let right = counts.fitted(to: area.columns)
        var left = Line()
        for part in parts {
            let wider = left + part
            guard wider.columns + right.columns + 3 <= area.columns else { break }
            left = wider
        }
        grid.put(left, at: area.position(column: 1), columnsMax: area.columns - 1)
        let place = area.position(column: max(0, area.columns - right.columns - 1))
        grid.put(right, at: place, columnsMax: area.columnEnd - place.column)
    }

    /// What stands on the left, as far as there is room: the connection first, the name last.
    private var parts: [Line] {
        var parts = [connection]
        guard let me = inbox.me else { return parts }
        parts.append([Span("  ", .bar), Span(me.name, .bar)])
        var tenant: Line = [Span("  ", .bar), Span(me.tenant.rawValue, .bar)]
        if let group = me.groups.first {
            let more = me.groups.count > 1 ? " +\(me.groups.count - 1)" : ""
            tenant = tenant + [Span(" ", .bar), Span(.pointer, .bar)]
            tenant = tenant + [Span(" \(group.rawValue)\(more)", .bar)]
        }
        parts.append(tenant)
        parts.append(shift(me))
        if !inbox.settings.server.isEmpty {
            parts.append([Span("  ", .bar), Span(inbox.settings.server, .bar)])
        }
        return parts
    }

    private var connection: Line {
        switch inbox.poller.connection {
        case .connecting:
            [Span(.ring, .bar), Span(" connecting" + age(", as of "), .bar)]
        case .online: [Span(.dot, .success), Span(" online", .bar)]
        case .offline: [Span(.ring, .danger), Span(" OFFLINE" + age(", as of "), .bar)]
        case .refused: [Span(.cross, .danger), Span(" NOT ACCEPTED" + age(", as of "), .bar)]
        }
    }

    /// How old what is shown is.
    private func age(_ prefix: String) -> String {
        guard let answeredAt = inbox.poller.answeredAt else { return "" }
        return prefix + Age.text(inbox.now.since(answeredAt)) + " ago"
    }

    private func shift(_ me: MeAnswer) -> Line {
        guard let until = me.shiftUntil else {
            return me.isOnShift ? Line() : [Span("  ", .bar), Span("off shift", .bar)]
        }
        let left = Countdown.text(until.since(inbox.serverTime))
        return [
            Span("  ", .bar),
            Span(me.isOnShift ? "on shift, \(left) left" : "off shift", .bar),
        ]
    }

    private var counts: Line {
        var line: Line = [Span("\(inbox.pendingCount) pending", .bar)]
        let high = inbox.pendingHighCount
        if high > 0 {
            line =
                line + [Span(" ", .bar), Span(.middot, .bar), Span(" \(high) high risk", .danger)]
        }
        let unsent = inbox.outbox.waiting
        if unsent > 0 {
            line = line + [Span(" ", .bar), Span(.middot, .bar)]
            line = line + [Span(" \(unsent) not confirmed", .warning)]
        }
        return line
    }
}
