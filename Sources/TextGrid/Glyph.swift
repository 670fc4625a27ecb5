/// Every character of our own that is not ASCII, each with its ASCII twin.
public enum Glyph: Character, CaseIterable, Hashable, Sendable {
    /// Points at the focused row.
    case pointer = "▸"
    /// A node that can be opened is open.
    case opened = "▾"
    /// Something was cut off here.
    case ellipsis = "…"
    /// A filled dot: on, connected.
    case dot = "●"
    /// A hollow dot: off, offline.
    case ring = "○"
    /// Separates facts in one line.
    case middot = "·"
    /// A hidden value.
    case shade = "▒"
    /// From old to new.
    case arrow = "→"
    /// More above.
    case up = "↑"
    /// More below.
    case down = "↓"
    /// A row chosen for a bulk action, or a thing done.
    case check = "✓"
    /// A thing refused.
    case cross = "✗"
    /// Opens words that are not ours.
    case quoteOpen = "“"
    /// Closes words that are not ours.
    case quoteClose = "”"
    /// At most.
    case atMost = "≤"
    /// At least.
    case atLeast = "≥"
    /// A horizontal line.
    case horizontal = "─"
    /// A vertical line.
    case vertical = "│"
    /// The upper left corner of a box.
    case cornerTopLeft = "┌"
    /// The upper right corner of a box.
    case cornerTopRight = "┐"
    /// The lower left corner of a box.
    case cornerBottomLeft = "└"
    /// The lower right corner of a box.
    case cornerBottomRight = "┘"
    /// A vertical line that starts at a horizontal one.
    case teeDown = "┬"
    /// A vertical line that ends at a horizontal one.
    case teeUp = "┴"
    /// A horizontal line that starts at a vertical one.
    case teeRight = "├"
    /// A horizontal line that ends at a vertical one.
    case teeLeft = "┤"
    /// Two lines that cross.
    case crossing = "┼"
    /// One eighth of a bar.
    case bar1 = "▁"
    /// Two eighths of a bar.
    case bar2 = "▂"
    /// Three eighths of a bar.
    case bar3 = "▃"
    /// Half a bar.
    case bar4 = "▄"
    /// Five eighths of a bar.
    case bar5 = "▅"
    /// Six eighths of a bar.
    case bar6 = "▆"
    /// Seven eighths of a bar.
    case bar7 = "▇"
    /// A full bar.
    case bar8 = "█"

    /// What a terminal that knows only ASCII gets instead, one cell wide too.
    public var ascii: Character {
        switch self {
        case .pointer, .arrow: ">"
        case .opened, .down: "v"
        case .ellipsis: "~"
        case .dot: "*"
        case .ring: "o"
        case .middot: "."
        case .shade, .bar8, .bar7: "#"
        case .up: "^"
        case .check: "+"
        case .cross: "x"
        case .quoteOpen, .quoteClose: "\""
        case .atMost: "<"
        case .atLeast: ">"
        case .horizontal, .bar4, .bar3: "-"
        case .vertical: "|"
        case .cornerTopLeft, .cornerTopRight, .cornerBottomLeft, .cornerBottomRight, .teeDown,
            .teeUp, .teeRight, .teeLeft, .crossing:
            "+"
        case .bar1, .bar2: "_"
        case .bar5, .bar6: "="
        }
    }

    /// What stands in its place where a program reads the screen aloud; nil for the glyph itself.
    var spoken: Unicode.Scalar? {
        switch self {
        case .ellipsis, .quoteOpen, .quoteClose: nil
        case .middot: ","
        case .arrow: ">"
        case .check: "+"
        case .cross: "x"
        case .atMost: "<"
        case .atLeast: ">"
        case .pointer, .opened, .dot, .ring, .shade, .up, .down, .horizontal, .vertical,
            .cornerTopLeft, .cornerTopRight, .cornerBottomLeft, .cornerBottomRight, .teeDown,
            .teeUp, .teeRight, .teeLeft, .crossing, .bar1, .bar2, .bar3, .bar4, .bar5, .bar6,
            .bar7, .bar8:
            " "
        }
    }

    /// The bar for `value` of `0...1`, in eighths; outside it is clamped.
    public static func bar(_ value: Double) -> Glyph {
        let bars: [Glyph] = [.bar1, .bar2, .bar3, .bar4, .bar5, .bar6, .bar7, .bar8]
        let clamped = value.isNaN ? 0 : min(max(value, 0), 1)
        return bars[min(7, Int(clamped * 8))]
    }
}
