public import TextGrid
public import Theming

/// What is known of the terminal without taking it over.
public struct TerminalFacts: Hashable, Sendable {
    /// The screen's size.
    public var size: GridSize
    /// How many colours would be used.
    public var depth: ColorDepth
    /// What can be drawn.
    public var repertoire: Repertoire

    /// Asks the environment, the kernel and the terminal database; throws when they offer no full
    /// screen.
    public static func read(_ color: ColorChoice) throws(TerminalFailure) -> TerminalFacts {
        try Capabilities.load()
        return TerminalFacts(
            size: Capabilities.screenSize(), depth: Capabilities.depth(color),
            repertoire: Capabilities.repertoire())
    }
}
