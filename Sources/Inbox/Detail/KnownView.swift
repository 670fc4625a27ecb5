package import Approvals
package import Cryptography
package import JSONTree
package import WireAPI

/// A view of an approval, and the digest of what is displayed of it.
package struct KnownView: Hashable, Sendable {
    package let view: ApproverView
    /// Computed here, from what the screen shows; never copied from the server's answer.
    package let digest: Digest?
    /// Why nothing of it may be decided, although the server sent it.
    package let trouble: String?
    /// The hidden values by place.
    package let handles: [JSONPointer: Handle]
    /// How many single values the arguments have.
    package let valueCount: Int
    /// What is to be said about texts that may not be what they look like.
    package let notes: [JSONPointer: [String]]
    /// True when it came from the server in this run, not from the local copy.
    package let isFresh: Bool

    package init(_ view: ApproverView, isFresh: Bool) {
        self.view = view
        self.isFresh = isFresh
        handles = view.redacted.handles
        valueCount = Self.count(view.arguments)
        notes = TextNotes(view.arguments).notes
        let digest = Self.digest(of: view)
        self.digest = digest
        trouble =
            if digest == nil {
                "What is shown has no digest, so it cannot be decided here."
            } else if digest != view.displayedDigest {
                "The server's digest is not that of what is shown here: do not decide; refresh."
            } else if handles.count != view.redacted.count {
                "The server names hidden values in a way that cannot be shown; refresh."
            } else {
                nil
            }
    }

    /// The digest over the tool, the arguments and the agent's words as they are on the screen.
    private static func digest(of view: ApproverView) -> Digest? {
        guard let tool = ToolName(view.tool) else { return nil }
        let words = view.context
        let context = Context(
            summary: words.summary, reason: words.reason, preview: words.preview,
            links: words.links.map { Context.Link(title: $0.title, url: $0.url) })
        do {
            return try Digest.displayed(tool: tool, arguments: view.arguments, context: context)
        } catch {
            return nil
        }
    }

    /// Single values, empty containers and masks each count once.
    private static func count(_ value: JSONValue) -> Int {
        switch value {
        case .null, .bool, .number, .string: 1
        case .array(let elements):
            elements.isEmpty ? 1 : elements.reduce(0) { $0 + count($1) }
        case .object(let object):
            object.isEmpty || Redaction.isMask(value)
                ? 1 : object.members.reduce(0) { $0 + count($1.value) }
        }
    }
}

extension Redaction {
    /// True for what stands in the place of a hidden value.
    static func isMask(_ value: JSONValue) -> Bool {
        guard let object = value.objectValue, object[marker]?.stringValue != nil else {
            return false
        }
        return object.count == 1 || object.count == 2 && shownText(in: value) != nil
    }

    /// What may be read in the place of a value that the scanner hid.
    static func shownText(in mask: JSONValue) -> String? {
        mask.objectValue?[shownName]?.stringValue
    }
}

/// The views that are known, of the approvals that were looked at last.
package struct ViewShelf: Sendable {
    private var views: [ApprovalID: KnownView] = [:]
    private var recent: [ApprovalID] = []

    /// How many views are kept in memory.
    static let viewsMax = 64

    package init() {}

    package subscript(id: ApprovalID) -> KnownView? { views[id] }

    /// Keeps a view, and forgets the one that nobody looked at for the longest time.
    mutating func put(_ view: KnownView) {
        let id = view.view.id
        recent.removeAll { $0 == id }
        recent.append(id)
        views[id] = view
        if recent.count > Self.viewsMax { views[recent.removeFirst()] = nil }
    }

    /// Forgets a view.
    mutating func remove(_ id: ApprovalID) {
        views[id] = nil
        recent.removeAll { $0 == id }
    }

    mutating func removeAll() { self = ViewShelf() }
}
