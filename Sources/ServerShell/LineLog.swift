import Approvals
import Glibc
import JSONTree
public import Logging
import SystemClock

/// Writes one line of JSON per event on standard error.
///
/// Everything that is not plainly visible is escaped, so that nothing that a client sent can do
/// more to the reader's terminal than be read.
public struct LineLog: LogHandler {
    public var metadataProvider: Logger.MetadataProvider?
    public var metadata: Logger.Metadata = [:]
    public var logLevel: Logger.Level

    private static let standardError = LogOutput(descriptor: STDERR_FILENO)

    private let write: @Sendable ([UInt8]) -> Void
    private let now: @Sendable () -> Timestamp

    /// A log on standard error.
    public init(level: Logger.Level) {
        let output = Self.standardError
        self.init(level: level, now: Self.systemTime, write: { output.write($0) })
    }

    init(
        level: Logger.Level, now: @escaping @Sendable () -> Timestamp,
        write: @escaping @Sendable ([UInt8]) -> Void
    ) {
        logLevel = level
        self.now = now
        self.write = write
    }

    public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    public func log(event: LogEvent) {
        var line = JSONObject([
            ("at", .string(now().rfc3339)), ("level", .string(event.level.rawValue)),
            ("event", .string(event.message.description)),
        ])
        let all = metadata.merging(event.metadata ?? [:]) { _, own in own }
        for (key, value) in all.sorted(by: { $0.key < $1.key }) where line[key] == nil {
            line[key] = .string(value.description)
        }
        if let error = event.error, line["error"] == nil { line["error"] = .string("\(error)") }
        write(JSONValue.object(line).bytes(.compact.inert) + [UInt8(ascii: "\n")])
    }

    @Sendable private static func systemTime() -> Timestamp {
        Timestamp(milliseconds: SystemClock().wallMilliseconds)
    }
}
