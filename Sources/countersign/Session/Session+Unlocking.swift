import Cryptography
import CurlTransport
import Inbox
import InboxShell
import SystemClock

extension Session {
    /// What a locked inbox asks for.
    var unlocking: InboxSettings.Unlocking {
        switch source {
        case .environment: .token
        case .command(let words): .command(words.first ?? "")
        case .login(let passphrase): passphrase == nil ? .token : .passphrase
        }
    }

    /// Reads the token of this session again, from where it came.
    func tokens(_ environment: SystemEnvironment) -> TokenSource {
        let needsTerminal = if case .command = source { true } else { false }
        return TokenSource(needsTerminal: needsTerminal) { passphrase in
            do throws(TokenRefusal) {
                return .success(try reading(try freshToken(environment, passphrase)))
            } catch {
                return .failure(error)
            }
        }
    }

    private func freshToken(
        _ environment: SystemEnvironment, _ passphrase: String?
    ) throws(TokenRefusal) -> String {
        do throws(Complaint) {
            switch source {
            case .environment: return token.secret
            case .command(let words): return try TokenCommand(words: words).run()
            case .login(let known):
                guard let login = try StoredLogin.read(environment) else {
                    throw Self.notLoggedIn
                }
                // The passphrase of the start counts as well: a new one cannot be set from aside.
                for hash in [known, login.passphrase].compactMap(\.self) {
                    guard let passphrase else { break }
                    guard hash.matches(passphrase) else {
                        throw Complaint("That is not the passphrase.", next: "", .badInput)
                    }
                }
                guard login.account == account, ServerAddress(login.url) == address else {
                    throw Complaint(
                        "The stored login is another one now: leave, and start again.", next: "",
                        .badSettings)
                }
                return login.token
            }
        } catch {
            throw TokenRefusal(error.sentence, isWrong: isWrong(error))
        }
    }

    /// A wrong passphrase is wrong, and so is a program that gives no token: it asked somebody.
    private func isWrong(_ complaint: Complaint) -> Bool {
        switch source {
        case .command: true
        case .environment, .login: complaint.status == .badInput
        }
    }

    private func reading(_ text: String) throws(TokenRefusal) -> TokenSource.Reading {
        guard let fresh = BearerToken(text) else {
            throw TokenRefusal("What was read is no token.", isWrong: true)
        }
        guard fresh != token else { return .same }
        var session = self
        session.token = fresh
        do {
            return .other(try session.transport())
        } catch {
            throw TokenRefusal(error.sentence, isWrong: false)
        }
    }
}
