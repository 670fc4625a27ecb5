import CNcurses
import TextGrid
import Theming

/// Puts cells of a grid on the screen of ncurses.
///
/// It owns the one buffer of cells; ncurses copies from it at once.
final class Painter {
    private struct Look {
        var attributes: attr_t
        var pair: Int32
    }

    private var looks: [Look] = []
    private var row: [cchar_t] = []

    /// Registers the colours of every role; start ncurses first.
    init(theme: Theme, depth: ColorDepth) {
        if depth != .mono {
            start_color()
            use_default_colors()
        }
        var pairs: [Style: Int32] = [:]
        for role in Role.allCases {
            let style = theme.style(for: role, at: depth)
            let colors = Style(foreground: style.foreground, background: style.background)
            let pair = pairs[colors] ?? Self.register(colors, as: Int32(pairs.count + 1))
            pairs[colors] = pair
            looks.append(Look(attributes: Self.attributes(style.attributes), pair: pair))
        }
    }

    /// Draws the cells of a patch.
    func paint(_ patch: Patch, of grid: Grid) {
        row.removeAll(keepingCapacity: true)
        for column in patch.columns {
            let cell = grid.cell(row: patch.row, column: column)
            guard cell.columns > 0 else { continue }
            append(cell, of: grid)
        }
        guard !row.isEmpty else { return }
        _ = unsafe cs_put_row(
            Int32(patch.row), Int32(patch.columns.lowerBound), row, Int32(row.count))
    }

    private func append(_ cell: Cell, of grid: Grid) {
        let look = looks[Int(cell.role.rawValue)]
        if let scalar = cell.scalar, scalar.isASCII {
            row.append(Self.cell(wchar_t(scalar.value), look))
            return
        }
        let scalars = grid.scalars(of: cell)
        guard let base = scalars.first,
            wcwidth(wchar_t(base.value)) == Int32(cell.columns)
        else {
            // This C library does not know the character as we do; it must not shift the row.
            for _ in 0..<cell.columns {
                row.append(Self.cell(0x23, looks[Int(Role.escaped.rawValue)]))
            }
            return
        }
        row.append(Self.cell(scalars, look))
    }

    private static func cell(_ character: wchar_t, _ look: Look) -> cchar_t {
        var cell = cchar_t()
        let text: (wchar_t, wchar_t) = (character, 0)
        _ = unsafe withUnsafeBytes(of: text) { bytes in
            unsafe cs_setcell(
                &cell, bytes.baseAddress?.assumingMemoryBound(to: wchar_t.self), look.attributes,
                look.pair)
        }
        return cell
    }

    private static func cell(_ scalars: [Unicode.Scalar], _ look: Look) -> cchar_t {
        var cell = cchar_t()
        let text = scalars.prefix(Int(CCHARW_MAX)).map { wchar_t($0.value) } + [0]
        _ = unsafe cs_setcell(&cell, text, look.attributes, look.pair)
        return cell
    }

    private static func register(_ colors: Style, as pair: Int32) -> Int32 {
        guard colors != Style() else { return 0 }
        let status = init_extended_pair(
            pair, number(of: colors.foreground), number(of: colors.background))
        return status == OK ? pair : 0
    }

    /// The number of a colour as ncurses takes it; -1 is the terminal's own.
    private static func number(of color: Color) -> Int32 {
        switch color {
        case .standard: -1
        case .indexed(let index): Int32(index)
        case .rgb(let red, let green, let blue):
            // A direct-colour terminal takes numbers below 8 for the old colours.
            max(8, Int32(red) << 16 | Int32(green) << 8 | Int32(blue))
        }
    }

    private static func attributes(_ attributes: Style.Attributes) -> attr_t {
        var value = CS_A_NORMAL
        if attributes.contains(.bold) { value |= CS_A_BOLD }
        if attributes.contains(.dim) { value |= CS_A_DIM }
        if attributes.contains(.italic) { value |= CS_A_ITALIC }
        if attributes.contains(.underline) { value |= CS_A_UNDERLINE }
        if attributes.contains(.reverse) { value |= CS_A_REVERSE }
        return value
    }
}
