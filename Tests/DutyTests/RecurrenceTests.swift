import Approvals
import Duty
import Foundation
import Testing
import ZoneTime

/// The published test data, in the folder that `COUNTERSIGN_CONFORMANCE` names.
enum ConformanceData {
    static let folder = ProcessInfo.processInfo.environment["COUNTERSIGN_CONFORMANCE"]
    static let absent: Testing.Comment =
        "Set COUNTERSIGN_CONFORMANCE to the folder of conformance data."
}

/// Goal: a rule means the same days as everywhere else, or is refused by name.
@Suite struct RecurrenceTests {
    struct Case: Decodable {
        var test: String
        var rule: String
        var expect: [String]
    }

    @Test(
        "The published rules: those of the subset give the same days, the others name their part",
        .enabled(if: ConformanceData.folder != nil, ConformanceData.absent))
    func published() throws {
        let folder = try #require(ConformanceData.folder)
        let data = try Data(contentsOf: URL(filePath: folder).appending(path: "rrule/rrule.json"))
        let cases = try JSONDecoder().decode([Case].self, from: data)
        var taken = 0
        for one in cases {
            let parts = one.rule.split(separator: "\n").map { $0.split(separator: ":") }
            let digits = String(parts[0][1])
            let start = try Cast.local(Self.wall(digits))
            let text = String(parts[1][1])
            let isOurs =
                !text.contains("YEARLY")
                && text.split(separator: ";").allSatisfy { part in
                    ["FREQ", "INTERVAL", "BYDAY", "UNTIL", "COUNT"].contains {
                        part.hasPrefix("\($0)=")
                    }
                }
            do {
                let rule = try Recurrence(rule: text, start: start)
                taken += 1
                let far = start.adding(seconds: 400 * 366 * LocalTime.daySeconds)
                let found = rule.times(from: start, in: .utc, low: start, high: far)
                #expect(found.map { "\($0):00" } == one.expect, "\(one.test)")
                #expect(isOurs, "\(one.test)")
            } catch let refusal {
                #expect(!isOurs, "\(one.test): \(refusal)")
                guard case .unsupported = refusal else {
                    Issue.record("\(one.test) is refused as \(refusal)")
                    continue
                }
            }
        }
        #expect(cases.count >= 60)
        #expect(taken >= 6)
    }

    /// `19970902T090000` as we write it.
    private static func wall(_ digits: String) -> String {
        let parts = Array(digits)
        let date = [parts[0..<4], parts[4..<6], parts[6..<8]].map { String($0) }
        return date.joined(separator: "-") + "T\(String(parts[9..<11])):\(String(parts[11..<13]))"
    }

