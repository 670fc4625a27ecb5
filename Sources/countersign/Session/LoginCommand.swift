import Approvals
import ArgumentParser
import Cryptography
import CurlTransport
import Glibc
import SystemClock
import TextGrid
import WireAPI

/// `countersign login`.
struct LoginCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "login", abstract: "Store the address and the token of a control plane.",
        discussion: """
            The token is asked for without being shown, or read from standard input, or from a \
            file; it is never taken from the command line, where others could see it. It is tried \
            out, then kept in a file that only you can read.

              countersign login https://approvals.acme.test
              pass show countersign | countersign login https://approvals.acme.test

            A passphrase is asked for twice and kept as a slow hash beside the token. It guards a \
            locked inbox against whoever sits at the keyboard, not the file against its reader.

            \(Session.precedence)

            \(ExitStatus.ordinary)
            """)

    @OptionGroup var common: CommonOptions

    @Argument(help: "The address of the control plane.")
    var url: String

    @Option(name: .long, help: "A file that holds the token.")
    var tokenFile: String?

    @Flag(name: .long, help: "Also ask for a passphrase, which then unlocks a locked inbox.")
    var passphrase = false

    func run() throws {
        let environment = SystemEnvironment()
        let settings = try Settings.read(environment)
        let address = try Session.address(url, settings)
        guard let token = BearerToken(try readToken()) else {
            throw Complaint(
                "That is no token.", next: "Tokens begin with cs_ and have no spaces.", .badInput)
        }
        let session = Session(
            address: address, token: token, account: "",
            certificates: Session.certificates(environment, settings))
        let me: MeAnswer = try session.client().get(.me)
        let account = "\(me.tenant)/\(me.id)"
        try Self.forgetOther(environment, than: address.text, account)
        var login = StoredLogin(url: address.text, token: token.secret, account: account)
        if passphrase { login.passphrase = try Self.newPassphrase() }
        try login.write(environment)
        if common.json { return Output.json(me.wire) }
        let name = SafeText(escaping: me.name) + " in " + SafeText(escaping: me.tenant.rawValue)
        Output.line("logged in as " + name)
    }

    /// Fewer characters are guessed too soon.
    private static let passphraseMin = 8

    /// Asks for a passphrase twice; only a hash of it is kept.
    private static func newPassphrase() throws(Complaint) -> PassphraseHash {
        let first = Prompt.secret("New passphrase: ") ?? ""
        guard first.unicodeScalars.count >= passphraseMin else {
            throw Complaint(
                "A passphrase has at least \(passphraseMin) characters.",
                next: "Take a longer one.",
                .badInput)
        }
        guard let again = Prompt.secret("Once more: "), again.utf8.elementsEqual(first.utf8) else {
            throw Complaint("The two are not the same.", next: "Try again.", .badInput)
        }
        let salt = SystemEntropy().bytes(PassphraseHash.saltBytesCount)
        guard let hash = PassphraseHash(of: first, salt: salt) else {
            throw Complaint(
                "There is no memory to protect the passphrase.", next: "Try again.", .failed)
        }
        return hash
    }

    private func readToken() throws(Complaint) -> String {
        if let tokenFile {
            let bytes = try InputFile.bytes(tokenFile)
            return String(decoding: bytes.prefix { $0 != 10 && $0 != 13 }, as: UTF8.self)
        }
        return Prompt.secret("Token: ") ?? ""
    }

    /// Another account's local copy does not outlive its login.
    private static func forgetOther(
        _ environment: SystemEnvironment, than url: String, _ account: String
    ) throws(Complaint) {
        guard let before = try StoredLogin.read(environment) else { return }
        guard before.url != url || before.account != account else { return }
        try LogoutCommand.wipeCopy(of: before, environment)
    }
}
