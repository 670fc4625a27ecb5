/// How large a document may be before it is refused.
public struct JSONLimits: Hashable, Sendable {
    /// The most bytes of a whole document.
    public let bytesMax: Int
    /// The most arrays and objects around one value, its own brackets included.
    public let depthMax: Int

    /// No limits may allow more than this depth, because values are walked recursively.
    public static let depthCeiling = 512
    /// What holds where nothing else is said: 1 MiB and a depth of 64.
    public static let standard = JSONLimits()

    /// Makes limits; a depth beyond `depthCeiling` is taken as `depthCeiling`.
    public init(bytesMax: Int = 1 << 20, depthMax: Int = 64) {
        self.bytesMax = bytesMax
        self.depthMax = min(depthMax, Self.depthCeiling)
    }
}
