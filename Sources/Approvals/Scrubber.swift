public import JSONTree

/// Takes redacted values out of free text, so that a summary cannot say what the arguments hide.
///
/// Texts of at least four bytes, and numbers of at least four digits or signs, are taken out
/// wherever they stand, and the gap is visible. Shorter ones are taken out where they stand as a
/// word of their own: inside of other words they would make every text unreadable.
public struct Scrubber: Sendable {
    /// What stands in the place of a secret.
    public static let gap = "▒▒▒"
    /// The shortest secret that is taken out of the inside of words, in bytes.
    public static let bytesMin = 4

    /// The secrets by their first four bytes, the longest first.
    private var secrets: [UInt32: [[UInt8]]] = [:]
    /// Those that are shorter than four bytes.
    private var words: Set<[UInt8]> = []

    /// Knows every text and number at or below `pointers` in each of `documents`.
    public init(hiding pointers: [JSONPointer], in documents: [JSONValue]) {
        hide(documents.flatMap { document in pointers.compactMap { document[$0] } })
    }

    /// Knows every text and number in each of `values` as well.
    public mutating func hide(_ values: [JSONValue]) {
        for value in values { collect(value) }
        for key in secrets.keys { secrets[key]?.sort { $0.count > $1.count } }
    }

    /// True when there is nothing to take out of any text.
    public var isIdle: Bool { secrets.isEmpty && words.isEmpty }

    /// The text without the secrets; those that overlap leave one gap.
    public func scrubbed(_ text: String) -> String {
        guard !isIdle else { return text }
        let bytes = Array(text.utf8)
        var out: [UInt8] = []
        var secretEnd = 0
        var isClean = true
        for index in bytes.indices {
            if let length = secretLength(at: index, of: bytes) ?? wordLength(at: index, of: bytes) {
                if index >= secretEnd { out += Self.gap.utf8 }
                secretEnd = max(secretEnd, index + length)
                isClean = false
            }
            if index >= secretEnd { out.append(bytes[index]) }
        }
        return isClean ? text : String(decoding: out, as: UTF8.self)
    }

    /// True when a secret of at least four bytes stands in a text, a number or a member name
    /// anywhere in `value`.
    public func finds(in value: JSONValue) -> Bool {
        switch value {
        case .null, .bool: false
        case .number(let number): finds(in: number.text)
        case .string(let text): finds(in: text)
        case .array(let elements): elements.contains { finds(in: $0) }
        case .object(let object):
            object.members.contains { finds(in: $0.name) || finds(in: $0.value) }
        }
    }

    private func finds(in text: String) -> Bool {
        guard !isIdle else { return false }
        let bytes = Array(text.utf8)
        return bytes.indices.contains { secretLength(at: $0, of: bytes) != nil }
    }

    /// The context without the secrets.
    public func scrubbed(_ context: Context) -> Context {
        Context(
            summary: context.summary.map(scrubbed), reason: context.reason.map(scrubbed),
            preview: context.preview.map(scrubbed),
            links: context.links.map { link in
                Context.Link(title: scrubbed(link.title), url: scrubbed(link.url))
            })
    }

    /// The origin without the secrets.
    public func scrubbed(_ origin: Origin) -> Origin {
        Origin(
            framework: origin.framework.map(scrubbed), runID: origin.runID.map(scrubbed),
            callID: origin.callID.map(scrubbed), sessionID: origin.sessionID.map(scrubbed))
    }

    private mutating func collect(_ value: JSONValue) {
        switch value {
        case .string(let text): add(text)
        case .number(let number): add(number.text)
        case .array(let elements): for element in elements { collect(element) }
        case .object(let object): for member in object.members { collect(member.value) }
        case .null, .bool: break
        }
    }

    private mutating func add(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count >= Self.bytesMin else {
            if !bytes.isEmpty { words.insert(bytes) }
            return
        }
        secrets[Self.key(bytes, at: 0), default: []].append(bytes)
    }

    private func secretLength(at index: Int, of bytes: [UInt8]) -> Int? {
        guard index + Self.bytesMin <= bytes.count,
            let candidates = secrets[Self.key(bytes, at: index)]
        else { return nil }
        return candidates.first { bytes[index...].starts(with: $0) }?.count
    }

    private func wordLength(at index: Int, of bytes: [UInt8]) -> Int? {
        guard !words.isEmpty, index == 0 || !Self.isInsideWord(bytes[index - 1]) else { return nil }
        return (1..<Self.bytesMin).reversed().first { length in
            let end = index + length
            guard end <= bytes.count, end == bytes.count || !Self.isInsideWord(bytes[end])
            else { return false }
            return words.contains(Array(bytes[index..<end]))
        }
    }

    /// True for ASCII letters and digits, and for every byte of another character.
    private static func isInsideWord(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x80...: true
        case _: false
        }
    }

    private static func key(_ bytes: [UInt8], at index: Int) -> UInt32 {
        bytes[index..<index + bytesMin].reduce(0) { $0 << 8 | UInt32($1) }
    }
}

extension Approval {
    /// Takes this approval's redacted values out of texts, and those that were written over them by
    /// its decisions and by `edits`.
    public func scrubber(knowing edits: JSONPatch = JSONPatch()) -> Scrubber {
        var scrubber = Scrubber(hiding: redactions, in: [arguments])
        scrubber.hide(found.flatMap { $0.secrets(in: arguments) })
        let (view, redacted) = masked
        for patch in decisions.map(\.edits) + [edits] where !patch.isEmpty {
            scrubber.hide(Redaction.hidden(by: patch, of: view, redacted))
        }
        return scrubber
    }
}
