import Glibc
import SystemClock

/// The temporary folder of one demo; it stays when the demo is over.
struct DemoFolder {
    let path: String

    var store: String { path + "/store" }
    var ledger: String { path + "/ledger.jsonl" }
    var log: String { path + "/countersignd.log" }

    /// A fresh folder that only this user can enter.
    static func make() throws(Complaint) -> DemoFolder {
        let parent = SystemEnvironment()["TMPDIR"] ?? "/tmp"
        var template = Array((parent + "/countersign-demo-XXXXXX").utf8CString)
        guard let made = mkdtemp(&template) else {
            throw Complaint(
                "No folder could be made in \(parent): \(systemSentence()).",
                next: "Set TMPDIR to a folder you can write to.", .failed)
        }
        return DemoFolder(path: String(cString: made))
    }

    /// Opens a file of the folder for appending, mode 0600.
    func appending(_ path: String) throws(Complaint) -> Int32 {
        let file = open(path, O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard file >= 0 else {
            throw Complaint("\(path) cannot be written: \(systemSentence()).", next: "", .failed)
        }
        return file
    }
}
