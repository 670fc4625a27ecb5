/// What the agent says about its call: its words, never facts.
public struct Context: Hashable, Sendable {
    /// One line for a list.
    public var summary: String?
    /// Why the agent wants to do it.
    public var reason: String?
    /// What would happen, as the agent foresees it.
    public var preview: String?
    /// Where to read more.
    public var links: [Link]

    /// A titled address; never opened by the inbox.
    public struct Link: Hashable, Sendable {
        public var title: String
        public var url: String

        /// Puts a link together.
        public init(title: String, url: String) {
            self.title = title
            self.url = url
        }
    }

    /// Puts a context together.
    public init(
        summary: String? = nil, reason: String? = nil, preview: String? = nil, links: [Link] = []
    ) {
        self.summary = summary
        self.reason = reason
        self.preview = preview
        self.links = links
    }
}

/// Where in the agent's world a call comes from.
public struct Origin: Hashable, Sendable {
    public var framework: String?
    public var runID: String?
    public var callID: String?
    public var sessionID: String?

    /// Puts an origin together.
    public init(
        framework: String? = nil, runID: String? = nil, callID: String? = nil,
        sessionID: String? = nil
    ) {
        self.framework = framework
        self.runID = runID
        self.callID = callID
        self.sessionID = sessionID
    }
}
