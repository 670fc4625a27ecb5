import WireAPI

extension HTTPResponse {
    /// The OpenAPI document.
    static let contract = HTTPResponse(
        status: 200, headers: ["content-type": "application/yaml"], body: [])
}
