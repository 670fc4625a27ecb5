import Glibc
import SQLiteDatabase

/// A folder for one test; it is removed with everything in it when the test is over.
final class Scratch: Sendable {
    let path: String

    init() throws {
        var template = Array("/tmp/countersign-test-XXXXXX".utf8CString)
        let made = mkdtemp(&template).map { String(cString: $0) }
        guard let made else { throw ScratchFailure.cannotCreate }
        path = made
    }

    /// The private folder in it.
    func folder() throws(OpeningRefusal) -> PrivateFolder {
        try PrivateFolder(creating: path + "/store")
    }

    /// A migrated database in that folder.
    func database(
        _ migrations: [SQLiteMigration] = [.sample], options: SQLiteOptions = SQLiteOptions()
    ) throws -> SQLiteConnection {
        let file = try folder().databaseFile("test.db")
        let connection = try SQLiteConnection(path: file, options: options)
        try connection.migrate(migrations, path: file)
        return connection
    }

    deinit {
        removeTree(path)
    }
}

enum ScratchFailure: Error {
    case cannotCreate
}

/// The permission bits of a path, or nil when it is not there.
func mode(of path: String) -> UInt32? {
    var facts = stat()
    return lstat(path, &facts) == 0 ? facts.st_mode & 0o7777 : nil
}

/// Every byte of a file.
func bytes(of path: String) -> [UInt8] {
    guard let file = fopen(path, "r") else { return [] }
    defer { fclose(file) }
    var all: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 65_536)
    while true {
        let count = fread(&block, 1, block.count, file)
        if count == 0 { return all }
        all += block[..<count]
    }
}

/// Writes a file; for planting what a store must notice.
func write(_ text: String, to path: String, mode: mode_t = 0o600) {
    writeBytes(Array(text.utf8), to: path, mode: mode)
}

/// Writes a file.
func writeBytes(_ bytes: [UInt8], to path: String, mode: mode_t = 0o600) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC, mode)
    _ = Glibc.write(descriptor, bytes, bytes.count)
    close(descriptor)
}

/// The names in a folder.
func names(in folder: String) -> [String] {
    guard let stream = opendir(folder) else { return [] }
    defer { closedir(stream) }
    var found: [String] = []
    while let entry = readdir(stream) {
        let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
            pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        }
        if name != "." && name != ".." { found.append(name) }
    }
    return found.sorted()
}

private func removeTree(_ path: String) {
    for name in names(in: path) where unlink(path + "/" + name) != 0 {
        removeTree(path + "/" + name)
    }
    rmdir(path)
}

extension SQLiteMigration {
    static let sample = SQLiteMigration(
        version: 1, purpose: "a table",
        sql: "CREATE TABLE note (id INTEGER PRIMARY KEY, body TEXT NOT NULL UNIQUE) STRICT")
}
