/// A query with a name.
public struct SavedView: Hashable, Sendable {
    /// As it is chosen and shown.
    public let name: String
    /// What would be typed after `/`; it may say `sort:` and `by:` too.
    public let query: String

    /// Puts a view together; the query is read when it is opened.
    public init(name: String, query: String) {
        self.name = name
        self.query = query
    }

    /// The views that everybody has; one of the settings with the same name takes its place.
    public static let builtIn = [
        SavedView(name: "mine", query: "is:mine"),
        SavedView(name: "urgent", query: "left<5m"),
        SavedView(name: "high-risk", query: "risk>=high"),
        SavedView(name: "my-drafts", query: "is:draft or is:edited"),
    ]

    /// What is wrong with the query of a view; nil when nothing is.
    public static func problem(in query: String) -> String? {
        do throws(QueryProblem) {
            _ = try Query(parsing: query)
            return nil
        } catch {
            return error.text
        }
    }
}

/// The list from which a view is chosen; what is typed narrows it.
package struct ViewPicker: Sendable {
    package let views: [SavedView]
    package internal(set) var text = TextField(bytesMax: 100)
    /// Which of `matches` is highlighted.
    package internal(set) var choice = 0

    init(_ views: [SavedView]) { self.views = views }

    /// The views whose name or query holds what was typed.
    package var matches: [SavedView] {
        let typed = text.text.utf8.map(\.lowered)
        return views.filter {
            Array($0.name.utf8)[...].containsIgnoringCase(typed)
                || Array($0.query.utf8)[...].containsIgnoringCase(typed)
        }
    }

    mutating func move(by step: Int) {
        choice = min(max(0, choice + step), max(0, matches.count - 1))
    }
}
