import JSONTree
import SettingsFile
import SystemClock

/// What `countersign login` keeps: an address, its token, and whose they are.
struct StoredLogin: Sendable {
    var url: String
    var token: String
    /// The id of the member or agent; names the local copy of the queue.
    var account: String

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
        return StoredLogin(url: url, token: token, account: account)
    }

    /// Keeps it, mode 0600, in place of an earlier one.
    func write(_ environment: SystemEnvironment) throws(Complaint) {
        let value = JSONValue.object([
            "url": .string(url), "token": .string(token), "account": .string(account),
        ])
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
