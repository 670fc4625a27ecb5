public import Audit
public import JSONTree

/// Whom an auditor believes, from the trust file; it comes from elsewhere than the export.
public struct AuditTrust: Hashable, Sendable {
    public let origin: String
    public let logKeys: [NoteKey]
    public let witnessKeys: [NoteKey]
    public let clockSkewMillisecondsMax: Int64

    /// Why a trust file cannot be used.
    public struct Mistake: Error, Hashable, Sendable {
        /// One sentence.
        public let sentence: String
    }

    /// Puts a trust together.
    public init(
        origin: String, logKeys: [NoteKey], witnessKeys: [NoteKey] = [],
        clockSkewMillisecondsMax: Int64 = 5_000
    ) {
        self.origin = origin
        self.logKeys = logKeys
        self.witnessKeys = witnessKeys
        self.clockSkewMillisecondsMax = clockSkewMillisecondsMax
    }

    /// Reads a trust file: `{origin, log_vkeys[], witness_vkeys[], max_clock_skew_ms}`.
    public init(_ json: JSONValue) throws(Mistake) {
        let known = ["origin", "log_vkeys", "witness_vkeys", "max_clock_skew_ms"]
        guard let object = json.objectValue else {
            throw Mistake(sentence: "The trust file is no JSON object.")
        }
        for name in object.names where !known.contains(where: { $0.hasSameBytes(as: name) }) {
            throw Mistake(sentence: "The trust file has no member \"\(name)\".")
        }
        guard let origin = json["origin"]?.stringValue, !origin.isEmpty else {
            throw Mistake(sentence: "The trust file names no \"origin\".")
        }
        guard let skew = json["max_clock_skew_ms"].map(\.intValue) ?? 5_000,
            (0...RecordHeader.integerMax).contains(skew)
        else {
            throw Mistake(sentence: "\"max_clock_skew_ms\" is no number of milliseconds.")
        }
        self.init(
            origin: origin, logKeys: try Self.keys(json, "log_vkeys", .note),
            witnessKeys: try Self.keys(json, "witness_vkeys", .cosignature),
            clockSkewMillisecondsMax: skew)
        guard logKeys.allSatisfy({ $0.name.hasSameBytes(as: origin) }) else {
            throw Mistake(sentence: "A key in \"log_vkeys\" is not that of the origin.")
        }
    }

    private static func keys(
        _ json: JSONValue, _ member: String, _ kind: NoteKey.Kind
    ) throws(Mistake) -> [NoteKey] {
        guard let list = json[member] else { return [] }
        guard let texts = list.arrayValue else {
            throw Mistake(sentence: "\"\(member)\" is no array.")
        }
        var keys: [NoteKey] = []
        for text in texts {
            guard let key = text.stringValue.flatMap({ NoteKey(vkey: $0) }), key.kind == kind else {
                throw Mistake(sentence: "\"\(member)\" has an entry that is no vkey of its kind.")
            }
            if !keys.contains(key) { keys.append(key) }
        }
        return keys
    }
}
