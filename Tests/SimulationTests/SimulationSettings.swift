import Foundation

/// How much a run of the suite simulates.
enum SimulationSettings {
    /// Storms to weather: `COUNTERSIGN_SEEDS`, or few enough for every day.
    static let seeds =
        ProcessInfo.processInfo.environment["COUNTERSIGN_SEEDS"]
        .flatMap { Int($0) }.map { max(1, $0) } ?? seedsOfEveryDay
    static let seedsOfEveryDay = 6
    /// So many that what comes once in ten storms came.
    static let seedsForWhatIsRare = 40
    /// After so many steps the log is exported and verified on the way, besides the end: each
    /// time takes as long as some thousand steps. `COUNTERSIGN_STEPS` says another number.
    static let stepsBetweenExports =
        ProcessInfo.processInfo.environment["COUNTERSIGN_STEPS"]
        .flatMap { Int($0) }.map { max(1, $0) } ?? 5_000
    /// Storms after which a mutation must have been noticed.
    static let mutationSeedsMax = 12
}
