import CLinux
import Glibc

/// Tells when one of some files was written, without ever looking by itself.
///
/// Their folders are watched, because editors put a new file in the place of the old one. A link is
/// followed, too. A file that vanishes tells nothing: it is about to be written again.
public final class FileWatch {
    /// The files, as they were named.
    public let paths: [String]
    /// What to wait for in `poll(2)`, for reading; nil when nothing can be watched.
    public let descriptor: Int32?
    private var names: Set<String> = []

    /// Watches these files from now on; one in a folder that is not there is left out.
    public init(_ paths: [String]) {
        self.paths = paths
        let descriptor = inotify_init1(Int32(IN_NONBLOCK | IN_CLOEXEC))
        var isWatching = false
        for place in Set(paths + paths.compactMap(Self.target)) {
            guard descriptor >= 0 else { break }
            let slash = place.lastIndex(of: "/")
            let folder = slash.map { place[..<$0].isEmpty ? "/" : String(place[..<$0]) } ?? "."
            let mask = UInt32(IN_CLOSE_WRITE) | UInt32(IN_MOVED_TO) | UInt32(IN_ONLYDIR)
            guard unsafe inotify_add_watch(descriptor, folder, mask) >= 0 else { continue }
            isWatching = true
            names.insert(slash.map { String(place[place.index(after: $0)...]) } ?? place)
        }
        if !isWatching, descriptor >= 0 { Glibc.close(descriptor) }
        self.descriptor = isWatching ? descriptor : nil
    }

    deinit {
        if let descriptor { Glibc.close(descriptor) }
    }

    /// True when one of the files was written since the last call.
    public func wasWritten() -> Bool {
        guard let descriptor else { return false }
        var wasWritten = false
        var bytes = [UInt8](repeating: 0, count: 4_096)
        while true {
            let count = unsafe bytes.withUnsafeMutableBytes { buffer in
                unsafe Glibc.read(descriptor, buffer.baseAddress, buffer.count)
            }
            guard count > 0 else { return wasWritten }
            if holdsOurs(bytes[..<count]) { wasWritten = true }
        }
    }

    /// An event is 16 bytes, the last four the length of the name that follows, padded with zeros.
    private func holdsOurs(_ bytes: ArraySlice<UInt8>) -> Bool {
        var rest = bytes
        while rest.count >= 16 {
            let length = rest.dropFirst(12).prefix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
            let name = rest.dropFirst(16).prefix(length).prefix { $0 != 0 }
            if names.contains(String(decoding: name, as: UTF8.self)) { return true }
            rest = rest.dropFirst(16 + length)
        }
        return false
    }

    /// Where a link leads to in the end.
    private static func target(of path: String) -> String? {
        guard let found = unsafe realpath(path, nil) else { return nil }
        defer { unsafe free(found) }
        return unsafe String(cString: found)
    }
}
