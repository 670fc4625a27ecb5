import CurlTransport
import SystemClock

/// The URL of a server, and the token that it wants; never the token of the control plane.
struct UpstreamURL {
    let address: ServerAddress
    /// The path, with the query.
    let target: String
    let token: BearerToken?

    /// True when `--upstream` names a URL and no command line.
    static func isURL(_ text: String) -> Bool {
        ["http://", "https://"].contains { text.lowercased().hasPrefix($0) }
    }

    /// Takes a URL apart; `tokenVariable` names the variable of the environment with the token.
    init(_ text: String, tokenVariable: String?) throws(Complaint) {
        let scheme = text.lowercased().hasPrefix("https://") ? 8 : 7
        let authority = text.dropFirst(scheme).prefix { $0 != "/" && $0 != "?" }
        let rest = text.dropFirst(scheme + authority.count)
        guard let address = ServerAddress(String(text.prefix(scheme) + authority)) else {
            throw Complaint(
                "--upstream is no URL of a server.",
                next: "Give https://HOST/PATH, without a name or a password in it.", .usage)
        }
        guard address.isEncrypted || address.isThisMachine else {
            throw Complaint(
                "\(address) is not encrypted: calls and their answers could be read on the way.",
                next: "Use https://, or a server on this machine.", .usage)
        }
        self.address = address
        target = rest.hasPrefix("/") ? String(rest) : "/" + rest
        guard let tokenVariable else {
            token = nil
            return
        }
        guard let text = SystemEnvironment()[tokenVariable], let token = BearerToken(text) else {
            throw Complaint(
                "\(tokenVariable) holds no token for the server behind.",
                next: "Set it, or leave out --upstream-token-from.", .badSettings)
        }
        self.token = token
    }
}
