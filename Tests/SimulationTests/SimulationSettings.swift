import Foundation

/// How much a run of the suite simulates.
enum SimulationSettings {
    /// Storms to weather: `COUNTERSIGN_SEEDS`, or few enough for every day.
    static let seeds =
        ProcessInfo.processInfo.environment["COUNTERSIGN_SEEDS"]
        .flatMap { Int($0) }.map { max(1, $0) } ?? 8
    /// Storms after which a mutation must have been noticed.
    static let mutationSeedsMax = 12
}
