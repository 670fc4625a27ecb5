import JSONTree
public import WireAPI

extension HTTPResponse {
    /// A JSON answer that nobody may keep.
    static func json(
        _ status: Int, _ value: JSONValue, _ headers: [String: String] = [:]
    ) -> HTTPResponse {
        HTTPResponse(
            status: status, headers: headers.merging(unkept("application/json")) { own, _ in own },
            body: value.bytes())
    }

    /// An answer that is no JSON.
    static func bytes(_ bytes: [UInt8], type: String) -> HTTPResponse {
        HTTPResponse(status: 200, headers: unkept(type), body: bytes)
    }

    /// An answer without a body.
    static func empty(_ status: Int, _ headers: [String: String] = [:]) -> HTTPResponse {
        HTTPResponse(
            status: status,
            headers: headers.merging(["cache-control": "no-store"]) { own, _ in own })
    }

    /// A line of text for operations.
    public static func plain(_ status: Int, _ text: String) -> HTTPResponse {
        HTTPResponse(
            status: status,
            headers: ["content-type": "text/plain; charset=utf-8", "cache-control": "no-store"],
            body: Array(text.utf8))
    }

    fileprivate static func unkept(_ type: String) -> [String: String] {
        [
            "content-type": type, "cache-control": "no-store",
            "x-content-type-options": "nosniff",
        ]
    }
}

extension Problem {
    /// The problem as an answer.
    func response(_ headers: [String: String] = [:]) -> HTTPResponse {
        var all = HTTPResponse.unkept("application/problem+json").merging(headers) { _, own in own }
        if status == 401 { all["www-authenticate"] = "Bearer" }
        return HTTPResponse(status: status, headers: all, body: wire.bytes())
    }
}
