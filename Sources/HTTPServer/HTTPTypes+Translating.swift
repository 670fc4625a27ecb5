import Approvals
import ControlPlaneAPI
import HTTPTypes
import HummingbirdCore
import NIOCore

extension APICall {
    init(_ head: HTTPTypes.HTTPRequest, body: [UInt8], receivedAt: Timestamp) {
        var headers: [String: String] = [:]
        for field in head.headerFields {
            let name = field.name.canonicalName
            headers[name] = headers[name].map { $0 + ", " + field.value } ?? field.value
        }
        self.init(
            method: head.method.rawValue, target: head.path ?? "", headers: headers, body: body,
            receivedAt: receivedAt)
    }
}

extension HTTPTypes.HTTPRequest {
    /// True when the client waits for leave to send its body, and may have it.
    var expectsContinue: Bool {
        headerFields[.expect] == "100-continue" && (announcedBytes ?? 0) <= APILimits.bodyBytesMax
    }

    /// The length of the body, where it is announced.
    var announcedBytes: Int? { headerFields[.contentLength].flatMap { Int($0) } }
}

extension Request {
    /// The body; refused before it is read when it is announced to be too long.
    func wholeBody(bytesMax: Int) async -> Result<[UInt8], APIFailure> {
        if let announced = head.announcedBytes {
            guard announced <= bytesMax else { return .failure(.bodyTooLarge) }
            if announced == 0 { return .success([]) }
        }
        var bytes: [UInt8] = []
        do {
            for try await part in body {
                guard bytes.count + part.readableBytes <= bytesMax else {
                    return .failure(.bodyTooLarge)
                }
                bytes.append(contentsOf: part.readableBytesView)
            }
        } catch {
            return .failure(.bodyIncomplete)
        }
        return .success(bytes)
    }
}
