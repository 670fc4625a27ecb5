import Glibc

/// Text for the terminal's clipboard (OSC 52), which only ever leaves on a person's key press.
enum Clipboard {
    /// Terminals refuse longer ones.
    static let bytesMax = 48 * 1_024

    /// Sends the text; false when it is too long.
    static func put(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard bytes.count <= bytesMax else { return false }
        // Base64 holds nothing that a terminal could act on.
        let sequence = Array("\u{1B}]52;c;\(base64(bytes))\u{07}".utf8)
        var rest = sequence[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(STDOUT_FILENO, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }

    static func base64(_ bytes: [UInt8]) -> String {
        let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        var out: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            let number = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
            for place in 0..<4 {
                let isFilled = place <= group.count
                out.append(isFilled ? digits[number >> (18 - 6 * place) & 63] : UInt8(ascii: "="))
            }
        }
        return String(decoding: out, as: UTF8.self)
    }
}
