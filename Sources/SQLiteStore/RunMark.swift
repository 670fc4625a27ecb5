import CLinux
import Cryptography
import Glibc
import SQLiteDatabase

/// What a store's last run left in the file and beside it, to tell a restored copy from a restart.
///
/// Each opening draws a new mark and writes it into a file of its own and into the database, which
/// also learns which file that is and when it was written: its number and the instant of its last
/// change, which no copy takes along. A copy of the database alone, one of an earlier run, and one
/// of the whole folder do not fit. Its history is another one from here on, so that cursors of the
/// old one must not be taken for cursors of this. An image of the whole disk cannot be told.
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
    /// A database from before there were marks keeps its epoch. The file is written first: what
    /// ends the program in between costs an epoch, and nothing else.
    func renew(
        in connection: SQLiteConnection, random: (Int) -> [UInt8]
    ) throws(StoreRefusal) {
        let mark = random(Self.bytesCount)
        let epoch = random(Self.bytesCount)
        let (beside, place) = (text(), place())
        try write(Hexadecimal.encode(mark))
        let newPlace = Array(self.place().utf8)
        do {
            try connection.transaction { () throws(SQLiteFailure) in
                let last = try Self.known("run", connection).map { Hexadecimal.encode($0) }
                let lastPlace = try Self.known("run_place", connection)
                    .map { String(decoding: $0, as: UTF8.self) }
                if last ?? beside != beside || lastPlace ?? place != place {
                    try connection.changes(
                        "UPDATE about SET value = ?1 WHERE name = 'epoch'", [.blob(epoch)])
                }
                for (name, value) in [("run", mark), ("run_place", newPlace)] {
                    try connection.changes(
                        """
                        INSERT INTO about (name, value) VALUES (?1, ?2)
                        ON CONFLICT (name) DO UPDATE SET value = excluded.value
                        """, [.text(name), .blob(value)])
                }
                return .keep(())
            }
        } catch {
            throw StoreRefusal(error)
        }
    }

    private static func known(
        _ name: String, _ connection: SQLiteConnection
    ) throws(SQLiteFailure) -> [UInt8]? {
        try connection.first("SELECT value FROM about WHERE name = ?1", [.text(name)]) {
            (row) throws(SQLiteFailure) in try row.blob(0)
        }
    }

    /// Which file it is, and when it was changed last; nobody can set that instant.
    private func place() -> String {
        var facts = stat()
        guard unsafe lstat(path, &facts) == 0 else { return "" }
        return "\(facts.st_ino) \(facts.st_ctim.tv_sec).\(facts.st_ctim.tv_nsec)"
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
