/// Whether the inbox offers its tour by itself.
public enum TourOffer: Hashable, Sendable {
    /// `:tour` starts it.
    case none
    /// A line offers it. What waits is real: the tour explains, and asks nobody to decide.
    case firstStart
    /// It is offered first of all. Nothing here is real, so everything may be tried.
    case demo
}
