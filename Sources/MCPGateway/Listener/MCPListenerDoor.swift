import Cryptography
import WireAPI

/// Who may talk to a listener, and where.
public struct MCPListenerDoor: Sendable {
    /// The path of the one endpoint.
    public static let path = "/mcp"

    private let token: String?
    private let origins: Set<String>

    /// Lets in whoever has the token, or everybody without one. Web pages are let in from the
    /// named origins alone, such as `https://chat.example`, and from pages of this machine.
    public init(token: String?, origins: Set<String> = []) {
        self.token = token
        self.origins = origins
    }

    /// Why a request is not taken; nil when it is.
    func refusal(of request: MCPClientRequest) -> HTTPResponse? {
        if let origin = request.headers["origin"], !isWelcome(origin) {
            return MCPListener.refused(403, "Pages of \(origin.prefix(100)) may not talk to it.")
        }
        guard isKnown(request.headers["authorization"]) else {
            var answer = MCPListener.refused(401, "The token of the listener is missing or wrong.")
            answer.headers["www-authenticate"] = "Bearer"
            return answer
        }
        let path = request.target.prefix { $0 != "?" }
        guard path.utf8.elementsEqual(Self.path.utf8) else {
            return MCPListener.refused(404, "The endpoint is \(Self.path).")
        }
        return nil
    }

    private func isKnown(_ header: String?) -> Bool {
        guard let token else { return true }
        guard let header, header.lowercased().hasPrefix("bearer ") else { return false }
        return constantTimeEquals(Array(header.utf8.dropFirst(7)), Array(token.utf8))
    }

    /// A page that the browser loaded from elsewhere could reach a listener on this machine.
    private func isWelcome(_ origin: String) -> Bool {
        if origins.contains(origin) { return true }
        let parts = origin.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0] == "http:" || parts[0] == "https:", parts[1].isEmpty else {
            return false
        }
        let host = parts[2]
        return ["localhost", "127.0.0.1", "[::1]"].contains { name in
            host == name || host.hasPrefix(name + ":")
        }
    }
}
