import Approvals
public import HTTPServer
public import Logging
public import MCPGateway
import ServiceLifecycle
import SystemClock
import UnixSignals

/// Offers an MCP gateway to clients over Streamable HTTP.
public struct MCPListening: Sendable {
    private let words: [String]
    private let door: MCPListenerDoor
    private let logger: Logger
    private let announce: @Sendable (String) -> Void

    /// Will start `words` for every session: a program that speaks MCP over its standard input and
    /// output. `announce` gets the address, one line.
    public init(
        _ words: [String], _ door: MCPListenerDoor, logger: Logger,
        announce: @escaping @Sendable (String) -> Void
    ) {
        self.words = words
        self.door = door
        self.logger = logger
        self.announce = announce
    }

    /// Serves until SIGTERM or SIGINT.
    ///
    /// - Throws: `HTTPServerFailure` when it cannot listen.
    public func serve(_ settings: HTTPServerSettings) async throws {
        let desk = ListeningDesk(words, door, logger: logger)
        // Shut down in the reverse order: open answers end before the server drains.
        let parts: [any Service] = [server(settings, desk), desk]
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: parts.map { service in
                    ServiceGroupConfiguration.ServiceConfiguration(
                        service: service, failureTerminationBehavior: .gracefullyShutdownGroup)
                },
                gracefulShutdownSignals: [.sigterm, .sigint], logger: logger))
        try await group.run()
    }

    private func server(_ settings: HTTPServerSettings, _ desk: ListeningDesk) -> HTTPServer {
        let announce = announce
        let scheme = settings.tls == nil ? "http" : "https"
        return HTTPServer(
            settings, logger: logger,
            now: { Timestamp(milliseconds: SystemClock().wallMilliseconds) },
            listening: { host, port in
                let name = host.contains(":") ? "[\(host)]" : host
                announce("listening on \(scheme)://\(name):\(port)\(MCPListenerDoor.path)")
            },
            respond: { call, caller in await desk.answer(call, from: caller) })
    }
}
