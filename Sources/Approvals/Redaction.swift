public import Cryptography
public import JSONTree

/// What an approver sees instead of a redacted value.
public struct RedactedValue: Hashable, Sendable {
    /// Where the value is, in the arguments.
    public let pointer: JSONPointer
    /// Names the value to `reveal`; `r1`, `r2` … in the order of the declared pointers.
    public let handle: String
    /// `string`, `number`, `boolean`, `null`, `object` or `array`; never its length or content.
    public let kind: String
    /// What the scanner found, when nobody had declared it.
    public let found: FoundValue?

    /// Puts a handle together.
    public init(pointer: JSONPointer, handle: String, kind: String, found: FoundValue? = nil) {
        self.pointer = pointer
        self.handle = handle
        self.kind = kind
        self.found = found
    }
}

/// Hides values behind handles.
///
/// A hidden value is shown as `{"$redacted": "r1"}`, and one that the scanner found as
/// `{"$redacted": "r1", "shown": "‹IBAN · 22›"}`. The member name is reserved: arguments that
/// use it are refused at submission, and an edit that would write it is refused, so a handle can be
/// neither forged nor sent back.
public enum Redaction {
    /// The reserved member name.
    public static let marker = "$redacted"
    /// The member beside it that says what an approver may read in the value's place.
    public static let shownName = "shown"

    /// The arguments with every value at `pointers` replaced by its handle, and the handles.
    ///
    /// A pointer below another one is covered by it; a pointer to nothing hides nothing.
    public static func masked(
        _ arguments: JSONValue, at pointers: [JSONPointer], found: [FoundValue] = []
    ) -> (view: JSONValue, redacted: [RedactedValue]) {
        var view = arguments
        var redacted: [RedactedValue] = []
        for pointer in pointers {
            guard !pointers.contains(where: { $0 != pointer && $0.isPrefix(of: pointer) }),
                !redacted.contains(where: { $0.pointer == pointer }),
                let value = arguments[pointer]
            else { continue }
            let handle = "r\(redacted.count + 1)"
            let found = found.first { $0.pointer == pointer }
            let patch = JSONPatch([.replace(pointer, mask(handle, showing: found?.shown))])
            do {
                view = try patch.applied(to: view)
            } catch {
                // A value that is there can be replaced; should that ever be wrong, hide
                // everything.
                return (mask("r0"), [])
            }
            redacted.append(
                RedactedValue(pointer: pointer, handle: handle, kind: value.kindName, found: found))
        }
        return (view, redacted)
    }

    /// The value that stands for a handle, with what may be read in its place.
    public static func mask(_ handle: String, showing shown: String? = nil) -> JSONValue {
        var members = JSONObject([(marker, .string(handle))])
        if let shown { members[shownName] = .string(shown) }
        return .object(members)
    }

    /// True when the reserved member name stands anywhere in `value`.
    public static func containsMarker(_ value: JSONValue) -> Bool {
        switch value {
        case .null, .bool, .number, .string: false
        case .array(let elements): elements.contains(where: containsMarker)
        case .object(let object):
            object.members.contains {
                $0.name.utf8.elementsEqual(marker.utf8) || containsMarker($0.value)
            }
        }
    }
}

extension Approval {
    /// The arguments as an approver sees them, and the handles in them.
    public var masked: (view: JSONValue, redacted: [RedactedValue]) {
        Redaction.masked(arguments, at: redactions, found: found)
    }
}

extension JSONValue {
    /// The JSON name of this value's type.
    public var kindName: String {
        switch self {
        case .null: "null"
        case .bool: "boolean"
        case .number: "number"
        case .string: "string"
        case .array: "array"
        case .object: "object"
        }
    }
}

extension Digest {
    /// The digest of a JSON value: SHA-256 over its canonical bytes.
    public init(canonical value: JSONValue) throws(CanonicalFormError) {
        self = SHA256.hash(try value.canonicalBytes())
    }

    /// The displayed digest: over the tool, the redacted arguments, the agent's words and nothing
    /// else.
    ///
    /// `{"arguments": …, "context": {…}, "tool": …}` in canonical form, where a missing part of the
    /// context is left out. What else an approver could care about is covered by the revision.
    public static func displayed(
        tool: ToolName, arguments: JSONValue, context: Context
    ) throws(CanonicalFormError) -> Digest {
        var words = JSONObject()
        for (name, text) in [
            ("summary", context.summary), ("reason", context.reason), ("preview", context.preview),
        ] {
            if let text { words[name] = .string(text) }
        }
        let links = context.links.map { link in
            JSONValue.object(
                JSONObject([("title", .string(link.title)), ("url", .string(link.url))]))
        }
        if !links.isEmpty { words["links"] = .array(links) }
        return try Digest(
            canonical: .object(
                JSONObject([
                    ("tool", .string(tool.rawValue)), ("arguments", arguments),
                    ("context", .object(words)),
                ])))
    }
}
