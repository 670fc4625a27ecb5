import TextGrid
import Theming

/// Writes the sequences that change how the next characters look.
///
/// They are those of ECMA-48, which every terminal has that we accept, with the colours of xterm.
struct Pen {
    private let looks: [Style]
    /// The background of a blank in each look; nil where it has lines or is reversed.
    private let blanks: [Color?]
    private var changes: [[UInt8]?]
    /// The look of what is written next, an index into `looks`; the last one is the plain look.
    private var current: Int

    /// A pen for a terminal that was just reset.
    init(theme: Theme, depth: ColorDepth) {
        looks = Role.allCases.map { theme.style(for: $0, at: depth) } + [Style()]
        blanks = looks.map { look in
            look.attributes.isDisjoint(with: [.reverse, .underline]) ? look.background : nil
        }
        changes = Array(repeating: nil, count: looks.count * looks.count)
        current = looks.count - 1
    }

    /// Changes to the look of `role`.
    mutating func take(_ role: Role, _ bytes: inout [UInt8]) {
        change(to: Int(role.rawValue), &bytes)
    }

    /// Changes to a look in which a blank looks like one of `role`.
    mutating func takeForBlank(_ role: Role, _ bytes: inout [UInt8]) {
        let wanted = blanks[Int(role.rawValue)]
        if wanted == nil || wanted != blanks[current] { change(to: Int(role.rawValue), &bytes) }
    }

    /// True when blanks of both roles look the same.
    func blanksMatch(_ one: Role, _ other: Role) -> Bool {
        guard one != other else { return true }
        let background = blanks[Int(one.rawValue)]
        return background != nil && background == blanks[Int(other.rawValue)]
    }

    /// Changes to the look of a terminal that was just reset.
    mutating func takePlain(_ bytes: inout [UInt8]) {
        change(to: looks.count - 1, &bytes)
    }

    /// The terminal was reset by something else.
    mutating func wasReset() { current = looks.count - 1 }

    /// True when a cell that was erased with the plain look is a blank of this role.
    func isPlain(_ role: Role) -> Bool { looks[Int(role.rawValue)] == Style() }

    /// True when erasing draws the blanks of this role, on a terminal that erases with the
    /// background colour or without.
    func canErase(_ role: Role, keepsBackground: Bool) -> Bool {
        guard let background = blanks[Int(role.rawValue)] else { return false }
        return background == .standard || keepsBackground
    }

    private mutating func change(to next: Int, _ bytes: inout [UInt8]) {
        guard next != current else { return }
        guard looks[next] != looks[current] else {
            current = next
            return
        }
        let index = current * looks.count + next
        let sequence = changes[index] ?? Self.sequence(from: looks[current], to: looks[next])
        changes[index] = sequence
        bytes += sequence
        current = next
    }

    /// The shorter of adding to the old look and starting from none.
    static func sequence(from old: Style, to new: Style) -> [UInt8] {
        guard new != Style() else { return Array("\u{1B}[m".utf8) }
        var best = "0" + parameters(from: Style(), to: new)
        if old.attributes.isSubset(of: new.attributes) {
            let added = String(parameters(from: old, to: new).dropFirst())
            if added.utf8.count < best.utf8.count { best = added }
        }
        return Array("\u{1B}[\(best)m".utf8)
    }

    /// `;1;31` and so on; `old` has no attribute that `new` has not.
    private static func parameters(from old: Style, to new: Style) -> String {
        var text = ""
        let added = new.attributes.subtracting(old.attributes)
        if added.contains(.bold) { text += ";1" }
        if added.contains(.dim) { text += ";2" }
        if added.contains(.italic) { text += ";3" }
        if added.contains(.underline) { text += ";4" }
        if added.contains(.reverse) { text += ";7" }
        if old.foreground != new.foreground { text += color(new.foreground, 30) }
        if old.background != new.background { text += color(new.background, 40) }
        return text
    }

    private static func color(_ color: Color, _ first: Int) -> String {
        switch color {
        case .standard: ";\(first + 9)"
        case .indexed(let index) where index < 8: ";\(first + Int(index))"
        case .indexed(let index) where index < 16: ";\(first + 52 + Int(index))"
        case .indexed(let index): ";\(first + 8);5;\(index)"
        case .rgb(let red, let green, let blue): ";\(first + 8);2;\(red);\(green);\(blue)"
        }
    }
}
