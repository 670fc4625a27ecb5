public import JSONTree

/// An RFC 9457 problem: what went wrong, for a program and for a person, and what to do next.
public struct Problem: WireValue, Hashable {
    /// A stable name, `urn:countersign:problem:<name>`.
    public var type: String
    /// A short sentence that is the same for every problem of this type.
    public var title: String
    /// The HTTP status.
    public var status: Int
    /// What happened this time.
    public var detail: String
    /// What the caller can do now.
    public var nextStep: String
    /// The fields that were wrong.
    public var fields: [FieldProblemBody]
    /// The fresh view, when the approval moved or was settled before.
    public var approval: ApproverView?
    /// E-mails of those who could do it, when authority is missing.
    public var whoCould: [String]

    /// The stable names begin with this.
    public static let typePrefix = "urn:countersign:problem:"

    /// Puts a problem together; `name` is the part after the prefix.
    public init(
        _ name: String, status: Int, title: String, detail: String, nextStep: String,
        fields: [FieldProblemBody] = [], approval: ApproverView? = nil, whoCould: [String] = []
    ) {
        type = Self.typePrefix + name
        self.title = title
        self.status = status
        self.detail = detail
        self.nextStep = nextStep
        self.fields = fields
        self.approval = approval
        self.whoCould = whoCould
    }

    /// The part of `type` after the prefix; the whole type when it is foreign.
    public var name: String {
        type.hasPrefix(Self.typePrefix) ? String(type.dropFirst(Self.typePrefix.count)) : type
    }

    /// All of it for a person: what is wrong with which field, then what happened.
    public var sentence: String {
        guard !fields.isEmpty else { return detail }
        let wrong = fields.map { $0.field.isEmpty ? $0.detail : "\($0.field) \($0.detail)" }
        let sentence = wrong.joined(separator: "; ") + "."
        // Of a single field, what happened may be just that.
        return detail.hasSameBytes(as: sentence) ? detail : "\(sentence) \(detail)"
    }

    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        var reader = try ObjectReader(wire, at: path)
        type = try reader.required("type")
        title = try reader.required("title")
        status = try reader.required("status")
        detail = try reader.required("detail")
        nextStep = try reader.required("next_step")
        fields = try reader.list("fields")
        approval = try reader.optional("approval")
        whoCould = try reader.list("who_could")
        try reader.finish()
    }

    public var wire: JSONValue {
        var writer = ObjectWriter()
        writer.write("type", type)
        writer.write("title", title)
        writer.write("status", status)
        writer.write("detail", detail)
        writer.write("next_step", nextStep)
        if !fields.isEmpty { writer.write("fields", fields) }
        writer.write("approval", approval)
        if !whoCould.isEmpty { writer.write("who_could", whoCould) }
        return writer.value
    }
}

/// One field that was wrong.
public struct FieldProblemBody: WireValue, Hashable {
    /// A JSON Pointer into the body, or the name of a header or query item.
    public var field: String
    /// What it should be.
    public var detail: String

    /// Puts a field problem together.
    public init(field: String, detail: String) {
        self.field = field
        self.detail = detail
    }

    public init(wire: JSONValue, at path: JSONPointer) throws(WireError) {
        var reader = try ObjectReader(wire, at: path)
        field = try reader.required("field")
        detail = try reader.required("detail")
        try reader.finish()
    }

    public var wire: JSONValue {
        var writer = ObjectWriter()
        writer.write("field", field)
        writer.write("detail", detail)
        return writer.value
    }
}
