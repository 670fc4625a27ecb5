import Glibc
public import TextGrid

/// A frame kept in a file beside the test that draws it.
///
/// `UPDATE_GOLDENS=1` writes the files; read the difference before it is committed.
public enum Golden {
    /// What differs between `grid` and the file `Goldens/<name>.txt`, or nil.
    ///
    /// Write `#expect(Golden.difference(grid, "queue-80x24") == nil)`: a failure then shows the
    /// rows that differ.
    public static func difference(
        _ grid: Grid, _ name: String, roles: Bool = true, beside file: String = #filePath
    ) -> String? {
        difference(text: text(of: grid, roles: roles), "\(name).txt", beside: file)
    }

    /// What differs between `text` and the file `Goldens/<name>`, or nil.
    public static func difference(
        text: String, _ name: String, beside file: String = #filePath
    ) -> String? {
        let folder = file.split(separator: "/").dropLast().reduce("") { $0 + "/" + $1 }
        if isUpdating { mkdir("\(folder)/Goldens", 0o755) }
        return difference(text: text, at: "Goldens/\(name)", beside: file)
    }

    /// What differs between `text` and a file named from the folder of the test, or nil.
    ///
    /// For generated documents, which live elsewhere.
    public static func difference(
        text: String, at relativePath: String, beside file: String = #filePath
    ) -> String? {
        let folder = file.split(separator: "/").dropLast().reduce("") { $0 + "/" + $1 }
        let path = "\(folder)/\(relativePath)"
        if isUpdating { return write(text, to: path) ? nil : "cannot write \(path)" }
        guard let kept = read(path) else {
            return "there is no \(path); UPDATE_GOLDENS=1 makes it\n\(text)"
        }
        return differences(kept, text).map { "\(path) differs (- kept, + now):\n\($0)" }
    }

    /// True when golden files are to be written instead of compared.
    public static var isUpdating: Bool { getenv("UPDATE_GOLDENS") != nil }

    /// The grid as a golden file holds it: a bar stands before and behind every row.
    public static func text(of grid: Grid, roles: Bool = true) -> String {
        let cursor = grid.cursor.map { "row \($0.row) column \($0.column)" } ?? "hidden"
        var lines = ["\(grid.size.columns)x\(grid.size.rows), cursor \(cursor)"]
        lines += grid.text.map { $0.isEmpty ? "|" : "|" + $0 + "|" }
        if roles {
            lines.append("roles")
            lines += grid.roleMap.map { $0.isEmpty ? "|" : "|" + $0 + "|" }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func differences(_ kept: String, _ drawn: String) -> String? {
        // Bytes, not characters: two spellings of one letter are two frames.
        guard !kept.utf8.elementsEqual(drawn.utf8) else { return nil }
        let old = kept.split(separator: "\n", omittingEmptySubsequences: false)
        let new = drawn.split(separator: "\n", omittingEmptySubsequences: false)
        var lines: [String] = []
        for index in 0..<max(old.count, new.count) {
            let before = index < old.count ? old[index] : nil
            let after = index < new.count ? new[index] : nil
            if let before, let after, before.utf8.elementsEqual(after.utf8) { continue }
            if let before { lines.append("\(index + 1) - \(before)") }
            if let after { lines.append("\(index + 1) + \(after)") }
        }
        return lines.joined(separator: "\n")
    }

    private static func read(_ path: String) -> String? {
        guard let file = fopen(path, "r") else { return nil }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 4096)
        while case let count = fread(&chunk, 1, chunk.count, file), count > 0 {
            bytes += chunk.prefix(count)
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func write(_ text: String, to path: String) -> Bool {
        guard let file = fopen(path, "w") else { return false }
        let bytes = Array(text.utf8)
        let isWhole = fwrite(bytes, 1, bytes.count, file) == bytes.count
        return fclose(file) == 0 && isWhole
    }
}
