import WireAPI

extension HTTPRequest {
    /// The longest time from start to the last byte of the answer.
    func timeoutMilliseconds(_ options: TransportOptions) -> Int {
        min(max(0, waitSeconds), 3_600) * 1_000 + max(1, options.graceMilliseconds)
    }

    /// The header lines, in a fixed order; refuses what could be read as another request.
    func headerLines(_ token: BearerToken?) throws(TransportFailure) -> [String] {
        let isPath =
            target.hasPrefix("/") && !target.contains("#")
            && target.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
        guard isPath else {
            throw TransportFailure(.malformed, "The path of the request is wrong.", wasSent: false)
        }
        var lines: [String] = []
        for (name, value) in headers.sorted(by: { $0.key < $1.key }) {
            guard Self.isName(name), Self.isValue(value) else {
                let sentence = "A header of the request would end its line."
                throw TransportFailure(.malformed, sentence, wasSent: false)
            }
            lines.append("\(name): \(value)")
        }
        // A server that does not know "100 Continue" would cost a second.
        lines.append("Expect:")
        if let token { lines.append("Authorization: Bearer \(token.secret)") }
        return lines
    }

    private static func isName(_ text: String) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy { byte in
                (97...122).contains(byte) || (65...90).contains(byte) || (48...57).contains(byte)
                    || byte == UInt8(ascii: "-")
            }
    }

    private static func isValue(_ text: String) -> Bool {
        text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
    }
}
