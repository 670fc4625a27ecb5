import Approvals
import TextGrid
import WireAPI
import ZoneTime

/// Who can decide in the days to come: for each rule a strip of days, then what is missing.
struct CoverageLines {
    /// A mark of a strip stands for so many hours.
    private static let hoursPerMark = 6
    private static let marksPerDay = 24 / hoursPerMark
    /// No more stretches of a rule are told one by one.
    private static let gapsMax = 12

    let coverage: CoverageView
    let zone: Zone
    let now: Timestamp
    /// How wide a line may be.
    let columns: Int

    var lines: [PageLine] {
        guard !coverage.rows.isEmpty else {
            return [PageLine(Line("No group decides about anything yet.", .dim))]
        }
        // What is missing is read first; otherwise the order is the server's.
        let sorted = coverage.rows.filter(\.hasGap) + coverage.rows.filter { !$0.hasGap }
        return head + sorted.flatMap { [PageLine(Line())] + rowLines($0) }
    }

    private var head: [PageLine] {
        let span = zone.text(from: coverage.from, to: coverage.to)
        let gaps = coverage.gaps
        let verdict: Line =
            gaps == 0
            ? Line("Somebody can decide at every hour.", .success)
            : Line(
                "Too few people in \(gaps) \(gaps == 1 ? "stretch" : "stretches").", .danger)
        guard hasStrips else { return [PageLine(Line(span, .dim)), PageLine(verdict)] }
        let legend: Line = [
            Span(". ", .success), Span("somebody can decide   ", .dim), Span("! ", .danger),
            Span("too few people   a mark is \(Self.hoursPerMark) hours", .dim),
        ]
        return [PageLine(Line(span, .dim)), PageLine(verdict), PageLine(legend)]
    }

    private func rowLines(_ row: CoverageRowView) -> [PageLine] {
        var title: Line = [
            Span(SafeWords.name(row.rule, columnsMax: 60), .heading), Span("  asks ", .dim),
            Span(SafeWords.name(row.group.rawValue, columnsMax: 40), .text),
        ]
        if let schedule = row.schedule {
            title =
                title + [
                    Span(" by the schedule ", .dim),
                    Span(SafeWords.name(schedule.rawValue, columnsMax: 40), .text),
                ]
        }
        return [PageLine(title), PageLine(standing(row))] + strip(row) + gaps(row)
    }

    /// Who can decide at this moment, and how long that holds.
    private func standing(_ row: CoverageRowView) -> Line {
        let span = row.spans.first { $0.start <= now && now < $0.end } ?? row.spans.first
        guard let span else { return Line("  Nothing is known of now.", .dim) }
        let until: Span = .init(", until \(zone.text(span.end))", .dim)
        guard !span.who.isEmpty else { return [Span("  now  nobody", .danger), until] }
        let names = span.who.prefix(4).map { SafeWords.name($0, columnsMax: 40) }
        let more = span.who.count > 4 ? " and \(span.who.count - 4) more" : ""
        return [
            Span("  now  ", .dim),
            Span(names.joined(separator: ", ") + more, span.isGap ? .warning : .text), until,
        ]
    }

    // MARK: the strip

    private var hasStrips: Bool { columns >= 2 + days.count * (Self.marksPerDay + 1) }

    /// The first instants of the days on this wall, today's first.
    private var days: [Timestamp] {
        var days: [Timestamp] = []
        var midnight = LocalTime(zone.local(at: coverage.from).date)
        while days.count < 31 {
            let start = zone.meaning(of: midnight).first
            guard start < coverage.to else { break }
            days.append(start)
            midnight = midnight.adding(seconds: LocalTime.daySeconds)
        }
        return days
    }

    private func strip(_ row: CoverageRowView) -> [PageLine] {
        guard hasStrips else { return [] }
        var names: Line = Line("  ")
        var marks: Line = Line("  ")
        for day in days {
            let date = zone.local(at: day).date
            let name = "\(date.weekday.shortName.prefix(2))\(date.day)"
            let gap = Span.spaces(max(1, Self.marksPerDay + 1 - name.utf8.count))
            names = names + [Span(name, .dim), gap]
            marks = marks + dayMarks(day, row) + [.spaces(1)]
        }
        return [PageLine(names), PageLine(marks)]
    }

    private func dayMarks(_ day: Timestamp, _ row: CoverageRowView) -> Line {
        let wall = zone.local(at: day)
        var line = Line()
        for part in 0..<Self.marksPerDay {
            let hours = Self.hoursPerMark * 3_600
            let start = zone.meaning(of: wall.adding(seconds: part * hours)).first
            let end = zone.meaning(of: wall.adding(seconds: (part + 1) * hours)).first
            line = line + [mark(from: start, to: end, row)]
        }
        return line
    }

    private func mark(
        from start: Timestamp, to end: Timestamp, _ row: CoverageRowView
    ) -> Span {
        let spans = row.spans.filter { $0.start < end && start < $0.end }
        if spans.isEmpty { return .spaces(1) }
        return spans.contains(where: \.isGap) ? Span("!", .danger) : Span(".", .success)
    }

    // MARK: what is missing

    private func gaps(_ row: CoverageRowView) -> [PageLine] {
        let gaps = row.spans.filter(\.isGap)
        var lines: [PageLine] = []
        for gap in gaps.prefix(Self.gapsMax) {
            // The server's sentence begins with the stretch, on the wall of its schedule.
            let words = gap.sentence ?? zone.text(from: gap.start, to: gap.end)
            lines.append(PageLine(Line("  ! \(words)", .danger)))
            if let closes = gap.closes { lines.append(PageLine(Line("    \(closes)", .accent))) }
        }
        if gaps.count > Self.gapsMax {
            let rest = gaps.count - Self.gapsMax
            lines.append(
                PageLine(
                    Line("  and \(rest) more: `countersign coverage` lists them all.", .warning)))
        }
        return lines
    }
}

extension CoverageRowView {
    fileprivate var hasGap: Bool { spans.contains(where: \.isGap) }
}
