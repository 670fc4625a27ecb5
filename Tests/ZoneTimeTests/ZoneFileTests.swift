import Approvals
import SystemClock
import Testing
import ZoneTime

/// Goal: no bytes make the reader of zone files trap; what it takes, it can follow.
@Suite struct ZoneFileTests {
    /// A version 2 file without transitions, with this last line.
    private func file(rule: String, leaps: UInt8 = 0) -> [UInt8] {
        func header(_ counts: [UInt8]) -> [UInt8] {
            Array("TZif2".utf8) + [UInt8](repeating: 0, count: 15)
                + counts.flatMap { [0, 0, 0, $0] }
        }
        let body: [UInt8] = [0, 0, 14, 16, 0, 0] + Array("CET\u{0}".utf8)
        return header([0, 0, 0, 0, 1, 4]) + body + header([0, 0, leaps, 0, 1, 4]) + body
            + Array("\n\(rule)\n".utf8)
    }

    @Test(
        "Rules of the last line",
        arguments: [
            ("CET-1", "2026-07-01T12:00:00Z", 3_600), ("", "2026-07-01T12:00:00Z", 3_600),
            ("CET-1CEST,M3.5.0,M10.5.0/3", "2026-07-01T12:00:00Z", 7_200),
            ("CET-1CEST,M3.5.0,M10.5.0/3", "2026-12-01T12:00:00Z", 3_600),
            ("<+01>-1", "2026-07-01T12:00:00Z", 3_600),
            ("IST-1GMT0,M10.5.0,M3.5.0/1", "2026-07-01T12:00:00Z", 3_600),
            ("IST-1GMT0,M10.5.0,M3.5.0/1", "2026-12-01T12:00:00Z", 0),
            ("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "2026-03-29T00:59:59Z", -7_200),
            ("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "2026-03-29T01:00:00Z", -3_600),
            ("AAA3BBB,J60/0,J300/0", "2028-03-01T02:59:59Z", -10_800),
            ("AAA3BBB,J60/0,J300/0", "2028-03-01T03:00:00Z", -7_200),
            ("AAA3BBB,59/0,300/0", "2028-02-29T03:00:00Z", -7_200),
            ("EST5EDT,0/0,J365/25", "2026-01-01T05:00:00Z", -14_400),
            ("EST5EDT,0/0,J365/25", "2026-07-01T05:00:00Z", -14_400),
        ])
    func rules(_ rule: String, _ instant: String, _ offset: Int) throws {
        let zone = try Zone(name: "Test", file: file(rule: rule))
        #expect(zone.offset(at: try #require(Timestamp(rfc3339: instant))) == offset)
    }

    @Test(
        "Rules that nobody can follow are refused",
        arguments: ["C-1", "CET", "CET-1CEST", "CET-1CEST,M3.5.0", "CET-1x", "CET-1CEST,M13.1.0,0"])
    func wrongRules(_ rule: String) {
        #expect(throws: ZoneRefusal.rule(rule)) {
            try Zone(name: "Test", file: file(rule: rule))
        }
    }

    @Test("Leap seconds and version 1 are refused by name")
    func refusals() {
        #expect(throws: ZoneRefusal.leapSeconds) {
            try Zone(name: "Test", file: file(rule: "CET-1", leaps: 1))
        }
        var old = file(rule: "CET-1")
        old[4] = 0
        #expect(throws: ZoneRefusal.tooOld) { try Zone(name: "Test", file: old) }
    }

    @Test("A file cut off anywhere is refused, and none with one changed byte traps")
    func damage() throws {
        let whole = file(rule: "CET-1CEST,M3.5.0,M10.5.0/3")
        for length in 0..<whole.count {
            #expect(throws: ZoneRefusal.self) {
                try Zone(name: "Test", file: Array(whole[..<length]))
            }
        }
        let noon = Timestamp(milliseconds: 1_790_000_000_000)
        for place in whole.indices {
            for byte in [0, 1, 127, 128, 255] as [UInt8] {
                var changed = whole
                changed[place] = byte
                guard let zone = try? Zone(name: "Test", file: changed) else { continue }
                let meaning = zone.meaning(of: zone.local(at: noon))
                #expect(meaning.first <= meaning.last)
            }
        }
    }

    @Test(
        "Times on a wall are read and written",
        arguments: [
            ("2026-10-24T22:00", "2026-10-24T22:00"), ("2026-10-24 22:00", "2026-10-24T22:00"),
            ("2026-10-24T22:00:30", "2026-10-24T22:00:30"),
            ("0001-01-01T00:00", "0001-01-01T00:00"),
            ("2026-02-29T22:00", nil), ("2026-10-24T24:00", nil), ("2026-10-24", nil),
            ("2026-10-24T22:00Z", nil), ("2026-1-24T22:00:0", nil),
        ] as [(String, String?)])
    func localTimes(_ text: String, _ written: String?) {
        #expect(LocalTime(text).map(\.description) == written)
    }

    @Test("Days count up through leap years and know their weekday")
    func days() throws {
        let start = try #require(CivilDate("2000-01-01"))
        #expect(start.weekday == .saturday)
        for number in 0..<150_000 {
            let day = start.adding(days: number)
            #expect(CivilDate(year: day.year, month: day.month, day: day.day) == day)
        }
        #expect(CivilDate("2026-11-01")?.weekday == .sunday)
        #expect(CivilDate("2026-11-01")?.monday == CivilDate("2026-10-26"))
    }
}
