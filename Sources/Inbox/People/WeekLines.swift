import Approvals
import TextGrid
import WireAPI
import ZoneTime

/// A week of a schedule: for each day who is on duty and what put them there, on its own wall.
struct WeekLines {
    let schedule: ScheduleView
    let week: InstantRange
    let shifts: [ShiftView]
    let overrides: [OverrideView]
    /// The wall of the schedule.
    let zone: Zone
    let now: Timestamp
    /// How wide a line may be.
    let columns: Int
    /// True when every line is read aloud.
    let isLinear: Bool
    /// True for whoever may change who is on duty.
    let mayPlan: Bool
    /// Who looks, when they decide: they may offer hours of theirs.
    let own: String?

    /// A part of a shift that lies in one day.
    private struct Piece {
        let shift: ShiftView
        let span: InstantRange
    }

    private static let labelColumns = 14
    private static let marksPerDay = 48
    private static let stripColumns = marksPerDay + 2
    /// Beside a strip there is room for the hours and two names.
    private var hasStrips: Bool { !isLinear && columns >= 130 }

    // MARK: what is read first

    var head: [PageLine] {
        let last = zone.local(at: week.end).date.adding(days: -1)
        let first = zone.local(at: week.start).date
        let title = "\(day(first)) – \(day(last)), times in \(zone.name)"
        let gaps = shifts.count { $0.isGap && piece(of: $0, in: week) != nil }
        let verdict: Line =
            gaps == 0
            ? Line("Somebody is on duty at every hour of this week\(known).", .success)
            : Line(
                "! Nobody is on duty in \(gaps) \(gaps == 1 ? "stretch" : "stretches").", .danger)
        return [PageLine(Line(title, .dim)), PageLine(verdict)]
    }

    /// Nothing is known of hours before the schedule was made.
    private var known: String {
        let isWhole = shifts.contains { $0.start <= week.start } && !shifts.isEmpty
        return isWhole ? "" : " that is known"
    }

    private func day(_ date: CivilDate) -> String { "\(date.weekday.shortName) \(date)" }

    // MARK: the days

    var days: [PageLine] {
        let rows = (0..<7).flatMap { dayLines(zone.local(at: week.start).date.adding(days: $0)) }
        return hasStrips ? [scale] + rows : rows
    }

    private func dayLines(_ date: CivilDate) -> [PageLine] {
        let start = zone.meaning(of: LocalTime(date)).first
        let end = zone.meaning(of: LocalTime(date.adding(days: 1))).first
        guard let span = InstantRange(start, end) else { return [] }
        let pieces = shifts.compactMap { piece(of: $0, in: span) }
        guard !pieces.isEmpty else {
            return [PageLine(label(date, span) + [Span("nothing is known", .dim)])]
        }
        return pieces.enumerated().map { place, piece in
            let line =
                isLinear
                ? sentence(piece, date, span)
                : row(piece, date, span, isFirst: place == 0, pieces)
            return PageLine(line, target(piece))
        }
    }

    /// What is over stays as it is.
    private func target(_ piece: Piece) -> PageTarget? {
        guard now < piece.span.end else { return nil }
        let isNow = piece.span.contains(now)
        let people = piece.shift.people
        let stretch = ChangedStretch(
            schedule: schedule.name, zoneName: zone.name,
            goes: people.count == 1 ? people[0] : "",
            from: isNow ? "now" : zone.typed(piece.span.start),
            until: zone.typed(piece.span.end), isNow: isNow)
        if mayPlan { return .stretch(stretch) }
        guard let own, people.contains(where: { $0.isSame(as: own) }) else { return nil }
        return .offerSwap(stretch)
    }

    /// The line that begins an override anywhere.
    var adding: [PageLine] {
        guard mayPlan else { return [] }
        let stretch = ChangedStretch(schedule: schedule.name, zoneName: zone.name)
        let words = Line("> Change who is on duty (or enter on a stretch)", .accent)
        return [PageLine(words, .stretch(stretch))]
    }

    private func piece(of shift: ShiftView, in span: InstantRange) -> Piece? {
        InstantRange(shift.start, shift.end)?.intersection(span).map {
            Piece(shift: shift, span: $0)
        }
    }

    private func row(
        _ piece: Piece, _ date: CivilDate, _ span: InstantRange, isFirst: Bool, _ all: [Piece]
    ) -> Line {
        var line = isFirst ? label(date, span) : Line([.spaces(Self.labelColumns)])
        if hasStrips {
            line = line + (isFirst ? strip(date, all) : Line([.spaces(Self.stripColumns)]))
        }
        let isNow = piece.span.contains(now)
        return line + [
            Span(hours(piece.span, of: span, "–"), .text),
            Span(isNow ? "  now  " : "       ", .success),
        ] + who(piece.shift)
    }

