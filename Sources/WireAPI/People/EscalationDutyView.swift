public import JSONTree

/// Who is on duty now by a schedule that a plan goes to.
public struct EscalationDutyView: WireValue, Hashable {
    /// The schedule.
    public var schedule: String
    /// By e-mail; nobody is a gap, which the plan passes over.
    public var people: [String]

    /// Puts the value together.
    public init(schedule: String, people: [String]) {
        self.schedule = schedule
        self.people = people
    }

    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        var reader = try ObjectReader(wire, at: path)
        schedule = try reader.required("schedule")
        people = try reader.list("people")
    }

    public var wire: JSONValue {
        var writer = ObjectWriter()
        writer.write("schedule", schedule)
        writer.write("people", people)
        return writer.value
    }
}
