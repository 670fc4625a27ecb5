/// The sequences that carry words to the window, the desktop and the clipboard.
///
/// Words are of an allow-list, whoever wrote them; everything else in them is left out.
enum WindowWords {
    static let pushTitle = "\u{1B}[22;2t"
    static let popTitle = "\u{1B}[23;2t"
    /// Longer ones are cut.
    static let charactersMax = 120

    /// Names the window, or the pane of tmux.
    static func title(_ text: String, in dialect: Dialect) -> String? {
        dialect == .plain ? nil : "\u{1B}]2;\(allowed(text))\u{07}"
    }

    /// Shows a notice on the desktop.
    static func notice(
        _ text: String, by channel: NoticeChannel, in dialect: Dialect
    ) -> String? {
        switch channel {
        case .off: nil
        // A number in front would be another command of some terminals.
        case .osc9: dialect.envelope("\u{1B}]9;countersign: \(allowed(text))\u{07}")
        case .osc777: dialect.envelope("\u{1B}]777;notify;countersign;\(allowed(text))\u{07}")
        }
    }

    /// Puts text on the clipboard. Base64 holds nothing that a terminal could act on.
    static func clipboard(_ text: String, in dialect: Dialect) -> String? {
        let sequence = "\u{1B}]52;c;\(Base64.text(of: Array(text.utf8)))\u{07}"
        guard let enveloped = dialect.envelope(sequence) else { return nil }
        // tmux takes it for itself or hands it on, as it is set up; the same text twice is one.
        return dialect == .tmux ? sequence + enveloped : enveloped
    }

    static func allowed(_ text: String) -> String {
        let kept = text.unicodeScalars.lazy.filter { scalar in
            switch scalar {
            case "A"..."Z", "a"..."z", "0"..."9", " ", ".", "_", ":", "/", "(", ")", "-", ",": true
            default: false
            }
        }
        return String(String.UnicodeScalarView(kept.prefix(charactersMax)))
    }
}

/// Text of four characters for three bytes.
enum Base64 {
    static func text(of bytes: [UInt8]) -> String {
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
