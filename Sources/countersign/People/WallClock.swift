import Approvals
import SystemClock
import ZoneTime

/// Times as a person at this machine writes and reads them.
struct WallClock {
    let zone: Zone

    /// The zone of that name, or that of this machine.
    init(zone name: String?) throws(Complaint) {
        let system = SystemZones()
        let wanted = name ?? system.localName
        do {
            guard let zone = try system.zone(wanted) ?? Self.universal(wanted) else {
                throw ZoneRefusal.malformed
            }
            self.zone = zone
        } catch {
            throw Complaint(
                "There is no time zone called \(wanted) on this machine.",
                next: "Name one with --zone, as in Europe/Berlin, or write times with an offset.",
                .usage)
        }
    }

    /// The zone of this machine; UTC when it has none that can be read.
    static var localZone: Zone {
        let system = SystemZones()
        do {
            return try system.zone(system.localName) ?? .utc
        } catch {
            return .utc
        }
    }

    private static func universal(_ name: String) -> Zone? { name == "UTC" ? .utc : nil }

    /// An instant: `now`, a span from now (`8h`, `3d`), a time on this wall
    /// (`2026-11-30T09:00`), or one with an offset (RFC 3339).
    ///
    /// A time that comes twice is refused with both instants that it could mean.
    func instant(
        _ text: String, for option: String, now: Timestamp
    ) throws(Complaint) -> Timestamp {
        do {
            return try zone.instant(written: text, now: now)
        } catch {
            throw complaint(error, text, option)
        }
    }

    /// An instant of the past: a span is so long ago, and a day is its beginning.
    func pastInstant(
        _ text: String, for option: String, now: Timestamp
    ) throws(Complaint) -> Timestamp {
        do {
            return try zone.pastInstant(written: text, now: now)
        } catch {
            throw complaint(error, text, option)
        }
    }

    private func complaint(
        _ problem: WrittenTimeProblem, _ text: String, _ option: String
    ) -> Complaint {
        switch problem {
        case .twice(let first, let second):
            Complaint(
                "\(text) comes twice in \(zone.name), because the clock is put back.",
                next: "Write \(first) for the first time, or \(second) for the second.",
                .badInput)
        case .unreadable:
            Complaint(
                "\(option) is no time: \(text).",
                next: "Write now, 8h, 3d, 2026-11-30T09:00, or 2026-11-30T09:00:00+01:00.",
                .usage)
        }
    }

    /// As in `Fri 2026-11-27 18:00`.
    func text(_ instant: Timestamp) -> String { zone.text(instant) }

    /// As in `Fri 2026-11-27 18:00 – Mon 2026-11-30 09:00 Europe/Berlin`.
    func text(from start: Timestamp, to end: Timestamp) -> String {
        zone.text(from: start, to: end)
    }
}
