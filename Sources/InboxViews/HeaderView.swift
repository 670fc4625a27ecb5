import Approvals
import Inbox
import TextGrid
import WireAPI

/// The bar on top: whose queue it is, who looks at it, how fresh it is, how much waits.
struct HeaderView {
    let inbox: Inbox

    func draw(in area: GridArea, of grid: inout Grid) {
        grid.fill(area, .bar)
        let room = area.columns - 3
        // How the connection is matters most; of the counts, what is not sent.
        let right =
            counts.first { connection.columns + shortestHalt.columns + $0.columns <= room }
            ?? Line().fitted(to: room)
        var left = Line()
        let halt = halts.first { connection.columns + $0.columns + right.columns <= room }
        let parts = parts(halt ?? Line())
        for part in parts {
            let wider = left + part
            guard wider.columns + right.columns <= room else { break }
            left = wider
        }
        if left.spans.isEmpty { left = connection.fitted(to: room) }
        grid.put(left, at: area.position(column: 1), columnsMax: area.columns - 1)
        let place = area.position(column: max(0, area.columns - right.columns - 1))
        grid.put(right, at: place, columnsMax: area.columnEnd - place.column)
    }

    /// What stands on the left, as far as there is room: the connection first, the name last.
    private func parts(_ halt: Line) -> [Line] {
        var parts = [connection, halt]
        parts += inbox.pace.warnings.map { Line("  \($0)", .warning) }
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
        if let handed = me.duty?.handedOver, handed > 0 {
            parts.append(Line(", \(handed) handed over", .bar))
        }
        if !inbox.settings.server.isEmpty {
            parts.append([Span("  ", .bar), Span(inbox.settings.server, .bar)])
        }
        return parts
    }

    /// Who stopped every release and why, from the longest way to say it to the shortest.
    private var halts: [Line] {
        guard let halt = inbox.me?.halt else { return glass }
        let who = SafeWords.name(halt.by, columnsMax: 40)
        let reason = SafeWords.name(halt.reason, columnsMax: 60)
        return ["HALTED by \(who): \(reason)", "HALTED by \(who)", "HALTED"].map {
            [Span("  ", .bar), Span($0, .danger)]
        }
    }

    /// What a lead has to review, from the longest way to say it to the shortest.
    private var glass: [Line] {
        guard let debt = inbox.me?.breakGlass else { return [] }
        let who = SafeWords.name(debt.newest.by, columnsMax: 40)
        let late = debt.overdue > 0 ? ", \(debt.overdue) OVERDUE" : ""
        return [
            "BREAK-GLASS by \(who): \(debt.open) to review\(late)",
            "BREAK-GLASS: \(debt.open)\(late)", "BREAK-GLASS",
        ].map { [Span("  ", .bar), Span($0, .danger)] }
    }

    private var shortestHalt: Line { halts.last ?? Line() }

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
        if let duty = me.duty { return shift(duty) }
        guard let until = me.shiftUntil else {
            return me.isOnShift ? Line() : [Span("  ", .bar), Span("off shift", .bar)]
        }
        let left = Countdown.text(until.since(inbox.serverTime))
        return [
            Span("  ", .bar),
            Span(me.isOnShift ? "on shift, \(left) left" : "off shift", .bar),
        ]
    }

    private func shift(_ duty: DutyView) -> Line {
        let edge = duty.isOn ? duty.until : duty.next
        // More than a day ahead, the day matters and the countdown does not.
        let left = edge.map { max(0, $0.since(inbox.serverTime)) }
        let when = left.map { $0 < 86_400_000 ? Countdown.text($0) : "\($0 / 86_400_000) d" }
        guard duty.isOn else {
            let next = when.map { ", next in \($0)" } ?? ""
            return Line("  off shift\(next)", .bar)
        }
        let rest = when.map { ", \($0) left" } ?? ""
        return Line("  on shift\(rest)", .bar)
    }

    /// What waits, from the longest way to say it to the shortest.
    private var counts: [Line] {
        let pending = Line("\(inbox.pendingCount) pending", .bar)
        let high = inbox.pendingHighCount
        let unsent = inbox.outbox.waiting
        let dot: Line = [Span(" ", .bar), Span(.middot, .bar), Span(" ", .bar)]
        let risky = high > 0 ? dot + Line("\(high) high risk", .danger) : Line()
        let mine = unsent > 0 ? dot + Line("\(unsent) not confirmed", .warning) : Line()
        let urgency = inbox.triage.urgency
        let urgent =
            urgency.urgent > 0 ? dot + Line("\(urgency.urgent) urgent", .danger) : Line()
        let expired =
            urgency.expired > 0 ? dot + Line("\(urgency.expired) expired here", .warning) : Line()
        let wide = inbox.size.columns >= Self.wideFrom
        return (wide ? [pending + urgent + risky + expired + mine + arrivals] : [])
            + [pending + urgent + risky + mine, pending + urgent + mine, pending + mine]
            + [unsent > 0 ? mine : pending, Line()]
    }

    /// From here on there is room for what is only good to know.
    private static let wideFrom = 110

    /// What came in the last hour, twelve bars of five minutes; a slow line does without.
    private var arrivals: Line {
        let bars = inbox.sparesBytes || inbox.settings.isLinear ? [] : inbox.triage.arrivals.bars
        guard !bars.isEmpty else { return Line() }
        let drawn = bars.map { Span($0 > 0 ? Glyph.bar($0) : .bar1, .bar) }
        return Line([Span("  ", .bar)] + drawn + [Span(" last hour", .bar)])
    }
}
