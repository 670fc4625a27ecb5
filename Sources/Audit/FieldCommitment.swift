public import Approvals
public import Cryptography
public import JSONTree

/// A salted commitment to every field of a document.
///
/// Every scalar and every empty object or array is one field with its own salt, ordered by the
/// bytes of its pointer. The salts and values can be erased one by one; the root stays.
public struct FieldCommitment: Hashable, Sendable {
    public let fields: [Field]
    public let root: Digest

    /// The name of the construction.
    public static let algorithm = "countersign-field/1"
    /// How many random bytes each field has.
    public static let saltBytesCount = 32

    /// One field, its salt and its digest.
    public struct Field: Hashable, Sendable {
        public let pointer: JSONPointer
        public let value: JSONValue
        public let salt: [UInt8]
        public let digest: Digest
    }

    /// Commits to `document`; refuses a number that has no canonical form.
    public init(
        to document: JSONValue, saltedFrom entropy: inout some Entropy
    ) throws(CanonicalFormError) {
        var leaves: [(text: String, pointer: JSONPointer, value: JSONValue)] = []
        Self.flatten(document, at: .root) { leaves.append(($0.description, $0, $1)) }
        leaves.sort { $0.text.utf8.lexicographicallyPrecedes($1.text.utf8) }
        let salts = entropy.bytes(leaves.count * Self.saltBytesCount)
        var fields: [Field] = []
        fields.reserveCapacity(leaves.count)
        for (index, leaf) in leaves.enumerated() {
            let start = index * Self.saltBytesCount
            let salt = Array(salts[start..<start + Self.saltBytesCount])
            let digest = try Self.digest(leaf.text, leaf.value, salt: salt)
            fields.append(
                Field(pointer: leaf.pointer, value: leaf.value, salt: salt, digest: digest))
        }
        self.fields = fields
        root = MerkleTree.root(fields.lazy.map(\.digest))
    }

    /// SHA-256(0x00 ‖ algorithm ‖ LF ‖ salt ‖ canonical [pointer, value]).
    public static func digest(
        _ pointer: String, _ value: JSONValue, salt: [UInt8]
    ) throws(CanonicalFormError) -> Digest {
        var bytes: [UInt8] = [0]
        bytes += algorithm.utf8
        bytes.append(UInt8(ascii: "\n"))
        bytes += salt
        bytes += try JSONValue.array([.string(pointer), value]).canonicalBytes()
        return SHA256.hash(bytes)
    }

    /// What the header of an event says about this document.
    public var header: JSONValue {
        [
            "alg": .string(Self.algorithm), "n": .number(JSONNumber(fields.count)),
            "root": .string(root.hex),
        ]
    }

    private static func flatten(
        _ value: JSONValue, at pointer: JSONPointer, _ take: (JSONPointer, JSONValue) -> Void
    ) {
        switch value {
        case .object(let object) where !object.isEmpty:
            for member in object.members {
                flatten(member.value, at: pointer.appending(member.name), take)
            }
        case .array(let elements) where !elements.isEmpty:
            for (index, element) in elements.enumerated() {
                flatten(element, at: pointer.appending(index), take)
            }
        case .null, .bool, .number, .string, .array, .object:
            take(pointer, value)
        }
    }
}
