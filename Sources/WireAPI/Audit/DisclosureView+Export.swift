public import JSONTree

extension DisclosureView {
    /// The line of `disclosures.jsonl`, without a line feed: one order of members, values in their
    /// canonical form. A field that is not told has no pointer either: only the salt binds it, and
    /// an export says nothing that its reader cannot check. Refuses a value that has no form.
    public func exportLine() throws(CanonicalFormError) -> [UInt8] {
        var members: [(String, JSONValue)] = [
            ("seq", sequence.wire), ("doc", .string(document)), ("i", index.wire),
            ("ptr", reason == nil ? .string(pointer) : .null),
            ("salt", salt.map { .string($0) } ?? .null), ("val", value),
            ("dig", .string(digest)),
        ]
        if let reason { members.append((reason, true)) }
        var line: [UInt8] = []
        for (name, value) in members {
            line += "\(line.isEmpty ? "{" : ",")\"\(name)\":".utf8
            line += try value.canonicalBytes()
        }
        return line + [UInt8(ascii: "}")]
    }
}
