import ArgumentParser
import Logging
import ServerShell

/// How much is logged.
struct LogOptions: ParsableArguments {
    @Option(
        help: "The least level that is logged: debug, info, warning, error or critical.",
        transform: level)
    var logLevel: Logger.Level = .info

    /// A log of one line of JSON per event on standard error.
    var logger: Logger {
        Logger(label: "countersignd") { _ in LineLog(level: logLevel) }
    }
}

private func level(_ text: String) throws -> Logger.Level {
    guard let level = Logger.Level(rawValue: text) else {
        throw ValidationError("The levels are debug, info, warning, error and critical.")
    }
    return level
}
