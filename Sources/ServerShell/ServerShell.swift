import Approvals
import ControlPlane
import ControlPlaneAPI
public import HTTPServer
public import Logging
import SQLiteStore
import ServiceLifecycle
import SystemClock
import UnixSignals

/// Owns the store, the timer, the waiting requests and the server, from start to shutdown.
public struct ServerShell: Sendable {
    private let settings: ServerSettings
    private let logger: Logger
    /// Prints one line for whoever started the program.
    private let announce: @Sendable (String) -> Void
    private let clock = SystemClock()
    private let surroundings = SystemSurroundings()

    /// Makes a shell; `announce` gets the first admin's token and the address, one line each.
    public init(
        _ settings: ServerSettings, logger: Logger, announce: @escaping @Sendable (String) -> Void
    ) {
        self.settings = settings
        self.logger = logger
        self.announce = announce
    }

    /// Makes the store and its first tenant, and announces the token of its admin.
    public func initialise() async throws(ServerFailure) {
        let outage = Outage()
        let store = try open(outage)
        defer { store.close() }
        guard try isEmpty(store) else { throw .notEmpty(path: settings.dataFolder) }
        try await makeTenant(in: store)
    }

    /// Changes the key that signs the audit logs to the next one; the logs that say so.
    public func rotateLogKey() async throws(ServerFailure) -> [String] {
        let outage = Outage()
        let store = try open(outage)
        defer { store.close() }
        guard store.logKeys.count == 2 else { throw .notRotated("there is no next key") }
        let (old, new) = (store.logKeys[0], store.logKeys[1])
        let controlPlane = controlPlane
        let rotated = await store.written { (writer, surroundings) throws(CommandFailure) in
            try controlPlane.rotateLogKey(from: old, to: new, in: writer, with: &surroundings)
        }
        switch rotated {
        case .success(let origins):
            do { try store.settleLogKeys() } catch { throw .store(error) }
            return origins
        case .failure(let failure): throw .notRotated(failure.reason)
        }
    }

    /// Serves until SIGTERM or SIGINT, or until the store stops.
    ///
    /// A shutdown in good order answers the waiting requests, finishes what is being committed and
    /// frees the folder.
    public func serve(_ http: HTTPServerSettings) async throws(ServerFailure) {
        let outage = Outage()
        let store = try open(outage)
        defer { store.close() }
        if try isEmpty(store) { try await makeTenant(in: store) }
        do {
            try await services(http, store, outage).run()
        } catch let failure as HTTPServerFailure {
            throw .http(failure)
        } catch {
            guard let failure = outage.failure else {
                throw .stopped("a part of the server ended: \(error)")
            }
            throw .stopped(failure.reason)
        }
        logger.info("stopped")
    }

    private var controlPlane: ControlPlane {
        let host = settings.host ?? SystemEnvironment().hostName
        return ControlPlane(
            settings: ControlPlaneSettings(host: host), zones: SystemZones().all)
    }

    private func open(_ outage: Outage) throws(ServerFailure) -> SQLiteStore {
        let surroundings = surroundings
        let logger = logger
        do {
            return try SQLiteStore(
                in: settings.dataFolder, keys: settings.keys,
                surroundings: { surroundings.read() },
                onStop: { failure in
                    logger.critical("store", metadata: ["reason": "\(failure.reason)"])
                    outage.report(failure)
                })
        } catch {
            throw .store(error)
        }
    }

    private func isEmpty(_ store: SQLiteStore) throws(ServerFailure) -> Bool {
        do throws(CommandFailure) {
            return try store.read { (reader) throws(CommandFailure) in
                try stored { () throws(StoreFailure) in try reader.tenants().isEmpty }
            }
        } catch {
            throw .notInitialised(error.reason)
        }
    }

    private func makeTenant(in store: SQLiteStore) async throws(ServerFailure) {
        let controlPlane = controlPlane
        let (tenant, email) = (settings.tenant, settings.adminEmail)
        let made = await store.written { (writer, surroundings) throws(CommandFailure) in
            try controlPlane.initialise(
                tenant: tenant, adminEmail: email, in: writer, with: &surroundings)
        }
        switch made {
        case .success(let secret):
            logger.info("initialised", metadata: ["tenant": "\(tenant)"])
            announce(secret)
        case .failure(let failure): throw .notInitialised(failure.reason)
        }
    }

    private func services(
        _ http: HTTPServerSettings, _ store: SQLiteStore, _ outage: Outage
    ) -> ServiceGroup {
        let hub = WaitHub()
        let figures = Figures()
        let bell = Bell()
        // It reads the zones of the system, once for both.
        let controlPlane = controlPlane
        store.onCommit { changes in
            figures.committed(changes: changes.count)
            hub.announce(changes)
            bell.ring()
        }
        let desk = Desk(
            controlPlane: controlPlane, store: store, hub: hub, clock: clock, figures: figures,
            logger: logger)
        let timer = DeadlineTimer(
            store: store, controlPlane: controlPlane, clock: clock, bell: bell, figures: figures,
            logger: logger)
        // Shut down in the reverse order: waiting requests are answered before the server drains.
        let parts: [any Service] = [
            outage, timer, server(http, desk), HubService(hub: hub, clock: clock),
        ]
        return ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: parts.map { service in
                    ServiceGroupConfiguration.ServiceConfiguration(
                        service: service, failureTerminationBehavior: .gracefullyShutdownGroup)
                },
                gracefulShutdownSignals: [.sigterm, .sigint], logger: quiet))
    }

    private func server(_ http: HTTPServerSettings, _ desk: Desk) -> HTTPServer {
        let clock = clock
        let logger = logger
        let announce = announce
        let scheme = http.tls == nil ? "http" : "https"
        return HTTPServer(
            http, logger: quiet,
            now: { Timestamp(milliseconds: clock.wallMilliseconds) },
            listening: { host, port in
                let name = host.contains(":") ? "[\(host)]" : host
                logger.info("listening", metadata: ["address": "\(name):\(port)"])
                announce("listening on \(scheme)://\(name):\(port)")
            },
            respond: { call, caller in .whole(await desk.respond(to: call, from: caller)) })
    }

    /// What the libraries may say: only what somebody has to look at.
    private var quiet: Logger {
        var quiet = logger
        quiet.logLevel = max(.warning, logger.logLevel)
        return quiet
    }
}
