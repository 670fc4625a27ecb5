import Approvals

/// What people, agents and labels may be called.
enum Naming {
    /// An e-mail in the one spelling that is stored: ASCII letters in lower case.
    static func email(_ text: String, _ field: String) throws(CommandFailure) -> String {
        let bytes = Array(text.utf8)
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard (3...Limits.emailBytesMax).contains(bytes.count), parts.count == 2,
            parts.allSatisfy({ !$0.isEmpty }), bytes.allSatisfy({ (0x21...0x7e).contains($0) })
        else {
            throw .field(
                field, "must be an e-mail address: visible ASCII characters around one \"@\"")
        }
        return lowercased(text)
    }

    /// ASCII letters in lower case; everything else as it is.
    static func lowercased(_ text: String) -> String {
        let bytes = text.utf8.map { (0x41...0x5a).contains($0) ? $0 + 0x20 : $0 }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// A name that people read: some bytes, none of them a control character.
    static func label(
        _ text: String, _ field: String, bytesMax: Int
    ) throws(CommandFailure) -> String {
        let isVisible = text.unicodeScalars.allSatisfy {
            $0.properties.generalCategory != .control && $0.properties.generalCategory != .format
        }
        guard (1...bytesMax).contains(text.utf8.count), isVisible, !text.isBlank else {
            throw .field(field, "must have 1 to \(bytesMax) bytes and no control characters")
        }
        return text
    }
}
