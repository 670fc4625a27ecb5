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
        let leaves = Self.leaves(of: document)
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

    /// The root that a document has with the salts of its fields, in their order; nil when there
    /// are more or fewer, or one is of another length.
    public static func root(
        of document: JSONValue, salts: [[UInt8]]
    ) throws(CanonicalFormError) -> Digest? {
        let leaves = leaves(of: document)
        guard leaves.count == salts.count, salts.allSatisfy({ $0.count == saltBytesCount }) else {
            return nil
        }
        var digests: [Digest] = []
        for (leaf, salt) in zip(leaves, salts) {
            digests.append(try digest(leaf.text, leaf.value, salt: salt))
        }
        return MerkleTree.root(digests)
    }

    /// SHA-256(0x00 ‖ algorithm ‖ LF ‖ salt ‖ canonical [pointer, value]).
    public static func digest(
        _ pointer: String, _ value: JSONValue, salt: [UInt8]
    ) throws(CanonicalFormError) -> Digest {
        digest(
            ofCanonical: try JSONValue.array([.string(pointer), value]).canonicalBytes()[...],
            salt: salt)
    }

    /// The digest of a field whose pointer and value are there in their canonical form already.
    public static func digest(ofCanonical pair: ArraySlice<UInt8>, salt: [UInt8]) -> Digest {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(prefix.count + salt.count + pair.count)
        bytes += prefix
        bytes += salt
        bytes += pair
        return SHA256.hash(bytes)
    }

    private static let prefix = [0] + Array("\(algorithm)\n".utf8)

    /// What the header of an event says about this document.
    public var header: JSONValue {
        [
            "alg": .string(Self.algorithm), "n": .number(JSONNumber(fields.count)),
            "root": .string(root.hex),
        ]
    }

    /// The fields in the order of the bytes of their pointers.
    private static func leaves(
        of document: JSONValue
    ) -> [(text: String, pointer: JSONPointer, value: JSONValue)] {
        var leaves: [(text: String, pointer: JSONPointer, value: JSONValue)] = []
        flatten(document, at: .root) { leaves.append(($0.description, $0, $1)) }
        leaves.sort { $0.text.utf8.lexicographicallyPrecedes($1.text.utf8) }
        return leaves
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
