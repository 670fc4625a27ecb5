import Cryptography
public import JSONTree

/// Follows a log line by line and says where it stops being one.
///
/// It checks form and links; who may do what, and what was signed, is the business of a verifier.
public struct ChainCheck: Hashable, Sendable {
    private let log: EventLog
    /// The newest event that was accepted.
    public private(set) var head: ChainHead?

    /// What is wrong with a line.
    public enum Finding: String, Error, Hashable, Sendable, CaseIterable {
        case notParsed = "E_PARSE"
        case notCanonical = "E_NONCANONICAL"
        case otherOrigin = "E_ORIGIN"
        case gap = "E_SEQ_GAP"
        case brokenChain = "E_CHAIN"
        /// A member is missing, or a type, actor or subject is not of the closed lists.
        case unknownForm = "E_STATE"
    }

    /// Begins before the first event of the log.
    public init(of log: EventLog) {
        self.log = log
        head = nil
    }

    /// Accepts the next line, or says why it cannot be the next.
    public mutating func accept(_ line: [UInt8]) throws(Finding) {
        let header: JSONValue
        do { header = try JSONValue(parsing: line) } catch { throw .notParsed }
        try Self.requireCanonical(header, line)
        guard header["v"]?.stringValue == EventLog.format, Self.hasKnownForm(header) else {
            throw .unknownForm
        }
        guard header["log"]?.stringValue == log.origin else { throw .otherOrigin }
        let expected = head.map { $0.sequence + 1 } ?? 0
        guard header["seq"]?.intValue == expected else { throw .gap }
        guard header["prev"]?.stringValue == (head?.leafHash ?? log.genesis).hex else {
            throw .brokenChain
        }
        head = ChainHead(sequence: expected, leafHash: EventLog.leafHash(line))
    }

    /// True when the disclosures of one document of one event give the root in its header.
    public static func agrees(
        _ disclosures: [Disclosure], with header: JSONValue, document: String
    ) throws(CanonicalFormError) -> Bool {
        for field in disclosures {
            let digest = try FieldCommitment.digest(
                field.pointer.description, field.value, salt: field.salt)
            guard digest == field.digest else { return false }
        }
        let commit = header["commit"]?[document]
        return commit?["alg"]?.stringValue == FieldCommitment.algorithm
            && commit?["n"]?.intValue == Int64(disclosures.count)
            && commit?["root"]?.stringValue == MerkleTree.root(disclosures.map(\.digest)).hex
    }

    private static func requireCanonical(
        _ header: JSONValue, _ line: [UInt8]
    ) throws(Finding) {
        let canonical: [UInt8]
        do { canonical = try header.canonicalBytes() } catch { throw .notCanonical }
        guard canonical == line else { throw .notCanonical }
    }

    private static let members = [
        "actor", "boot", "commit", "facts", "id", "log", "mono_ms", "outcome", "prev",
        "provenance", "seq", "subject", "ts", "type", "v",
    ]

    private static func hasKnownForm(_ header: JSONValue) -> Bool {
        guard let object = header.objectValue, object.count == members.count,
            members.allSatisfy({ object[$0] != nil }),
            let type = header["type"]?.stringValue, EventType(rawValue: type) != nil,
            let actor = header["actor"]?["kind"]?.stringValue,
            let subject = header["subject"]?["kind"]?.stringValue
        else { return false }
        return AuditEvent.Actor.Kind(rawValue: actor) != nil
            && AuditEvent.Subject.Kind(rawValue: subject) != nil
    }
}