    @Test(
        "Rules of our own",
        arguments: [
            ("2026-01-31T09:00", "FREQ=DAILY;COUNT=3", "31 01 02"),
            ("2026-01-05T09:00", "FREQ=DAILY;INTERVAL=10;UNTIL=20260125T090000", "05 15 25"),
            ("2026-01-05T09:00", "FREQ=DAILY;INTERVAL=10;UNTIL=20260125T085959", "05 15"),
            ("2026-01-05T09:00", "FREQ=DAILY;UNTIL=20260106", "05 06"),
            ("2026-01-05T09:00", "FREQ=DAILY;UNTIL=20260106T090000Z", "05 06"),
            ("2026-01-05T09:00", "FREQ=DAILY;BYDAY=SA,SU;COUNT=3", "10 11 17"),
            ("2026-01-07T09:00", "FREQ=WEEKLY;COUNT=3", "07 14 21"),
            ("2026-01-07T09:00", "FREQ=WEEKLY;BYDAY=MO,WE;COUNT=4", "07 12 14 19"),
            ("2026-01-07T09:00", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE;COUNT=4", "07 19 21 02"),
            ("2026-01-07T09:00", "FREQ=WEEKLY;WKST=MO;BYDAY=MO;COUNT=2", "12 19"),
            ("2026-01-07T09:00", "FREQ=MONTHLY;BYDAY=-1FR;COUNT=3", "30 27 27"),
            ("2026-01-07T09:00", "FREQ=MONTHLY;BYDAY=5MO;COUNT=2", "30 29"),
            (
                "2026-01-31T09:00", "FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1;COUNT=4",
                "31 28 31 30"
            ),
            (
                "2026-01-30T09:00", "FREQ=MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=-1;COUNT=3",
                "30 28 30"
            ),
        ])
    func own(_ start: String, _ text: String, _ days: String) throws {
        let start = try Cast.local(start)
        let rule = try Recurrence(rule: text, start: start)
        let far = start.adding(seconds: 3_000 * LocalTime.daySeconds)
        let found = rule.times(from: start, in: .utc, low: start, high: far)
        #expect(found.map { String("\($0)".dropFirst(8).prefix(2)) }.joined(separator: " ") == days)
        // Written and read again it is the same.
        #expect(try Recurrence(rule: rule.ruleText(start: start), start: start) == rule)
    }

    @Test(
        "What schedules do not have is refused by name",
        arguments: [
            ("FREQ=YEARLY", "FREQ=YEARLY is not supported"),
            ("FREQ=HOURLY", "FREQ=HOURLY is not supported"),
            ("FREQ=DAILY;BYHOUR=6", "BYHOUR=6 is not supported"),
            ("FREQ=WEEKLY;WKST=SU", "WKST=SU is not supported"),
            ("FREQ=MONTHLY;BYMONTHDAY=1", "BYMONTHDAY=1 is not supported"),
            ("FREQ=MONTHLY", "FREQ=MONTHLY on day 31 leaves out"),
            ("FREQ=DAILY;COUNT=0", "COUNT=0 is not a part"),
            ("FREQ=DAILY;COUNT=+1", "COUNT=+1 is not a part"),
            ("FREQ=DAILY;INTERVAL=99999", "INTERVAL=99999 is not a part"),
            ("FREQ=DAILY;COUNT=1;COUNT=1", "COUNT=1 contradicts"),
            ("FREQ=DAILY;COUNT=1;UNTIL=20300101", "UNTIL contradicts"),
            ("FREQ=WEEKLY;BYDAY=1MO", "BYDAY=1MO contradicts"),
            ("FREQ=WEEKLY;BYDAY=XX", "BYDAY=XX is not a part"), ("", " is not a part"),
            ("INTERVAL=2", "no FREQ is not a part"), ("FREQ", "FREQ is not a part"),
        ])
    func refusals(_ text: String, _ sentence: String) throws {
        let start = try Cast.local("2026-01-31T09:00")
        do {
            _ = try Recurrence(rule: text, start: start)
            Issue.record("\(text) was taken")
        } catch {
            #expect(error.description.hasPrefix(sentence), "\(error)")
        }
    }

    @Test("Jumping into the middle, counting and walking from the start agree")
    func jumping() throws {
        var seed = Seed(Seed.chosen)
        for round in 0..<Seed.rounds(300) {
            let start = try Cast.local("2026-01-01T09:00")
                .adding(seconds: seed.below(800) * LocalTime.daySeconds)
            let days = Weekday.allCases.filter { _ in seed.below(3) == 0 }
                .map { Recurrence.Day($0) }
            let rule = Recurrence(
                seed.pick(Recurrence.Frequency.allCases), interval: 1 + seed.below(4), days: days)
            let far = start.adding(seconds: 900 * LocalTime.daySeconds)
            let all = rule.times(from: start, in: .utc, low: start, high: far)
            let low = start.adding(seconds: seed.below(800 * LocalTime.daySeconds))
            let part = rule.times(from: start, in: .utc, low: low, high: far)
            #expect(part == all.filter { $0 >= low }, "seed \(Seed.chosen), round \(round)")
            #expect(
                rule.count(from: start, through: low) == all.filter { $0 <= low }.count,
                "seed \(Seed.chosen), round \(round): \(rule)")
        }
    }
}
