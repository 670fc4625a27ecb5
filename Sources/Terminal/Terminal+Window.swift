extension Terminal {
    /// Sounds the bell.
    public func bell() { send("\u{07}") }

    /// Shows a short text in the window's title, where the options want it.
    public func showTitle(_ text: String) {
        guard options.setsTitle, text != title else { return }
        title = text
        send(WindowWords.title(text, in: dialect))
    }

    /// Shows a notice on the desktop, where the options want it and the terminal can.
    public func notify(_ text: String) {
        send(WindowWords.notice(text, by: options.notices, in: dialect))
    }

    /// A longer text is not sent to the clipboard: terminals refuse it.
    public static let clipboardBytesMax = 48 * 1_024

    /// Sends text to the clipboard of whoever sits in front of the window; false when this terminal
    /// has no way to it. That it arrived nobody can say.
    public func copy(_ text: String) -> Bool {
        guard text.utf8.count <= Self.clipboardBytesMax else { return false }
        return send(WindowWords.clipboard(text, in: dialect))
    }
}
