public import JSONTree

/// The manual of a program, made from what its argument parser says of itself.
///
/// The parser's description is the JSON of `--experimental-dump-help`. A help text is taken apart:
/// its indented lines are examples, and what follows `EXIT STATUS` is that section.
public struct Manual: Sendable {
    /// What the parser does not know.
    public struct Facts: Sendable {
        /// The version of the program.
        public let version: String
        /// The section of the manual: 1 for commands, 8 for what an administrator runs.
        public let section: Int
        /// Variables of the environment and what they do.
        public let environment: [(name: String, help: String)]
        /// Files and what they are.
        public let files: [(name: String, help: String)]
        /// Other pages.
        public let seeAlso: [String]

        /// Puts facts together.
        public init(
            version: String, section: Int, environment: [(name: String, help: String)],
            files: [(name: String, help: String)], seeAlso: [String]
        ) {
            self.version = version
            self.section = section
            self.environment = environment
            self.files = files
            self.seeAlso = seeAlso
        }
    }

    /// One page.
    public struct Page: Hashable, Sendable {
        /// `countersign-list`.
        public let name: String
        /// `countersign-list.1`.
        public let fileName: String
        /// The page in the macros of man(7).
        public let text: String
    }

    /// Every page, the program's own first.
    public let pages: [Page]

    /// The pages of a program; nil when the description is none.
    public init?(dump: JSONValue, facts: Facts) {
        guard let command = dump["command"] else { return nil }
        pages = Self.pages(of: command, below: [], parent: nil, facts)
    }

    private static func pages(
        of command: JSONValue, below names: [String], parent: String?, _ facts: Facts
    ) -> [Page] {
        guard let name = command["commandName"]?.stringValue, name != "help",
            command["shouldDisplay"]?.boolValue != false
        else { return [] }
        let words = names + [name]
        let writer = PageWriter(command: command, words: words, parent: parent, facts: facts)
        let page = Page(
            name: writer.name, fileName: "\(writer.name).\(facts.section)", text: writer.text)
        let below = command["subcommands"]?.arrayValue ?? []
        return [page] + below.flatMap { pages(of: $0, below: words, parent: writer.name, facts) }
    }
}
