public import Cryptography

/// The tree of RFC 6962 over hashes of leaves.
public enum MerkleTree {
    /// The root over `leaves`; for none, the hash of nothing.
    public static func root(_ leaves: some Sequence<Digest>) -> Digest {
        var whole: [(size: Int, root: Digest)] = []
        for leaf in leaves {
            whole.append((1, leaf))
            while whole.count > 1, whole[whole.count - 1].size == whole[whole.count - 2].size {
                join(&whole)
            }
        }
        guard !whole.isEmpty else { return SHA256.hash([]) }
        while whole.count > 1 { join(&whole) }
        return whole[0].root
    }

    /// SHA-256(0x01 ‖ left ‖ right).
    public static func node(_ left: Digest, _ right: Digest) -> Digest {
        var bytes: [UInt8] = [1]
        bytes.reserveCapacity(1 + 2 * Digest.bytesCount)
        bytes += left.bytes
        bytes += right.bytes
        return SHA256.hash(bytes)
    }

    private static func join(_ whole: inout [(size: Int, root: Digest)]) {
        let right = whole.removeLast()
        let left = whole.removeLast()
        whole.append((left.size + right.size, node(left.root, right.root)))
    }
}
