public import Cryptography

/// The tree of RFC 6962 as it grows: a few whole subtrees, whatever the number of leaves.
///
/// It can follow one leaf and then knows the proof that this leaf is in the tree.
public struct MerkleFrontier: Hashable, Sendable {
    private struct Subtree: Hashable, Sendable {
        var size: Int64
        var root: Digest
    }

    private var whole: [Subtree] = []
    /// How many leaves there are.
    public private(set) var size: Int64 = 0
    private let followed: Int64?
    private var path: [Digest] = []

    /// An empty tree; `followed` is the leaf whose proof will be asked for.
    public init(following followed: Int64? = nil) { self.followed = followed }

    /// Adds the next leaf.
    public mutating func append(_ leaf: Digest) {
        whole.append(Subtree(size: 1, root: leaf))
        size += 1
        while whole.count > 1, whole[whole.count - 1].size == whole[whole.count - 2].size {
            join()
        }
    }

    /// The root over all leaves; for none, the hash of nothing.
    public var root: Digest {
        var copy = self
        return copy.finish() ?? SHA256.hash([])
    }

    /// The proof that the followed leaf is in the tree, leaf first; nil when it is not there yet.
    public var inclusionProof: [Digest]? {
        guard let followed, followed >= 0, followed < size else { return nil }
        var copy = self
        _ = copy.finish()
        return copy.path
    }

    private mutating func finish() -> Digest? {
        while whole.count > 1 { join() }
        return whole.first?.root
    }

    private mutating func join() {
        let right = whole.removeLast()
        let left = whole.removeLast()
        let start = whole.reduce(0) { $0 + $1.size }
        if let followed, followed >= start, followed < start + left.size + right.size {
            path.append(followed < start + left.size ? right.root : left.root)
        }
        whole.append(
            Subtree(size: left.size + right.size, root: MerkleTree.node(left.root, right.root)))
    }
}
