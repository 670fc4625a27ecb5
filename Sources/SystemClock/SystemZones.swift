import Glibc
public import ZoneTime

/// The system's zone database, read file by file when a zone is asked for.
public struct SystemZones: Sendable {
    /// Where the files are.
    public let folder: String
    /// The version that the database says it has; empty when it says none.
    public let version: String

    /// Names the folder; on Debian and most others the default is right.
    public init(folder: String = "/usr/share/zoneinfo") {
        self.folder = folder
        version = Self.version(in: folder)
    }

    /// The zone of that name; nil when there is none.
    ///
    /// Throws for a file that is there and cannot be followed.
    public func zone(_ name: String) throws(ZoneRefusal) -> Zone? {
        guard ZoneTable.isWellFormed(name) else { return nil }
        guard let bytes = smallFile(folder + "/" + name, bytesMax: Self.fileBytesMax) else {
            return nil
        }
        return try Zone(name: name, version: version, file: bytes)
    }

    /// Every zone that the database names; one whose file cannot be followed is left out.
    public var all: ZoneTable {
        var table = ZoneTable()
        let index = smallFile(folder + "/tzdata.zi", bytesMax: Self.indexBytesMax) ?? []
        for line in index.split(separator: 10) where line.first == 90 || line.first == 76 {
            let words = line.split(separator: 32, maxSplits: 3)
            guard words.count >= 3 else { continue }
            // `Z NAME …` begins a zone, `L TARGET NAME` gives one another name.
            let name = String(decoding: line.first == 90 ? words[1] : words[2], as: UTF8.self)
            do {
                if let zone = try zone(name) { table.insert(zone) }
            } catch {
                continue
            }
        }
        return table
    }

    /// The index has about 110 kB.
    static let indexBytesMax = 1_048_576

    /// The zone that this machine shows its own clock in: `$TZ`, else the link at
    /// `/etc/localtime`; UTC when neither names one.
    public var localName: String {
        if let set = SystemEnvironment()["TZ"] {
            let name = set.hasPrefix(":") ? String(set.dropFirst()) : set
            if ZoneTable.isWellFormed(name) { return name }
        }
        var buffer = [UInt8](repeating: 0, count: 1_024)
        let length = unsafe buffer.withUnsafeMutableBytes { bytes in
            guard let start = bytes.baseAddress else { return 0 }
            return unsafe readlink("/etc/localtime", start, bytes.count)
        }
        guard length > 0 else { return "UTC" }
        let path = String(decoding: buffer.prefix(length), as: UTF8.self)
        guard let mark = path.range(ofFolder: "zoneinfo/") else { return "UTC" }
        let name = String(path[mark...])
        return ZoneTable.isWellFormed(name) ? name : "UTC"
    }

    /// The biggest zone file is about 3 kB.
    static let fileBytesMax = 65_536

    /// `tzdata.zi` begins with `# version 2025b`.
    private static func version(in folder: String) -> String {
        guard let head = smallFile(folder + "/tzdata.zi", bytesMax: 64) else { return "" }
        let line = head.prefix { $0 != 10 }
        let words = line.split(separator: 32)
        guard words.count == 3, words[1].elementsEqual("version".utf8) else { return "" }
        return String(decoding: words[2], as: UTF8.self)
    }
}

extension String {
    /// Where what follows the last `folder` begins.
    fileprivate func range(ofFolder folder: String) -> Index? {
        var place = startIndex
        var found: Index?
        while place < endIndex {
            if self[place...].hasPrefix(folder) { found = index(place, offsetBy: folder.count) }
            place = index(after: place)
        }
        return found
    }
}
