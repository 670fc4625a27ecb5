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
        /// False when it was erased, or withheld from whoever made the export.
        let isTold: Bool
        /// False when it is told, and is not what its digest was made of.
        let isBound: Bool
        let isWithheld: Bool
        /// An erased field that says where it stood: nothing binds a pointer without its salt.
        let isNamed: Bool
        let digest: Digest
        /// As it stood in the export.
        let line: [UInt8]
    }

    private struct Place: Hashable {
        let sequence: Int64
        let document: ByteText
        let index: Int64
    }

    /// Erased fields that no event has spoken of yet.
    private var silent: Set<Place> = []
    private(set) var erasedCount = 0
    private(set) var withheldCount = 0
    private(set) var namedCount = 0

    /// Holds the rows of one event against its header.
    mutating func take(_ rows: [Row], of header: RecordHeader, _ findings: inout FindingList) {
        var byDocument = Self.byDocument(rows)
        for row in rows where !row.isTold {
            guard !row.isWithheld else {
                withheldCount += 1
                continue
            }
            erasedCount += 1
            if row.isNamed { namedCount += 1 }
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

    /// The rows of each document; in an honest export those of one stand together.
    private static func byDocument(_ rows: [Row]) -> [ByteText: [Row]] {
        var found: [ByteText: [Row]] = [:]
        var start = 0
        while start < rows.count {
            let name = rows[start].document
            let rest = rows[start...]
            let end = rest.firstIndex { !$0.document.hasSameBytes(as: name) } ?? rows.count
            found[ByteText(name), default: []] += rows[start..<end]
            start = end
        }
        return found
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
            guard field.isBound else { return "field \(place) is not what was committed to." }
        }
        let root = MerkleTree.root(fields.lazy.map(\.digest)).hex
        guard commit["root"]?.stringValue?.hasSameBytes(as: root) == true else {
            return "the fields do not give the root in the header."
        }
        return nil
    }
}

extension DisclosureCheck.Row {
    /// Reads a line, which must be written in the one way that an export has for it.
    init(_ line: [UInt8]) throws(LineFault) {
        if let plain = PlainDisclosure(line) {
            self.init(plain, line)
        } else {
            try self.init(strictly: line)
        }
    }

    private init(_ plain: PlainDisclosure, _ line: [UInt8]) {
        self.line = line
        sequence = plain.sequence
        document = plain.document
        index = plain.index
        isTold = true
        isBound = plain.isBound
        isWithheld = false
        isNamed = false
        digest = plain.digest
    }

    private init(strictly line: [UInt8]) throws(LineFault) {
        let json: JSONValue
        do { json = try JSONValue(parsing: line, limits: LineFault.limits) } catch {
            throw LineFault(error)
        }
        guard let sequence = json["seq"]?.intValue, let document = json["doc"]?.stringValue,
            let index = json["i"]?.intValue,
            let digest = json["dig"]?.stringValue.flatMap({ Digest(hex: $0) })
        else { throw Self.strange }
        isWithheld = json["withheld"] == true
        let isErased = json["erased"] == true
        let opened = try isWithheld || isErased ? Self.closed(json) : Self.opened(json)
        isTold = opened != nil
        isBound = opened.map { Self.isBound($0, digest) } ?? true
        isNamed = opened == nil && json["ptr"] != .null
        guard !isNamed || !isWithheld else {
            throw LineFault(code: .notParsed, reason: "a field that is withheld has a pointer")
        }
        self.sequence = sequence
        self.document = document
        self.index = index
        self.digest = digest
        self.line = line
        guard Self.line(json) == line else {
            throw LineFault(code: .notCanonical, reason: "the line can be written in another way")
        }
    }

    private static let strange = LineFault(
        code: .notParsed, reason: "a member is missing or strange")

    private typealias Opened = (pointer: String, salt: [UInt8], value: JSONValue)

    private static func closed(_ json: JSONValue) throws(LineFault) -> Opened? {
        guard json["salt"] == .null, json["val"] == .null else {
            throw LineFault(code: .notParsed, reason: "a field that is not told has a value")
        }
        guard json["ptr"] == .null || json["ptr"]?.stringValue != nil else { throw strange }
        return nil
    }

    private static func opened(_ json: JSONValue) throws(LineFault) -> Opened? {
        guard let pointer = json["ptr"]?.stringValue, let value = json["val"] else {
            throw strange
        }
        guard let salt = json["salt"]?.stringValue.flatMap(Hexadecimal.decode),
            salt.count == FieldCommitment.saltBytesCount
        else { throw LineFault(code: .notParsed, reason: "the salt is not 32 bytes") }
        return (pointer, salt, value)
    }

    private static func isBound(_ opened: Opened, _ digest: Digest) -> Bool {
        do {
            return try FieldCommitment.digest(opened.pointer, opened.value, salt: opened.salt)
                == digest
        } catch {
            return false
        }
    }

    /// The members in their order, every value in its canonical form.
    private static func line(_ json: JSONValue) -> [UInt8]? {
        let names = ["seq", "doc", "i", "ptr", "salt", "val", "dig"]
        var line: [UInt8] = []
        let untold = ["erased", "withheld"].filter { json[$0] != nil }
        for name in names + untold {
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

    init(code: AuditFinding.Code, reason: String) {
        self.code = code
        self.reason = reason
    }

    /// Takes what the parser says.
    init(_ error: JSONSyntaxError) {
        self.init(code: error.isRepeatedName ? .repeatedName : .notParsed, reason: error.reason)
    }

    /// The value, and whether the line is its canonical form.
    static func parsed(
        _ line: [UInt8]
    ) throws(LineFault) -> (value: JSONValue, isCanonical: Bool) {
        do {
            return try JSONValue.parsing(canonical: line, limits: limits)
        } catch {
            throw LineFault(error)
        }
    }
}
