public import JSONTree

/// A value that nobody declared as secret and that the scanner hid, as its approval remembers it.
public struct FoundValue: Hashable, Sendable {
    /// Where the value is, in the arguments.
    public let pointer: JSONPointer
    /// What sorts of things were found in it, in the scanner's words.
    public let kinds: [String]
    /// What an approver sees in its place: a mark, or the text with a mark for each secret.
    public let shown: String
    /// The bytes of the secrets in a text; empty when the value as a whole is one.
    public let spans: [Range<Int>]

    /// Puts a found value together.
    public init(pointer: JSONPointer, kinds: [String], shown: String, spans: [Range<Int>]) {
        self.pointer = pointer
        self.kinds = kinds
        self.shown = shown
        self.spans = spans
    }

    /// The secrets themselves, so that they can be taken out of other texts.
    public func secrets(in arguments: JSONValue) -> [JSONValue] {
        guard !spans.isEmpty, let text = arguments[pointer]?.stringValue else { return [] }
        let bytes = Array(text.utf8)
        return spans.map { span in
            .string(String(decoding: bytes[span.clamped(to: 0..<bytes.count)], as: UTF8.self))
        }
    }
}

extension FoundValue {
    var record: JSONValue {
        var members = RecordMembers()
        members.put("pointer", text: pointer.description)
        members.put("kinds", list: kinds.map { .string($0) })
        members.put("shown", text: shown)
        members.put(
            "spans",
            list: spans.flatMap { [$0.lowerBound, $0.upperBound] }
                .map { .number(JSONNumber(Int64($0))) })
        return members.value
    }

    init(record fields: RecordFields) throws(RecordError) {
        let bounds = try fields.list("spans", \.recordInt)
        var spans: [Range<Int>] = []
        for place in stride(from: 0, to: bounds.count - 1, by: 2) {
            guard bounds[place] >= 0, bounds[place] <= bounds[place + 1] else {
                throw RecordError(member: "spans")
            }
            spans.append(bounds[place]..<bounds[place + 1])
        }
        self.init(
            pointer: try fields.required("pointer", \.recordPointer),
            kinds: try fields.list("kinds", \.recordText),
            shown: try fields.required("shown", \.recordText), spans: spans)
    }
}
