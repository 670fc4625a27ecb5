import Approvals
import ArgumentParser
import TextGrid
import WireAPI

/// `countersign coverage`.
struct CoverageCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "coverage",
        abstract: "Say who can decide in the days to come, and when nobody.",
        discussion: """
            Every rule of the policies in force is looked at, and every group that is asked \
            without one, with each schedule of the group. A gap is a time in which too few people \
            who may decide are expected to and may be disturbed; it is said why, and what would \
            close it.

              countersign coverage
              countersign coverage --days 30 --rule finance
              countersign coverage --json | jq .gaps

            \(ExitStatus.ordinary)
            """)

    @OptionGroup var common: CommonOptions

    @Option(name: .long, help: "How many days from now on, at most 62.")
    var days = 14

    @Option(name: .long, help: "Only rules, groups and schedules that contain this, hour by hour.")
    var rule: String?

    @Option(name: .long, help: "The time zone to show times in; else this machine's.")
    var zone: String?

    func validate() throws {
        guard (1...62).contains(days) else { throw ValidationError("Say --days 1 to 62.") }
    }

    func run() throws {
        let wall = try WallClock(zone: zone)
        var view: CoverageView = try Session.current().client().get(
            .coverage, query: [("days", "\(days)")])
        if let rule {
            view.rows = view.rows.filter { CoverageWords.names($0, rule) }
            view.gaps = view.rows.reduce(0) { $0 + $1.spans.count { $0.isGap } }
        }
        if common.json { return Output.json(view.wire) }
        Output.lines([SafeText(escaping: CoverageWords.summary(view, wall))])
        Output.lines(CoverageWords.gaps(view).map { SafeText(escaping: $0) })
        Output.lines(
            rule == nil
                ? CoverageWords.table(view, wall) : CoverageWords.spans(view, wall))
    }
}

/// What a person reads about coverage.
enum CoverageWords {
    static func names(_ row: CoverageRowView, _ text: String) -> Bool {
        let wanted = text.lowercased()
        return [row.rule, row.group.rawValue, row.schedule?.rawValue ?? ""]
            .contains { $0.lowercased().contains(wanted) }
    }

    static func summary(_ view: CoverageView, _ wall: WallClock) -> String {
        let gaps = view.gaps == 1 ? "1 gap" : "\(view.gaps) gaps"
        let when = wall.text(from: view.from, to: view.to)
        let rows = view.rows.count == 1 ? "1 rule" : "\(view.rows.count) rules"
        return "\(when): \(view.gaps == 0 ? "no gap" : gaps) in \(rows)."
    }

    /// Every gap with its reason, and once for a row what closes it; rows with the same gaps
    /// stand together.
    static func gaps(_ view: CoverageView) -> [String] {
        var lines: [String] = []
        var seen: [[CoverageSpanView]] = []
        for row in view.rows {
            let gaps = plain(row)
            guard !gaps.isEmpty, !seen.contains(gaps) else { continue }
            seen.append(gaps)
            let alike = view.rows.filter { plain($0) == gaps }
            lines += ["", alike.map(title).joined(separator: ", ")]
            lines += row.spans.compactMap { $0.isGap ? "  " + ($0.sentence ?? "") : nil }
            var closes: [String] = []
            for text in row.spans.compactMap(\.closes) where !closes.contains(text) {
                closes.append(text)
            }
            lines += closes.map { "  What closes it: \($0)" }
        }
        return lines.isEmpty ? [] : lines + [""]
    }

    /// The gaps of a row without the words that name the row.
    private static func plain(_ row: CoverageRowView) -> [CoverageSpanView] {
        row.spans.filter(\.isGap).map {
            CoverageSpanView(
                start: $0.start, end: $0.end, who: $0.who, isGap: true, closes: $0.closes)
        }
    }

    private static func title(_ row: CoverageRowView) -> String {
        row.rule + (row.schedule.map { ", schedule \($0)" } ?? "")
    }

    static func table(_ view: CoverageView, _ wall: WallClock) -> [SafeText] {
        var table = TextTable("RULE", "GROUP", "SCHEDULE", "GAPS", "NEXT GAP", "NOW")
        for row in view.rows {
            let gaps = row.spans.filter(\.isGap)
            table.add(
                row.rule, row.group.rawValue, row.schedule?.rawValue ?? "everybody",
                "\(gaps.count)", gaps.first.map { wall.text($0.start) } ?? "",
                ScheduleWords.people(row.spans.first?.who ?? []))
        }
        return table.lines
    }

    static func spans(_ view: CoverageView, _ wall: WallClock) -> [SafeText] {
        var table = TextTable("RULE", "FROM", "UNTIL", "", "WHO CAN DECIDE")
        for row in view.rows {
            for span in row.spans {
                table.add(
                    title(row), wall.text(span.start), wall.text(span.end),
                    span.isGap ? "GAP" : "", ScheduleWords.people(span.who))
            }
        }
        return table.lines
    }
}
