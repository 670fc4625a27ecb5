import Cryptography
import CurlTransport
import InboxCache
import JSONTree
import SystemClock

extension Session {
    /// How address and token are found, for the help pages.
    static let precedence = """
        The address is taken from COUNTERSIGN_URL, else from url in the settings, else from the \
        login. The token is taken from COUNTERSIGN_TOKEN, else from token_command in the \
        settings, else from the login; a login's token is only ever sent to the address of the \
        login. Certificates to trust instead of the system's come from COUNTERSIGN_CA_FILE, else \
        from ca_file in the settings.
        """

    /// The session of this run.
    static func current() throws(Complaint) -> Session {
        let environment = SystemEnvironment()
        return try find(environment, try Settings.read(environment))
    }

    /// The session that the environment, the settings and the login give, in this order.
    static func find(
        _ environment: SystemEnvironment, _ settings: Settings
    ) throws(Complaint) -> Session {
        let named = environment["COUNTERSIGN_URL"] ?? settings.connection.url
        if let token = environment["COUNTERSIGN_TOKEN"] {
            let url: String
            if let named { url = named } else { url = try StoredLogin.read(environment)?.url ?? "" }
            return try make(
                url, token, account: "token " + fingerprint(token), settings)
        }
        if !settings.connection.tokenCommand.isEmpty {
            let token = try TokenCommand(words: settings.connection.tokenCommand).run()
            let words = settings.connection.tokenCommand.joined(separator: "\u{0}")
            var session = try make(
                named ?? "", token, account: "command " + fingerprint(words), settings)
            session.source = .command(settings.connection.tokenCommand)
            return session
        }
        guard let login = try StoredLogin.read(environment) else { throw notLoggedIn }
        let url = named ?? login.url
        guard let asked = ServerAddress(url), asked == ServerAddress(login.url) else {
            throw Complaint(
                "You are logged in at \(login.url), but \(url) is asked for.",
                next: "Log in there with `countersign login \(url)`.", .notAllowed)
        }
        var session = try make(login.url, login.token, account: login.account, settings)
        session.source = .login(login.passphrase)
        return session
    }

    private static func make(
        _ url: String, _ token: String, account: String, _ settings: Settings
    ) throws(Complaint) -> Session {
        let address = try address(url, settings)
        guard let bearer = BearerToken(token) else {
            throw Complaint(
                "The token is empty or holds characters that no token has.",
                next: "Tokens begin with cs_; check where it comes from.", .notAllowed)
        }
        return Session(
            address: address, token: bearer, account: account,
            certificates: certificates(SystemEnvironment(), settings))
    }

    /// An address that a token may be sent to.
    static func address(_ url: String, _ settings: Settings) throws(Complaint) -> ServerAddress {
        guard !url.isEmpty else { throw notLoggedIn }
        guard let address = ServerAddress(url) else {
            throw Complaint(
                "\(url) is no address of a control plane.",
                next: "Addresses begin with https:// (or http:// on this machine).", .badSettings)
        }
        guard address.isEncrypted || address.isThisMachine || settings.connection.allowsPlainHTTP
        else {
            throw Complaint(
                "\(url) is not encrypted: the token could be read on the way.",
                next: "Use https://, or set plain_http = true in \(settings.path).", .badSettings)
        }
        return address
    }

    /// The certificates to trust, from COUNTERSIGN_CA_FILE or the settings; nil for the system's.
    static func certificates(_ environment: SystemEnvironment, _ settings: Settings) -> String? {
        environment["COUNTERSIGN_CA_FILE"] ?? settings.connection.certificates
    }

    /// The local copy of this account's queue.
    func cacheFolder(_ environment: SystemEnvironment) -> CacheFolder {
        CacheFolder(
            stateFolder: environment.stateFolder, server: address.text, account: account,
            keyPlaces: CacheFolder.keyPlaces(runtimeFolder: environment.runtimeFolder))
    }

    static let notLoggedIn = Complaint(
        "You are not logged in.",
        next: "Log in with `countersign login URL`, set COUNTERSIGN_URL and COUNTERSIGN_TOKEN, "
            + "or look around with `countersign demo`.", .notAllowed)

    /// Tells tokens apart without telling them.
    private static func fingerprint(_ text: String) -> String {
        String(SHA256.hash(Array(text.utf8)).hex.prefix(32))
    }
}
