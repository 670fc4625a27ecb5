import ZoneTime

/// The zones of schedules, read from this machine when a schedule names them.
struct KnownZones: Sendable {
    private var table = ZoneTable()
    private var asked: Set<String> = []
    private var missing: Set<String> = []

    /// The zone of this name; nil when it is not here.
    subscript(name: String) -> Zone? { table[name] }

    /// True for a zone that this machine does not know.
    func isMissing(_ name: String) -> Bool {
        missing.contains(name) || !ZoneTable.isWellFormed(name)
    }

    /// True the first time that a zone is wanted; then it is to be read.
    mutating func wants(_ name: String) -> Bool {
        guard ZoneTable.isWellFormed(name), table[name] == nil, asked.count < Self.askedMax else {
            return false
        }
        return asked.insert(name).inserted
    }

    mutating func took(_ zone: Zone?, named name: String) {
        guard let zone else {
            missing.insert(name)
            return
        }
        table.insert(zone)
    }

    /// No more zones are read in one run.
    private static let askedMax = 600
}
