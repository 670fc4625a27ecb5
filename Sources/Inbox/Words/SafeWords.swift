import TextGrid

/// Names from outside inside of our own sentences.
package enum SafeWords {
    /// A name, cut to a length at which it cannot push the sentence off the screen.
    ///
    /// It is made safe again where it is drawn; here only its length is judged.
    package static func name(_ text: String, columnsMax: Int = 32) -> String {
        let safe = SafeText(escaping: text)
        guard safe.columns > columnsMax else { return text }
        var kept = ""
        var columns = 0
        for character in text {
            columns += SafeText(escaping: String(character)).columns
            guard columns < columnsMax else { break }
            kept.append(character)
        }
        return kept + "~"
    }
}
