package import JSONTree
import Approvals

/// A text that is looked for in names and values, in any case; never in hidden values.
package struct ArgumentSearch: Hashable, Sendable {
    /// As typed.
    package let text: String
    private let needle: [UInt8]

    /// Nil for nothing.
    package init?(_ text: String) {
        guard !text.utf8.isEmpty else { return nil }
        self.text = text
        needle = Array(text.lowercased().utf8)
    }

    /// The places that match, in the order in which they are read.
    package func matches(in value: JSONValue) -> [JSONPointer] {
        var found: [JSONPointer] = []
        collect(value, at: .root, isNamed: false, into: &found)
        return found
    }

    private func collect(
        _ value: JSONValue, at pointer: JSONPointer, isNamed: Bool, into found: inout [JSONPointer]
    ) {
        if isNamed || holds(value) { found.append(pointer) }
        switch value {
        case .null, .bool, .number, .string: return
        case .array(let elements):
            for (index, element) in elements.enumerated() {
                collect(element, at: pointer.appending(index), isNamed: false, into: &found)
            }
        case .object(let object):
            guard !Redaction.isMask(value) else {
                let shown = Redaction.shownText(in: value) ?? ""
                if !isNamed, stands(in: shown) { found.append(pointer) }
                return
            }
            for member in object.members {
                collect(
                    member.value, at: pointer.appending(member.name),
                    isNamed: stands(in: member.name), into: &found)
            }
        }
    }

    /// Whether a value without parts holds the text.
    private func holds(_ value: JSONValue) -> Bool {
        switch value {
        case .string(let text): stands(in: text)
        case .null, .bool, .number: stands(in: value.text(.compact))
        case .array, .object: false
        }
    }

    private func stands(in text: String) -> Bool {
        guard let first = needle.first else { return false }
        let bytes = Array(text.lowercased().utf8)
        guard bytes.count >= needle.count else { return false }
        for start in 0...(bytes.count - needle.count) where bytes[start] == first {
            if bytes[start..<(start + needle.count)].elementsEqual(needle) { return true }
        }
        return false
    }
}
