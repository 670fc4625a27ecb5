import Glibc

/// A file that everybody may read, such as a page of a manual.
public enum PlainFile {
    /// Writes a whole file, and makes the folders around it that are missing; false when it cannot
    /// be written.
    public static func write(_ path: String, _ bytes: [UInt8]) -> Bool {
        var folder = ""
        for part in path.split(separator: "/", omittingEmptySubsequences: false).dropLast() {
            folder += part + "/"
            // What is there already stays as it is.
            _ = unsafe mkdir(folder, 0o755)
        }
        let file = unsafe fopen(path, "we")
        guard let file = unsafe file else { return false }
        let written = unsafe bytes.withUnsafeBytes { buffer in
            unsafe fwrite(buffer.baseAddress, 1, buffer.count, file)
        }
        return unsafe fclose(file) == 0 && written == bytes.count
    }
}
