import CLinux
import Cryptography
import Glibc
import SQLiteDatabase

/// What a store's last run left in the file and beside it, to tell a restored copy from a restart.
///
/// Each opening draws a new mark and writes it into the database and into a file of its own. A copy
/// of the database alone, or one of an earlier run, does not fit the file. Its history is another
/// one from here on, so that cursors of the old one must not be taken for cursors of this.
struct RunMark {
    static let fileName = "run"
    private static let bytesCount = 16

    private let path: String

    init(in folder: PrivateFolder) throws(StoreRefusal) {
        do {
            path = try folder.file(Self.fileName)
        } catch {
            throw .opening(error)
        }
    }

    /// Draws the mark of this run, and a new epoch for a database that is not the last run's.
    ///
    /// A database from before there were marks keeps its epoch. The file is written last: what ends
    /// the program in between costs an epoch, and nothing else.
    func renew(
        in connection: SQLiteConnection, random: (Int) -> [UInt8]
    ) throws(StoreRefusal) {
        let mark = random(Self.bytesCount)
        let epoch = random(Self.bytesCount)
        let beside = text()
        do {
            try connection.transaction { () throws(SQLiteFailure) in
                let last = try connection.first("SELECT value FROM about WHERE name = 'run'") {
                    (row) throws(SQLiteFailure) in try row.blob(0)
                }
                if let last, Hexadecimal.encode(last) != beside {
                    try connection.changes(
                        "UPDATE about SET value = ?1 WHERE name = 'epoch'", [.blob(epoch)])
                }
                try connection.changes(
                    """
                    INSERT INTO about (name, value) VALUES ('run', ?1)
                    ON CONFLICT (name) DO UPDATE SET value = excluded.value
                    """, [.blob(mark)])
                return .keep(())
            }
        } catch {
            throw StoreRefusal(error)
        }
        try write(Hexadecimal.encode(mark))
    }

    /// What the file holds; what cannot be read fits no database.
    private func text() -> String {
        let descriptor = unsafe cs_open_at(AT_FDCWD, path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC, 0)
        guard descriptor >= 0 else { return "" }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: 2 * Self.bytesCount + 1)
        let count = unsafe Glibc.read(descriptor, &bytes, bytes.count)
        return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
    }

    private func write(_ text: String) throws(StoreRefusal) {
        let flags = O_WRONLY | O_TRUNC | O_NOFOLLOW | O_CLOEXEC
        let descriptor = unsafe cs_open_at(AT_FDCWD, path, flags, 0)
        guard descriptor >= 0 else { throw .system("\(path) cannot be written.") }
        defer { close(descriptor) }
        let bytes = Array(text.utf8)
        let written = unsafe Glibc.write(descriptor, bytes, bytes.count)
        guard written == bytes.count, fsync(descriptor) == 0 else {
            throw .system("\(path) cannot be written.")
        }
    }
}
