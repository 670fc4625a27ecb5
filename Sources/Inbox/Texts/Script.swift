/// The scripts whose letters look like those of another one.
enum Script: String, Hashable, Sendable, CaseIterable {
    case latin = "Latin"
    case greek = "Greek"
    case cyrillic = "Cyrillic"
    case armenian = "Armenian"
    case cherokee = "Cherokee"
    case georgian = "Georgian"
    case coptic = "Coptic"
    case hebrew = "Hebrew"
    case arabic = "Arabic"
    /// Letters that Unicode has a second time, for formulas or in full width.
    case styled = "styled"

    /// The script of a letter; nil for what belongs to no script of this list.
    init?(_ scalar: Unicode.Scalar) {
        let value = scalar.value
        guard let range = Self.ranges.first(where: { $0.0.contains(value) }) else { return nil }
        guard scalar.properties.isAlphabetic else { return nil }
        self = range.1
    }

    private static let ranges: [(ClosedRange<UInt32>, Script)] = [
        (0x41...0x5A, .latin), (0x61...0x7A, .latin), (0xAA...0x2AF, .latin),
        (0x1D00...0x1D25, .latin), (0x1E00...0x1EFF, .latin), (0x2C60...0x2C7F, .latin),
        (0xA720...0xA7FF, .latin), (0xAB30...0xAB64, .latin), (0x370...0x3E1, .greek),
        (0x3F0...0x3FF, .greek), (0x1F00...0x1FFF, .greek), (0x400...0x52F, .cyrillic),
        (0x1C80...0x1C8F, .cyrillic), (0x2DE0...0x2DFF, .cyrillic), (0xA640...0xA69F, .cyrillic),
        (0x531...0x58F, .armenian), (0x13A0...0x13FF, .cherokee), (0xAB70...0xABBF, .cherokee),
        (0x10A0...0x10FF, .georgian), (0x1C90...0x1CBF, .georgian), (0x3E2...0x3EF, .coptic),
        (0x2C80...0x2CFF, .coptic), (0x5D0...0x5FF, .hebrew), (0x600...0x6FF, .arabic),
        (0x2100...0x214F, .styled), (0xFF21...0xFF3A, .styled), (0xFF41...0xFF5A, .styled),
        (0x1D400...0x1D7FF, .styled), (0x1F130...0x1F169, .styled),
    ]
}
