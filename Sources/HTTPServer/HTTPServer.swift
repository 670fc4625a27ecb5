public import Approvals
public import ControlPlaneAPI
import HTTPTypes
import HummingbirdCore
public import Logging
import NIOCore
import NIOPosix
public import ServiceLifecycle
import WireAPI

#if TLS
    import HummingbirdTLS
#endif

/// Serves the REST API over HTTP/1.1.
///
/// It knows no route: every request becomes an `APICall`, and the route table behind the API
/// decides. A graceful shutdown stops listening, lets requests finish and closes idle connections.
public struct HTTPServer: Service {
    /// Answers one request.
    public typealias Respond =
        @Sendable (APICall, Caller) async -> HTTPAnswer

    private let settings: HTTPServerSettings
    private let logger: Logger
    private let now: @Sendable () -> Timestamp
    private let listening: @Sendable (String, Int) async -> Void
    private let respond: Respond
    private let date = HTTPDate()

    /// Makes a server; `listening` is told the host and the port once it accepts connections.
    public init(
        _ settings: HTTPServerSettings, logger: Logger, now: @escaping @Sendable () -> Timestamp,
        listening: @escaping @Sendable (String, Int) async -> Void, respond: @escaping Respond
    ) {
        self.settings = settings
        self.logger = logger
        self.now = now
        self.listening = listening
        self.respond = respond
    }

    /// Serves until it is told to shut down.
    public func run() async throws {
        let service = try server().buildServer(
            configuration: configuration, eventLoopGroup: MultiThreadedEventLoopGroup.singleton,
            logger: logger,
            responder: { request, writer, channel in
                try await serve(request, writer, channel)
            },
            onServerRunning: { channel in
                await listening(settings.host, channel.localAddress?.port ?? settings.port)
            })
        do {
            try await service.run()
        } catch let error as IOError {
            throw HTTPServerFailure.cannotListen("\(error)")
        } catch let error as NIOConnectionError {
            throw HTTPServerFailure.cannotListen("\(error)")
        }
    }

    private var configuration: ServerConfiguration {
        ServerConfiguration(
            address: .hostname(settings.host, port: settings.port), backlog: settings.backlogMax,
            availableConnectionsDelegate: .maximum(settings.connectionsMax, logger: logger))
    }

    private func server() throws -> HTTPServerBuilder {
        let settings = settings
        let count = ConnectionCount(most: settings.connectionsPerClientMax)
        let http = HTTPServerBuilder.http1(
            configuration: HTTP1Channel.Configuration(
                additionalChannelHandlers: [ConnectionWatch(settings, count: count)],
                idleTimeout: .seconds(Int64(settings.idleSecondsMax)),
                httpDecoderConfiguration: HTTP1Channel.Configuration.DecoderConfiguration(
                    maxHeaderFieldSize: settings.headerBytesMax,
                    maxHeaderListSize: settings.headerBytesMax,
                    maxHeaderFieldCount: settings.headersMax)))
        guard let files = settings.tls else { return http }
        return try Self.securing(http, with: files)
    }

    private func serve(
        _ request: Request, _ writer: consuming ResponseWriter, _ channel: any Channel
    ) async throws {
        let received = now()
        if request.head.expectsContinue {
            try await writer.writeInformationalHead(HTTPTypes.HTTPResponse(status: .continue))
        }
        let answer: HTTPAnswer
        switch await request.wholeBody(bytesMax: APILimits.bodyBytesMax) {
        case .success(let body):
            let call = APICall(request.head, body: body, receivedAt: received)
            answer = await respond(call, Caller(channel))
        case .failure(let failure):
            answer = .whole(failure.response)
        }
        let head = answer.head(date: date.text(at: now()))
        try await writer.write(
            response: head, body: request.head.method == .head ? ResponseBody() : answer.body)
    }
}

extension HTTPServer {
    #if TLS
        /// HTTP over TLS 1.2 or later.
        private static func securing(
            _ http: HTTPServerBuilder, with files: HTTPServerSettings.TLSFiles
        ) throws -> HTTPServerBuilder {
            do {
                var configuration = TLSConfiguration.makeServerConfiguration(
                    certificateChain: try NIOSSLCertificate.fromPEMFile(files.certificate)
                        .map { .certificate($0) },
                    privateKey: .privateKey(try NIOSSLPrivateKey(file: files.key, format: .pem)))
                configuration.minimumTLSVersion = .tlsv12
                return try .tls(http, tlsConfiguration: configuration)
            } catch {
                throw HTTPServerFailure.certificateUnusable("\(error)")
            }
        }
    #else
        private static func securing(
            _ http: HTTPServerBuilder, with files: HTTPServerSettings.TLSFiles
        ) throws -> HTTPServerBuilder {
            throw HTTPServerFailure.withoutTLS
        }
    #endif
}
