import Cryptography
import JSONTree
import SettingsFile
import SystemClock

/// What `countersign login` keeps: an address, its token, and whose they are.
struct StoredLogin: Sendable {
    var url: String
    var token: String
    /// The id of the member or agent; names the local copy of the queue.
    var account: String
    /// What unlocks the inbox, when the person chose a passphrase.
    var passphrase: PassphraseHash?

    /// Where it is kept; not among the settings, which people share and publish.
    static func path(_ environment: SystemEnvironment) -> String {
        environment.stateFolder + "/login.json"
    }

    /// The stored login; nil when there is none.
    static func read(_ environment: SystemEnvironment) throws(Complaint) -> StoredLogin? {
        let path = path(environment)
        let bytes: [UInt8]
        do {
            bytes = try SecretFile.read(path)
        } catch .absent {
            return nil
        } catch {
            throw unusable(path, error.sentence)
        }
        let value: JSONValue
        do {
            value = try JSONValue(parsing: bytes)
        } catch {
            throw unusable(path, "it is not JSON")
        }
        guard
            let url = value["url"]?.stringValue, let token = value["token"]?.stringValue,
            let account = value["account"]?.stringValue
        else { throw unusable(path, "something is missing in it") }
        var login = StoredLogin(url: url, token: token, account: account)
        if let text = value["passphrase"] {
            // What cannot be checked is not taken for no passphrase.
            guard let hash = text.stringValue.flatMap({ PassphraseHash(text: $0) }) else {
                throw unusable(path, "its passphrase cannot be read")
            }
            login.passphrase = hash
        }
        return login
    }

    /// Keeps it, mode 0600, in place of an earlier one.
    func write(_ environment: SystemEnvironment) throws(Complaint) {
        var members: [(String, JSONValue)] = [
            ("url", .string(url)), ("token", .string(token)), ("account", .string(account)),
        ]
        if let passphrase { members.append(("passphrase", .string(passphrase.text))) }
        let value = JSONValue.object(JSONObject(members))
        let path = Self.path(environment)
        do {
            try SecretFile.write(path, Array((value.text(.compact) + "\n").utf8))
        } catch {
            throw Self.unusable(path, error.sentence)
        }
    }

    /// Forgets it.
    static func remove(_ environment: SystemEnvironment) throws(Complaint) {
        let path = path(environment)
        do {
            try SecretFile.remove(path)
        } catch {
            throw unusable(path, error.sentence)
        }
    }

    private static func unusable(_ path: String, _ why: String) -> Complaint {
        Complaint(
            "The stored login cannot be used: \(path): \(why).",
            next: "Remove the file, or correct its owner and mode, and log in again.",
            .badSettings)
    }
}
