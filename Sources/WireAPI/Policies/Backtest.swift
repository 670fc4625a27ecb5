public import JSONTree

/// A policy that is to be tried on the calls that were stored.
public struct BacktestBody: WireValue, Hashable {
    /// The document as JSON; it need not be published.
    public var document: JSONValue
    /// How far back: `P30D`; 30 days when it is left out.
    public var since: String?
    /// The `next` of the page before.
    public var cursor: String?

    /// Puts the value together.
    public init(document: JSONValue, since: String? = nil, cursor: String? = nil) {
        self.document = document
        self.since = since
        self.cursor = cursor
    }

    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        var reader = try ObjectReader(wire, at: path)
        document = try reader.required("document")
        since = try reader.optional("since")
        cursor = try reader.optional("cursor")
        try reader.finish()
    }

    public var wire: JSONValue {
        var writer = ObjectWriter()
        writer.write("document", document)
        writer.write("since", since)
        writer.write("cursor", cursor)
        return writer.value
    }
}

/// What a policy would have done to a page of stored calls; the sums of all pages are the whole.
public struct BacktestPage: WireValue, Hashable {
    /// How many calls were judged again.
    public var replayed: Int
    /// How many could not be: what the policies saw was erased, or cannot be read.
    public var notReplayable: Int
    /// How many are none of this policy's: neither it nor its versions speak about the tool.
    public var unconcerned: Int
    /// How many of the replayed calls it has no answer to.
    public var errors: Int
    /// What was in force against what it says.
    public var matrix: AgreementMatrix
    /// How many calls it is stricter about.
    public var stricter: Int
    /// How many calls it is laxer about.
    public var laxer: Int
    /// What it says against what people decided.
    public var people: AgreementWithPeople
    /// How many calls each group was asked about, and would have been.
    public var groups: [GroupLoad]
    /// Calls that it judges otherwise: laxer ones first; not more than 50 a page.
    public var changed: [PolicyCaseView]
    /// How many stored calls there are to look at, on all pages together.
    public var total: Int
    /// The cursor of the next page; nil on the last one.
    public var next: String?

    /// Puts the value together.
    public init(
        replayed: Int, notReplayable: Int, unconcerned: Int, errors: Int,
        matrix: AgreementMatrix, stricter: Int, laxer: Int, people: AgreementWithPeople,
        groups: [GroupLoad], changed: [PolicyCaseView], total: Int, next: String?
    ) {
        self.replayed = replayed
        self.notReplayable = notReplayable
        self.unconcerned = unconcerned
        self.errors = errors
        self.matrix = matrix
        self.stricter = stricter
        self.laxer = laxer
        self.people = people
        self.groups = groups
        self.changed = changed
        self.total = total
        self.next = next
    }

    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        var reader = try ObjectReader(wire, at: path)
        replayed = try reader.required("replayed")
        notReplayable = try reader.required("not_replayable")
        unconcerned = try reader.required("unconcerned")
        errors = try reader.required("errors")
        matrix = try reader.required("matrix")
        stricter = try reader.required("stricter")
        laxer = try reader.required("laxer")
        people = try reader.required("people")
        groups = try reader.list("groups")
        changed = try reader.list("changed")
        total = try reader.required("total")
        next = try reader.optional("next")
    }

    public var wire: JSONValue {
        var writer = ObjectWriter()
        writer.write("replayed", replayed)
        writer.write("not_replayable", notReplayable)
        writer.write("unconcerned", unconcerned)
        writer.write("errors", errors)
        writer.write("matrix", matrix)
        writer.write("stricter", stricter)
        writer.write("laxer", laxer)
        writer.write("people", people)
        writer.write("groups", groups)
        writer.write("changed", changed)
        writer.write("total", total)
        writer.write("next", orNull: next)
        return writer.value
    }
}

/// How often a group was asked, and would have been.
public struct GroupLoad: WireValue, Hashable {
    /// The group's name.
    public var group: String
    /// How many of the calls it was asked about.
    public var before: Int
    /// How many of the calls it would have been asked about.
    public var after: Int

    /// Puts the value together.
    public init(group: String, before: Int = 0, after: Int = 0) {
        self.group = group
        self.before = before
        self.after = after
    }

    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        var reader = try ObjectReader(wire, at: path)
        group = try reader.required("group")
        before = try reader.required("before")
        after = try reader.required("after")
    }

    public var wire: JSONValue {
        var writer = ObjectWriter()
        writer.write("group", group)
        writer.write("before", before)
        writer.write("after", after)
        return writer.value
    }
}
