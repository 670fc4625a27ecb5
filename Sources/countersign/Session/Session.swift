import Cryptography
import CurlTransport

/// A control plane, and the token to speak to it with.
struct Session: Sendable {
    let address: ServerAddress
    var token: BearerToken
    /// Names the account where no network may be asked: the login's member, or where the token
    /// came from. It never holds the token.
    let account: String
    /// A file with the certificates to trust instead of the system's.
    var certificates: String?
    /// Where the token came from, and comes from again when it is needed again.
    var source: Source = .environment

    /// Where a token comes from.
    enum Source: Sendable {
        case environment
        case command([String])
        case login(PassphraseHash?)
    }

    /// What every request has in common.
    var options: TransportOptions { TransportOptions(trustedCertificates: certificates) }

    /// A client that waits for its answers.
    func client() -> ControlPlaneClient { ControlPlaneClient(self) }

    /// A transport that answers later, for programs that wait for more than one thing.
    func transport() throws(Complaint) -> CurlTransport {
        guard let transport = CurlTransport(to: address, token: token, options: options) else {
            throw Complaint(
                "No more files can be opened.", next: "Raise the limit (ulimit -n).", .failed)
        }
        return transport
    }
}