    private func label(_ date: CivilDate, _ span: InstantRange) -> Line {
        let name = "\(date.weekday.shortName) \(date.day)"
        let isToday = span.contains(now)
        let words = isToday ? "\(name) today" : name
        let gap = Span.spaces(max(1, Self.labelColumns - words.utf8.count))
        return [Span(words, isToday ? .accent : .heading), gap]
    }

    /// As in `09:00–24:00`.
    private func hours(_ piece: InstantRange, of day: InstantRange, _ to: String) -> String {
        let end = piece.end == day.end ? "24:00" : zone.local(at: piece.end).clockText
        return zone.local(at: piece.start).clockText + to + end
    }

    private func who(_ shift: ShiftView) -> Line {
        let people: Span =
            shift.isGap
            ? Span("nobody", .danger) : Span(ShiftWords.people(shift.people), .text)
        guard !shift.layer.isSame(as: "rotation") else { return [people] }
        return [people, Span("  \(SafeWords.name(shift.layer))", .changed)]
    }

    /// One stretch for somebody to whom it is read.
    private func sentence(_ piece: Piece, _ date: CivilDate, _ span: InstantRange) -> Line {
        let today = span.contains(now) ? ", today" : ""
        let isNow = piece.span.contains(now) ? ", now" : ""
        let when = "\(day(date))\(today), \(hours(piece.span, of: span, " to "))\(isNow): "
        let by =
            piece.shift.layer.isSame(as: "rotation")
            ? "" : ", by \(SafeWords.name(piece.shift.layer))"
        let people: Span =
            piece.shift.isGap
            ? Span("nobody", .danger) : Span(ShiftWords.people(piece.shift.people), .text)
        return [Span(when, .text), people, Span("\(by).", .text)]
    }

    // MARK: the strips of a wide screen

    /// The hours above the strips, and what the marks mean.
    private var scale: PageLine {
        var line: Line = [.spaces(Self.labelColumns)]
        for hour in ["0", "6", "12", "18"] {
            line = line + [Span(hour, .dim), .spaces(Self.marksPerDay / 4 - hour.utf8.count)]
        }
        return PageLine(
            line + [
                .spaces(2), Span(".", .success), Span(" planned   ", .dim), Span("o", .changed),
                Span(" override   ", .dim), Span("s", .changed), Span(" swap   ", .dim),
                Span("!", .danger), Span(" nobody", .dim),
            ])
    }

    private func strip(_ date: CivilDate, _ pieces: [Piece]) -> Line {
        let step = LocalTime.daySeconds / Self.marksPerDay
        let marks = (0..<Self.marksPerDay).map { place -> Span in
            let wall = LocalTime(date, secondOfDay: place * step)
            let start = zone.meaning(of: wall).first
            let end = zone.meaning(of: wall.adding(seconds: step)).first
            return mark(pieces.filter { $0.span.start < end && start < $0.span.end })
        }
        return Line(marks) + [.spaces(2)]
    }

    private func mark(_ pieces: [Piece]) -> Span {
        if pieces.isEmpty { return .spaces(1) }
        if pieces.contains(where: \.shift.isGap) { return Span("!", .danger) }
        if pieces.contains(where: { $0.shift.layer.isSame(as: "override") }) {
            return Span("o", .changed)
        }
        return pieces.contains { $0.shift.layer.isSame(as: "swap") }
            ? Span("s", .changed) : Span(".", .success)
    }

    // MARK: what is not as planned

    /// The overrides that reach into this week, whole.
    var changes: [PageLine] {
        let list = overrides.filter {
            InstantRange($0.start, $0.end)?.overlaps(week) ?? false
        }
        guard !list.isEmpty else { return [] }
        return [PageLine(Line()), PageLine(Line("Not as planned", .heading))]
            + list.sorted { ($0.start, $0.id) < ($1.start, $1.id) }.map {
                PageLine(words($0), mayPlan && now < $0.end ? .removeOverride($0) : nil)
            }
    }

    /// Who goes, who comes, when and why.
    private func words(_ view: OverrideView) -> Line {
        [
            Span("  \(zone.hours(view.start, view.end))  ", .text),
            Span(view.change, .changed),
            Span(": \(SafeWords.name(view.reason, columnsMax: 80))", .text),
            Span(" (\(SafeWords.name(view.createdBy, columnsMax: 40)))", .dim),
        ]
    }
}

extension OverrideView {
    /// `bea@acme.test for ann@acme.test`.
    var change: String {
        let goes = remove.map { SafeWords.name($0, columnsMax: 40) }
        let comes = add.map { SafeWords.name($0, columnsMax: 40) }
        switch (comes, goes) {
        case (let comes?, let goes?): return "\(comes) for \(goes)"
        case (let comes?, nil): return "\(comes) comes too"
        case (nil, let goes?): return "\(goes) goes, nobody comes"
        case (nil, nil): return "nothing changes"
        }
    }
}
