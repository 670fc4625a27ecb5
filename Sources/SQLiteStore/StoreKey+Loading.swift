import CLinux
import Cryptography
import Glibc
import SQLiteDatabase

extension StoreKey {
    /// How many bytes of a key file or a command's output are looked at.
    private static let textBytesMax = 4_096

    /// Gets the key; the key file is made with a new store and never for an old one.
    static func load(
        _ source: StoreKeySource, in folder: PrivateFolder, isNew: Bool,
        random: () -> [UInt8]
    ) throws(StoreRefusal) -> StoreKey {
        switch source {
        case .text(let text):
            guard let key = StoreKey(text: text) else {
                throw .key("The given key is neither 64 hexadecimal digits nor base64 of 32 bytes.")
            }
            return key
        case .command(let command):
            guard let key = StoreKey(text: try output(of: command)) else {
                throw .key("The key command did not print a key of 32 bytes.")
            }
            return key
        case .file:
            return try loadFile(in: folder, isNew: isNew, random: random)
        }
    }

    private static func loadFile(
        in folder: PrivateFolder, isNew: Bool, random: () -> [UInt8]
    ) throws(StoreRefusal) -> StoreKey {
        guard isNew || folder.exists("key") else {
            throw .key("The key of \(folder.path) is missing; nothing in it can be read without.")
        }
        let path: String
        do {
            path = try folder.file("key")
        } catch {
            throw .opening(error)
        }
        let text = try read(path)
        if let key = StoreKey(text: text) { return key }
        guard isNew, text.isEmpty, let fresh = StoreKey(bytes: random()) else {
            throw .key("\(path) does not hold a key.")
        }
        try write(fresh.fileText, to: path)
        return fresh
    }

    private static func read(_ path: String) throws(StoreRefusal) -> String {
        let descriptor = unsafe cs_open_at(AT_FDCWD, path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC, 0)
        guard descriptor >= 0 else { throw .key("\(path) cannot be read.") }
        defer { close(descriptor) }
        return try read(descriptor)
    }

    private static func read(_ descriptor: Int32) throws(StoreRefusal) -> String {
        var all: [UInt8] = []
        var block = [UInt8](repeating: 0, count: textBytesMax)
        while all.count <= textBytesMax {
            let count = unsafe Glibc.read(descriptor, &block, block.count)
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { throw .key("The key cannot be read.") }
            if count == 0 { return String(decoding: all, as: UTF8.self) }
            all += block[..<count]
        }
        throw .key("What should be a key is longer than \(textBytesMax) bytes.")
    }

    /// Durable before anything is sealed with it: a lost key is a lost store.
    private static func write(_ text: String, to path: String) throws(StoreRefusal) {
        let descriptor = unsafe cs_open_at(AT_FDCWD, path, O_WRONLY | O_NOFOLLOW | O_CLOEXEC, 0)
        guard descriptor >= 0 else { throw .key("\(path) cannot be written.") }
        defer { close(descriptor) }
        let bytes = Array(text.utf8)
        let written = unsafe Glibc.write(descriptor, bytes, bytes.count)
        guard written == bytes.count, fsync(descriptor) == 0 else {
            throw .key("\(path) cannot be written.")
        }
    }

    /// What `/bin/sh -c command` prints; its standard error stays ours, for its questions.
    private static func output(of command: String) throws(StoreRefusal) -> String {
        guard let stream = unsafe popen(command, "re") else {
            throw .key("The key command cannot be started.")
        }
        let text: String
        do {
            text = try read(unsafe fileno(stream))
        } catch {
            unsafe pclose(stream)
            throw error
        }
        guard unsafe pclose(stream) == 0 else { throw .key("The key command failed.") }
        return text
    }
}
