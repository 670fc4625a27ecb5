import HTTPTypes
import HummingbirdCore
import NIOCore
public import WireAPI

/// What a request is answered with.
public enum HTTPAnswer: Sendable {
    /// All of it.
    case whole(WireAPI.HTTPResponse)
    /// The head, and a body that comes in pieces until their sequence ends.
    case pieces(WireAPI.HTTPResponse, AsyncStream<[UInt8]>)

    func head(date: String) -> HTTPTypes.HTTPResponse {
        switch self {
        case .whole(let answer):
            var head = Self.head(of: answer, date: date)
            if answer.status != 204, answer.status != 304 {
                head.headerFields[.contentLength] = String(answer.body.count)
            }
            return head
        case .pieces(let answer, _): return Self.head(of: answer, date: date)
        }
    }

    var body: ResponseBody {
        switch self {
        case .whole(let answer):
            answer.body.isEmpty
                ? ResponseBody() : ResponseBody(byteBuffer: ByteBuffer(bytes: answer.body))
        case .pieces(_, let pieces):
            ResponseBody { writer in
                for await piece in pieces { try await writer.write(ByteBuffer(bytes: piece)) }
                try await writer.finish(nil)
            }
        }
    }

    private static func head(
        of answer: WireAPI.HTTPResponse, date: String
    ) -> HTTPTypes.HTTPResponse {
        var fields = HTTPFields()
        for (name, value) in answer.headers {
            if let name = HTTPField.Name(name) { fields[name] = value }
        }
        fields[.date] = date
        return HTTPTypes.HTTPResponse(
            status: HTTPTypes.HTTPResponse.Status(code: answer.status), headerFields: fields)
    }
}
