import TextGrid
import Theming

/// A terminal as far as frames use it: cells, a pen, a scroll region, and a wrap that waits.
///
/// A sequence it does not know is a failure: frames may use these and no others.
struct ScreenModel {
    struct Cell: Equatable {
        var text = " "
        var style = Style()

        /// Without what cannot be seen: the letters' colour and weight in a blank.
        var visible: Cell {
            let lines = style.attributes.intersection([.reverse, .underline])
            guard text == " ", lines.isEmpty else { return self }
            return Cell(style: Style(background: style.background))
        }
    }

    let columns: Int
    let rows: Int
    var cells: [Cell]
    var row = 0
    var column = 0
    var cursorIsShown = true
    var unknown: [String] = []
    private var style = Style()
    private var region: Range<Int>
    /// The cells of a wide character; 1 models a terminal that measures otherwise than we do.
    let wideColumns: Int

    init(columns: Int, rows: Int, wideColumns: Int = 2) {
        self.columns = columns
        self.rows = rows
        self.wideColumns = wideColumns
        cells = Array(repeating: Cell(text: "?"), count: columns * rows)
        region = 0..<rows
    }

    mutating func feed(_ bytes: [UInt8]) {
        var rest = Array(String(decoding: bytes, as: UTF8.self).unicodeScalars)[...]
        while let scalar = rest.popFirst() {
            switch scalar {
            case "\u{1B}": escape(&rest)
            case "\n": lineFeed()
            default: print(scalar)
            }
        }
    }

    private mutating func escape(_ rest: inout ArraySlice<Unicode.Scalar>) {
        guard rest.popFirst() == "[" else {
            reverseIndex()
            return
        }
        var parameters = ""
        while let scalar = rest.popFirst() {
            if (0x40...0x7E).contains(scalar.value) {
                run(Character(scalar), parameters)
                return
            }
            parameters.unicodeScalars.append(scalar)
        }
        unknown.append("[" + parameters)
    }

    private mutating func run(_ final: Character, _ parameters: String) {
        let numbers = parameters.split(separator: ";").compactMap { Int($0) }
        switch (final, parameters) {
        case ("H", _):
            row = min(rows, numbers.first ?? 1) - 1
            column = min(columns, numbers.count > 1 ? numbers[1] : 1) - 1
        case ("G", _): column = min(columns, numbers.first ?? 1) - 1
        case ("J", "2"): erase(0..<cells.count)
        case ("K", ""): erase(row * columns + min(column, columns - 1)..<(row + 1) * columns)
        case ("X", _):
            let start = row * columns + column
            erase(start..<min((row + 1) * columns, start + (numbers.first ?? 1)))
        case ("m", _): select(numbers[...])
        case ("r", ""): region = 0..<rows
        case ("r", _): region = numbers[0] - 1..<numbers[1]
        case ("h", "?25"): cursorIsShown = true
        case ("l", "?25"): cursorIsShown = false
        default: unknown.append("[\(parameters)\(final)")
        }
    }

    private mutating func erase(_ range: Range<Int>) {
        let blank = Cell(style: Style(background: style.background))
        for index in range { cells[index] = blank }
    }

    private mutating func print(_ scalar: Unicode.Scalar) {
        let width = Self.width(scalar) == 2 ? wideColumns : Self.width(scalar)
        if width == 0 {
            var base = max(0, row * columns + column - 1)
            if cells[base].text.isEmpty { base -= 1 }
            cells[base].text.unicodeScalars.append(scalar)
            return
        }
        guard column + width <= columns else {
            unknown.append("wrap at row \(row)")
            return
        }
        cells[row * columns + column] = Cell(text: String(scalar), style: style)
        if width == 2 { cells[row * columns + column + 1] = Cell(text: "", style: style) }
        column += width
    }

    private static func width(_ scalar: Unicode.Scalar) -> Int {
        switch scalar.value {
        case 0x300...0x36F, 0xFE0F: 0
        case 0x3000...0x9FFF, 0x1F300...0x1F9FF, 0x2705: 2
        default: 1
        }
    }

    private mutating func lineFeed() {
        guard row == region.upperBound - 1 else {
            row += 1
            return
        }
        cells.removeSubrange(region.lowerBound * columns..<(region.lowerBound + 1) * columns)
        let blank = Cell(style: Style(background: style.background))
        cells.insert(contentsOf: Array(repeating: blank, count: columns), at: row * columns)
    }

    private mutating func reverseIndex() {
        guard row == region.lowerBound else {
            row -= 1
            return
        }
        cells.removeSubrange((region.upperBound - 1) * columns..<region.upperBound * columns)
        let blank = Cell(style: Style(background: style.background))
        cells.insert(contentsOf: Array(repeating: blank, count: columns), at: row * columns)
    }

    private mutating func select(_ numbers: ArraySlice<Int>) {
        var rest = numbers
        if rest.isEmpty { style = Style() }
        while let number = rest.popFirst() {
            switch number {
            case 0: style = Style()
            case 1: style.attributes.insert(.bold)
            case 2: style.attributes.insert(.dim)
            case 3: style.attributes.insert(.italic)
            case 4: style.attributes.insert(.underline)
            case 7: style.attributes.insert(.reverse)
            case 30...37: style.foreground = .indexed(UInt8(number - 30))
            case 38: style.foreground = color(&rest)
            case 39: style.foreground = .standard
            case 40...47: style.background = .indexed(UInt8(number - 40))
            case 48: style.background = color(&rest)
            case 49: style.background = .standard
            case 90...97: style.foreground = .indexed(UInt8(number - 82))
            case 100...107: style.background = .indexed(UInt8(number - 92))
            default: unknown.append("SGR \(number)")
            }
        }
    }

    private mutating func color(_ rest: inout ArraySlice<Int>) -> Color {
        if rest.popFirst() == 5 { return .indexed(UInt8(rest.removeFirst())) }
        return .rgb(
            UInt8(rest.removeFirst()), UInt8(rest.removeFirst()), UInt8(rest.removeFirst()))
    }
}
