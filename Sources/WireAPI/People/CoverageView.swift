public import Approvals
public import JSONTree

/// A stretch in which the same people can decide.
public struct CoverageSpanView: WireValue, Hashable {
    /// When it begins.
    public var start: Timestamp
    /// The first instant at which it is over.
    public var end: Timestamp
    /// The e-mails of who is expected to decide and may be disturbed.
    public var who: [String]
    /// True when they are too few.
    public var isGap: Bool
    /// Why they are too few; missing when they are not.
    public var sentence: String?
    /// What would close the gap; missing when there is none.
    public var closes: String?

    /// Puts the value together.
    public init(
        start: Timestamp, end: Timestamp, who: [String] = [], isGap: Bool, sentence: String? = nil,
        closes: String? = nil
    ) {
        self.start = start
        self.end = end
        self.who = who
        self.isGap = isGap
        self.sentence = sentence
        self.closes = closes
    }

    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        var reader = try ObjectReader(wire, at: path)
        start = try reader.required("start")
        end = try reader.required("end")
        who = try reader.list("who")
        isGap = try reader.required("gap")
        sentence = try reader.optional("sentence")
        closes = try reader.optional("closes")
    }

    public var wire: JSONValue {
        var writer = ObjectWriter()
        writer.write("start", start)
        writer.write("end", end)
        writer.write("who", who)
        writer.write("gap", isGap)
        writer.write("sentence", sentence)
        writer.write("closes", closes)
        return writer.value
    }
}

/// Who can decide what one rule sends.
public struct CoverageRowView: WireValue, Hashable {
    /// The rule, or the group whose calls no rule speaks of.
    public var rule: String
    /// The group that is asked.
    public var group: GroupName
    /// Whose people are expected to decide; missing when all of the group are.
    public var schedule: GroupName?
    /// In order, without gap or overlap.
    public var spans: [CoverageSpanView]

    /// Puts the value together.
    public init(
        rule: String, group: GroupName, schedule: GroupName? = nil, spans: [CoverageSpanView] = []
    ) {
        self.rule = rule
        self.group = group
        self.schedule = schedule
        self.spans = spans
    }

    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        var reader = try ObjectReader(wire, at: path)
        rule = try reader.required("rule")
        group = try reader.required("group")
        schedule = try reader.optional("schedule")
        spans = try reader.list("spans")
    }

    public var wire: JSONValue {
        var writer = ObjectWriter()
        writer.write("rule", rule)
        writer.write("group", group)
        writer.write("schedule", schedule)
        writer.write("spans", spans)
        return writer.value
    }
}

/// Who can decide, for every rule and hour of the days to come.
public struct CoverageView: WireValue, Hashable {
    /// When it begins.
    public var from: Timestamp
    /// When it ends.
    public var to: Timestamp
    /// One for every rule and schedule.
    public var rows: [CoverageRowView]
    /// How many stretches have too few people.
    public var gaps: Int

    /// Puts the value together.
    public init(from: Timestamp, to: Timestamp, rows: [CoverageRowView] = [], gaps: Int) {
        self.from = from
        self.to = to
        self.rows = rows
        self.gaps = gaps
    }

    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        var reader = try ObjectReader(wire, at: path)
        from = try reader.required("from")
        to = try reader.required("to")
        rows = try reader.list("rows")
        gaps = try reader.required("gaps")
    }

    public var wire: JSONValue {
        var writer = ObjectWriter()
        writer.write("from", from)
        writer.write("to", to)
        writer.write("rows", rows)
        writer.write("gaps", gaps)
        return writer.value
    }
}
