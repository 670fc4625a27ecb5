/// How much one rule may take before it is refused or stopped.
public struct LogicLimits: Hashable, Sendable {
    /// The most rules around one rule, itself included.
    public let depthMax: Int
    /// The most parts of one program, its definitions written out.
    public let partsMax: Int
    /// The most steps of one evaluation.
    public let operationsMax: Int
    /// The most bytes and elements that one evaluation may make.
    public let producedMax: Int

    /// No limits may allow more than this depth, because rules are walked recursively.
    public static let depthCeiling = 64
    /// The most arrays and objects around one value of the data; what lies deeper is not read.
    public static let dataDepthMax = 128
    /// No other limit may be larger, so that counting cannot overflow.
    private static let ceiling = 1 << 28
    /// What holds where nothing else is said.
    public static let standard = LogicLimits()

    /// Makes limits; a depth beyond `depthCeiling` is taken as `depthCeiling`.
    public init(
        depthMax: Int = 64, partsMax: Int = 20_000, operationsMax: Int = 100_000,
        producedMax: Int = 1 << 20
    ) {
        self.depthMax = min(depthMax, Self.depthCeiling)
        self.partsMax = min(partsMax, Self.ceiling)
        self.operationsMax = min(operationsMax, Self.ceiling)
        self.producedMax = min(producedMax, Self.ceiling)
    }
}
