import Approvals
import ArgumentParser
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

            \(Session.precedence)

            \(ExitStatus.discussion)
            """)

    @OptionGroup var common: CommonOptions

    @Argument(help: "The address of the control plane.")
    var url: String

    @Option(name: .long, help: "A file that holds the token.")
    var tokenFile: String?

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
        try StoredLogin(url: address.text, token: token.secret, account: account).write(
            environment)
        if common.json { return Output.json(me.wire) }
        let name = SafeText(escaping: me.name) + " in " + SafeText(escaping: me.tenant.rawValue)
        Output.line("logged in as " + name)
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
