/// One cell of a grid: a glyph, or the right half of a wide one, and a role.
public struct Cell: Hashable, Sendable {
    /// A scalar, or with the top bit set an index into the grid's clusters.
    let glyph: UInt32
    /// What it means.
    public let role: Role
    /// 1, or 2 for the left half of a wide glyph, or 0 for its right half.
    public let columns: UInt8

    static let clusterBit: UInt32 = 1 << 31

    init(glyph: UInt32, role: Role, columns: UInt8) {
        self.glyph = glyph
        self.role = role
        self.columns = columns
    }

    init(_ scalar: Unicode.Scalar, _ role: Role) {
        self.init(glyph: scalar.value, role: role, columns: 1)
    }

    /// An empty cell.
    static func blank(_ role: Role) -> Cell { Cell(glyph: 0x20, role: role, columns: 1) }

    /// The right half of a wide glyph.
    static func rightHalf(_ role: Role) -> Cell { Cell(glyph: 0, role: role, columns: 0) }

    /// True when the glyph is more than one scalar.
    public var isCluster: Bool { glyph & Self.clusterBit != 0 }

    /// The glyph when it is a single scalar; nil for clusters and right halves.
    public var scalar: Unicode.Scalar? {
        isCluster || columns == 0 ? nil : Unicode.Scalar(glyph)
    }
}
