import Approvals
import ControlPlane
import WireAPI
import ZoneTime

extension DutyView {
    init(_ report: DutyReport) {
        self.init(
            isOn: report.isOn, until: report.until, next: report.next,
            schedules: report.schedules, handedOver: report.handedOver)
    }
}

extension ShiftChangeAnswer {
    init(_ report: ShiftChangeReport) {
        self.init(
            isOn: report.isOn, until: report.until, handedOver: report.handedOver.map(\.rawValue),
            to: report.to, sentence: report.sentence, warnings: report.warnings)
    }
}

extension CoverageView {
    init(_ report: CoverageReport) {
        let rows = report.rows.map { row in
            CoverageRowView(
                rule: row.rule, group: row.group, schedule: row.schedule,
                spans: row.spans.map { span in
                    CoverageSpanView(
                        start: span.range.start, end: span.range.end, who: span.emails,
                        isGap: span.isGap, sentence: span.sentence, closes: span.remedy)
                })
        }
        self.init(
            from: report.range.start, to: report.range.end, rows: rows,
            gaps: rows.reduce(0) { $0 + $1.spans.count { $0.isGap } })
    }
}
