/// Bytes as RFC 4648 base64 with padding, read strictly: every text is the only one for its bytes.
public enum Base64 {
    private static let plus = UInt8(ascii: "+")
    private static let slash = UInt8(ascii: "/")
    private static let dash = UInt8(ascii: "-")
    private static let underscore = UInt8(ascii: "_")

    /// Four characters for three bytes, the last four padded.
    public static func encode(_ bytes: [UInt8]) -> String {
        var text = Base64URL.encode(bytes).utf8.map { character in
            character == dash ? plus : character == underscore ? slash : character
        }
        while !text.count.isMultiple(of: 4) { text.append(UInt8(ascii: "=")) }
        return String(decoding: text, as: UTF8.self)
    }

    /// The bytes; nil unless `encode` gives exactly this text for them.
    public static func decode(_ text: some StringProtocol) -> [UInt8]? {
        let bytes = Array(text.utf8)
        let padding = bytes.reversed().prefix { $0 == UInt8(ascii: "=") }.count
        guard bytes.count.isMultiple(of: 4), padding < 3 else { return nil }
        let body = bytes.dropLast(padding)
        guard !body.contains(where: { $0 == dash || $0 == underscore }) else { return nil }
        let other = body.map { character in
            character == plus ? dash : character == slash ? underscore : character
        }
        return Base64URL.decode(String(decoding: other, as: UTF8.self))
    }
}
