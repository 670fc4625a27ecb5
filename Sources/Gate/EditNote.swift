public import JSONTree

/// What a model is told of changed arguments, so that it does not send the original ones again.
public enum EditNote {
    /// The most characters of arguments that are repeated.
    private static let charactersMax = 4_000

    /// The note for these effective arguments.
    public static func text(_ arguments: JSONValue) -> String {
        let whole = arguments.text(.compact)
        let shown =
            whole.count <= charactersMax ? whole : whole.prefix(charactersMax) + " … (cut here)"
        return "A person changed the arguments before approving. This is what runs: \(shown). "
            + "Do not call the tool again with the original ones."
    }
}
