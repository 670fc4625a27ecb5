import CLinux
import Glibc

/// The first `bytesMax` bytes of a file, or nil when it cannot be read.
func smallFile(_ path: String, bytesMax: Int) -> [UInt8]? {
    let descriptor = unsafe cs_open_at(AT_FDCWD, path, O_RDONLY | O_CLOEXEC, 0)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: bytesMax)
    var filled = 0
    while filled < bytesMax {
        let count = unsafe bytes.withUnsafeMutableBytes { buffer in
            unsafe read(descriptor, buffer.baseAddress?.advanced(by: filled), bytesMax - filled)
        }
        if count < 0 {
            guard errno == EINTR else { return nil }
            continue
        }
        guard count > 0 else { break }
        filled += count
    }
    return Array(bytes.prefix(filled))
}
