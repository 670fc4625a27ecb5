public import Cryptography

/// Proofs over the tree of RFC 6962, made and checked; a proof is hostile until it is checked.
public enum MerkleProof {
    /// The longest proof that any tree can have.
    static let hashesMax = 63

    /// Whether `proof` shows that `leaf` is number `index` of the tree with `size` leaves.
    public static func includes(
        _ leaf: Digest, at index: Int64, in size: Int64, root: Digest, proof: [Digest]
    ) -> Bool {
        guard index >= 0, index < size, proof.count <= hashesMax else { return false }
        var node = index
        var last = size - 1
        var hash = leaf
        for sibling in proof {
            guard last > 0 else { return false }
            if node & 1 == 1 || node == last {
                hash = MerkleTree.node(sibling, hash)
                climbToLeft(&node, &last)
            } else {
                hash = MerkleTree.node(hash, sibling)
            }
            node >>= 1
            last >>= 1
        }
        return last == 0 && hash == root
    }

    /// Whether `proof` shows that the tree of `old` leaves is the beginning of that of `new`.
    public static func isConsistent(
        _ old: Int64, _ oldRoot: Digest, with new: Int64, _ newRoot: Digest, proof: [Digest]
    ) -> Bool {
        guard old >= 0, old <= new, proof.count <= hashesMax + 1 else { return false }
        if old == new { return proof.isEmpty && oldRoot == newRoot }
        // Every tree begins with the empty one, and nothing has to be proved about it.
        if old == 0 { return proof.isEmpty && oldRoot == SHA256.hash([]) }
        let isWhole = old & (old - 1) == 0
        guard let first = isWhole ? oldRoot : proof.first else { return false }
        var node = old - 1
        var last = new - 1
        while node & 1 == 1 {
            node >>= 1
            last >>= 1
        }
        var before = first
        var after = first
        for sibling in proof.dropFirst(isWhole ? 0 : 1) {
            guard last > 0 else { return false }
            if node & 1 == 1 || node == last {
                before = MerkleTree.node(sibling, before)
                after = MerkleTree.node(sibling, after)
                climbToLeft(&node, &last)
            } else {
                after = MerkleTree.node(after, sibling)
            }
            node >>= 1
            last >>= 1
        }
        return last == 0 && before == oldRoot && after == newRoot
    }

    /// Skips the levels where the last node of an uneven row has no sibling.
    private static func climbToLeft(_ node: inout Int64, _ last: inout Int64) {
        while node & 1 == 0, node != 0 {
            node >>= 1
            last >>= 1
        }
    }

    /// The proof that leaf `index` is in the tree over `leaves`, leaf first; nil when it is not.
    public static func inclusion(of index: Int, in leaves: ArraySlice<Digest>) -> [Digest]? {
        guard leaves.indices.contains(leaves.startIndex + index), index >= 0 else { return nil }
        guard leaves.count > 1 else { return [] }
        let (left, right) = halves(leaves)
        let isLeft = index < left.count
        let inner = inclusion(
            of: isLeft ? index : index - left.count, in: isLeft ? left : right)
        return inner.map { $0 + [MerkleTree.root(isLeft ? right : left)] }
    }

    /// The proof that the tree over the first `old` leaves is the beginning of that over all.
    public static func consistency(from old: Int, in leaves: ArraySlice<Digest>) -> [Digest]? {
        guard old >= 0, old <= leaves.count else { return nil }
        return old == 0 ? [] : subproof(old, leaves, isWhole: true)
    }

    private static func subproof(
        _ old: Int, _ leaves: ArraySlice<Digest>, isWhole: Bool
    ) -> [Digest] {
        if old == leaves.count { return isWhole ? [] : [MerkleTree.root(leaves)] }
        let (left, right) = halves(leaves)
        if old <= left.count {
            return subproof(old, left, isWhole: isWhole) + [MerkleTree.root(right)]
        }
        return subproof(old - left.count, right, isWhole: false) + [MerkleTree.root(left)]
    }

    private static func halves(
        _ leaves: ArraySlice<Digest>
    ) -> (ArraySlice<Digest>, ArraySlice<Digest>) {
        var half = 1
        while half * 2 < leaves.count { half *= 2 }
        let middle = leaves.startIndex + half
        return (leaves[..<middle], leaves[middle...])
    }
}
