import CCurl
import CLinux
public import WireAPI

/// The caller's name for one request that is under way.
public struct TransferID: Hashable, Sendable {
    /// The number that the caller chose.
    public let rawValue: Int

    /// Names a request; the name is free again once its answer was drained.
    public init(_ rawValue: Int) {
        self.rawValue = rawValue
    }
}

/// What became of a request.
public struct TransferAnswer: Hashable, Sendable {
    /// Which request.
    public let id: TransferID

    /// The answer, or why there is none.
    public let outcome: Result<HTTPResponse, TransportFailure>
}

/// Some bytes of the answer to a streamed request. Its `TransferAnswer` comes after the last one,
/// and has no body.
public struct TransferPiece: Hashable, Sendable {
    /// Which request.
    public let id: TransferID
    /// The status of the answer.
    public let status: Int
    /// The headers of the answer; names in lower case.
    public let headers: [String: String]
    /// At least one byte.
    public let bytes: [UInt8]
}

/// Carries out many requests on a thread of its own, so that nobody who draws has to wait.
///
/// Every request that was started gets exactly one answer. The thread and libcurl start with the
/// first request, so a program that has not asked yet pays for neither.
public final class CurlTransport: Sendable {
    /// How many requests may be under way at once.
    public static let transfersMax = 64

    private let mailbox: TransportMailbox
    private let server: ServerAccess

    /// Nil when the process may open no more descriptors.
    public init?(
        to address: ServerAddress, token: BearerToken?,
        options: TransportOptions = TransportOptions()
    ) {
        guard let mailbox = TransportMailbox() else { return nil }
        self.mailbox = mailbox
        server = ServerAccess(address: address, token: token, options: options)
    }

    deinit {
        mailbox.stop()
    }

    /// Readable while answers wait; the loop polls it and then drains.
    public var descriptor: Int32 { mailbox.descriptor }

    /// Sends a request; the answer comes by `drain()` under `id`.
    public func start(_ id: TransferID, _ request: HTTPRequest) {
        mailbox.order(.start(id, request)) { mailbox in
            CurlThread.launch(mailbox, server)
        }
    }

    /// Gives a request up; its answer is `.interrupted` unless it has come already.
    public func cancel(_ id: TransferID) {
        mailbox.order(.cancel(id)) { _ in true }
    }

    /// Takes the answers that came since the last time.
    public func drain() -> [TransferAnswer] {
        mailbox.takeAnswers().answers
    }

    /// Takes what came since the last time: pieces of streamed answers, then the answers.
    public func drainAll() -> (pieces: [TransferPiece], answers: [TransferAnswer]) {
        mailbox.takeAnswers()
    }

    /// Gives everything up and ends the thread, without waiting for it.
    public func stop() {
        mailbox.stop()
    }
}
