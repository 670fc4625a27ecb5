import Audit
import Cryptography
import JSONTree

/// Whether the disclosed values are those that the headers commit to, event by event.
struct DisclosureCheck {
    /// One line of `disclosures.jsonl`.
    struct Row {
        let sequence: Int64
        let document: String
        let index: Int64
        let pointer: String
        /// Nil when it was erased.
        let opened: (salt: [UInt8], value: JSONValue)?
        let digest: Digest
    }

    private struct Place: Hashable {
        let sequence: Int64
        let document: ByteText
        let index: Int64
    }

    /// Erased fields that no event has spoken of yet.
    private var silent: Set<Place> = []
    private(set) var erasedCount = 0

    /// Holds the rows of one event against its header.
    mutating func take(_ rows: [Row], of header: RecordHeader, _ findings: inout FindingList) {
        var byDocument: [ByteText: [Row]] = [:]
        for row in rows {
            byDocument[ByteText(row.document), default: []].append(row)
            guard row.opened == nil else { continue }
            erasedCount += 1
            silent.insert(
                Place(
                    sequence: row.sequence, document: ByteText(row.document), index: row.index))
        }
        for commit in header.commits.members {
            let fields = byDocument.removeValue(forKey: ByteText(commit.name)) ?? []
            if let wrong = Self.wrong(fields, commit.value) {
                findings.add(
                    .commitment, at: header.sequence, "Document \(commit.name): \(wrong)")
            }
        }
        for name in byDocument.keys {
            findings.add(
                .commitment, at: header.sequence,
                "The event commits to no document \(name.text), and values of one are disclosed.")
        }
    }

    /// Takes note of an erasure that the log speaks of.
    mutating func erase(_ header: RecordHeader) {
        guard let sequence = header.facts["seq"]?.intValue, sequence < header.sequence,
            let document = header.facts["doc"]?.stringValue,
            let indices = header.facts["idx"]?.arrayValue
        else { return }
        for index in indices.compactMap(\.intValue) {
            silent.remove(
                Place(sequence: sequence, document: ByteText(document), index: index))
        }
    }

    /// Names what was erased without an event.
    func finish(_ findings: inout FindingList) {
        for place in silent.sorted(by: { ($0.sequence, $0.index) < ($1.sequence, $1.index) }) {
            findings.add(
                .erasedSilently, at: place.sequence,
                "Field \(place.index) of \(place.document.text) was erased without an event.")
        }
    }

    private static func wrong(_ fields: [Row], _ commit: JSONValue) -> String? {
        guard commit["alg"]?.stringValue?.hasSameBytes(as: FieldCommitment.algorithm) == true else {
            return "the construction is not known."
        }
        guard commit["n"]?.intValue == Int64(fields.count) else {
            return "there are \(fields.count) fields, and the header says another number."
        }
        for (place, field) in fields.enumerated() {
            guard field.index == Int64(place) else { return "the fields are not in order." }
            guard isDigest(field) else { return "field \(place) is not what was committed to." }
        }
        let root = MerkleTree.root(fields.lazy.map(\.digest)).hex
        guard commit["root"]?.stringValue?.hasSameBytes(as: root) == true else {
            return "the fields do not give the root in the header."
        }
        return nil
    }

    private static func isDigest(_ field: Row) -> Bool {
        guard let (salt, value) = field.opened else { return true }
        do {
            return try FieldCommitment.digest(field.pointer, value, salt: salt) == field.digest
        } catch {
            return false
        }
    }
}

extension DisclosureCheck.Row {
    /// Reads a line, which must be written in the one way that an export has for it.
    init(_ line: [UInt8]) throws(LineFault) {
        let json = try LineFault.parse(line)
        guard let sequence = json["seq"]?.intValue, let document = json["doc"]?.stringValue,
            let index = json["i"]?.intValue, let pointer = json["ptr"]?.stringValue,
            let salt = json["salt"], let value = json["val"],
            let digest = json["dig"]?.stringValue.flatMap({ Digest(hex: $0) })
        else { throw LineFault(code: .notParsed, reason: "a member is missing or strange") }
        if json["erased"] == true {
            guard salt.isNull, value.isNull else {
                throw LineFault(code: .notParsed, reason: "an erased field has a value")
            }
            opened = nil
        } else {
            guard let bytes = salt.stringValue.flatMap(Hexadecimal.decode),
                bytes.count == FieldCommitment.saltBytesCount
            else { throw LineFault(code: .notParsed, reason: "the salt is not 32 bytes") }
            opened = (bytes, value)
        }
        self.sequence = sequence
        self.document = document
        self.index = index
        self.pointer = pointer
        self.digest = digest
        guard Self.line(json) == line else {
            throw LineFault(code: .notCanonical, reason: "the line can be written in another way")
        }
    }

    /// The members in their order, every value in its canonical form.
    private static func line(_ json: JSONValue) -> [UInt8]? {
        let names = ["seq", "doc", "i", "ptr", "salt", "val", "dig"]
        var line: [UInt8] = []
        for name in names + (json["erased"] == nil ? [] : ["erased"]) {
            line += Array("\(line.isEmpty ? "{" : ",")\"\(name)\":".utf8)
            do { line += try (json[name] ?? .null).canonicalBytes() } catch { return nil }
        }
        return line + [UInt8(ascii: "}")]
    }
}

/// Why a line cannot be taken.
struct LineFault: Error {
    let code: AuditFinding.Code
    let reason: String

    /// The most bytes of a line.
    static let limits = JSONLimits(bytesMax: 8 << 20)

    static func parse(_ line: [UInt8]) throws(LineFault) -> JSONValue {
        do {
            return try JSONValue(parsing: line, limits: limits)
        } catch {
            throw LineFault(
                code: error.isRepeatedName ? .repeatedName : .notParsed, reason: error.reason)
        }
    }
}
