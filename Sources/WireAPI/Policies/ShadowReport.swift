public import Approvals
public import JSONTree

/// How a version would have decided, beside what happened.
public struct ShadowReport: WireValue, Hashable {
    /// The policy's name.
    public var policy: String
    /// Which version.
    public var version: Int
    /// Calls submitted since then are counted.
    public var since: Timestamp
    /// How many calls it was asked about as a shadow.
    public var samples: Int
    /// How many of them it had no answer to.
    public var errors: Int
    /// What was in force against what it said.
    public var matrix: AgreementMatrix
    /// What it said against what people decided.
    public var people: AgreementWithPeople
    /// How many calls it would have been stricter about.
    public var stricter: Int
    /// How many calls it would have been laxer about.
    public var laxer: Int
    /// How many of those nobody has looked at yet.
    public var laxerUnreviewed: Int
    /// The calls that it judges otherwise: laxer ones first, then the newest; not more than 200.
    public var cases: [PolicyCaseView]

    /// Puts the value together.
    public init(
        policy: String, version: Int, since: Timestamp, samples: Int, errors: Int,
        matrix: AgreementMatrix, people: AgreementWithPeople, stricter: Int, laxer: Int,
        laxerUnreviewed: Int, cases: [PolicyCaseView]
    ) {
        self.policy = policy
        self.version = version
        self.since = since
        self.samples = samples
        self.errors = errors
        self.matrix = matrix
        self.people = people
        self.stricter = stricter
        self.laxer = laxer
        self.laxerUnreviewed = laxerUnreviewed
        self.cases = cases
    }

    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        var reader = try ObjectReader(wire, at: path)
        policy = try reader.required("policy")
        version = try reader.required("version")
        since = try reader.required("since")
        samples = try reader.required("samples")
        errors = try reader.required("errors")
        matrix = try reader.required("matrix")
        people = try reader.required("people")
        stricter = try reader.required("stricter")
        laxer = try reader.required("laxer")
        laxerUnreviewed = try reader.required("laxer_unreviewed")
        cases = try reader.list("cases")
    }

    public var wire: JSONValue {
        var writer = ObjectWriter()
        writer.write("policy", policy)
        writer.write("version", version)
        writer.write("since", since)
        writer.write("samples", samples)
        writer.write("errors", errors)
        writer.write("matrix", matrix)
        writer.write("people", people)
        writer.write("stricter", stricter)
        writer.write("laxer", laxer)
        writer.write("laxer_unreviewed", laxerUnreviewed)
        writer.write("cases", cases)
        return writer.value
    }
}

/// Which calls of a shadow report somebody looked at.
public struct ReviewedBody: WireValue, Hashable {
    /// Their approvals.
    public var approvals: [ApprovalID]

    /// Puts the value together.
    public init(approvals: [ApprovalID]) { self.approvals = approvals }

    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        var reader = try ObjectReader(wire, at: path)
        approvals = try reader.required("approvals")
        try reader.finish()
    }

    public var wire: JSONValue {
        var writer = ObjectWriter()
        writer.write("approvals", approvals)
        return writer.value
    }
}

/// What is left to look at.
public struct ReviewedAnswer: WireValue, Hashable {
    /// How many calls are marked that were not before.
    public var reviewed: Int
    /// How many laxer calls nobody has looked at yet.
    public var laxerUnreviewed: Int

    /// Puts the value together.
    public init(reviewed: Int, laxerUnreviewed: Int) {
        self.reviewed = reviewed
        self.laxerUnreviewed = laxerUnreviewed
    }

    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        var reader = try ObjectReader(wire, at: path)
        reviewed = try reader.required("reviewed")
        laxerUnreviewed = try reader.required("laxer_unreviewed")
    }

    public var wire: JSONValue {
        var writer = ObjectWriter()
        writer.write("reviewed", reviewed)
        writer.write("laxer_unreviewed", laxerUnreviewed)
        return writer.value
    }
}
