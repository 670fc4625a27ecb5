import CLinux
import Cryptography
import Glibc
import SQLiteDatabase

extension StoreKey {
    /// How many bytes of a key file or a command's output are looked at.
    private static let textBytesMax = 4_096

    /// Gets the key; the key file is made with a new store and never for an old one.
    static func load(
        _ source: StoreKeySource, in folder: PrivateFolder, file: KeyFile, isNew: Bool,
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
            return try load(file, in: folder, isNew: isNew, random: random)
        }
    }

    private static func load(
        _ file: KeyFile, in folder: PrivateFolder, isNew: Bool, random: () -> [UInt8]
    ) throws(StoreRefusal) -> StoreKey {
        guard isNew || folder.exists(file.rawValue) else {
            throw .key("\(folder.path)/\(file.rawValue) is missing; \(file.loss)")
        }
        let path: String
        do {
            path = try folder.file(file.rawValue)
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

/// The files beside the database that hold a key.
enum KeyFile: String {
    /// What everything confidential is sealed with.
    case sealing = "key"
    /// What signs the checkpoints of the logs.
    case log = "log-key"
    /// What signs them next, while the key is changed.
    case nextLog = "log-key.next"
    /// What signed them before and still signs beside the one in use.
    case formerLog = "log-key.former"

    /// What is not possible without it.
    fileprivate var loss: String {
        switch self {
        case .sealing: "nothing in the store can be read without."
        case .log, .nextLog, .formerLog:
            "without it nobody could tell the audit logs of this store from forged ones."
        }
    }
}
