public import Cryptography

/// Roots and proofs over the nodes that a store wrote down, each from a few of them.
public struct StoredTree<Failure: Error> {
    /// How many leaves the tree has.
    public let size: Int64
    private let read: (Int, Int64, Int64) throws(Failure) -> [Digest]

    /// The tree over the first `size` leaves.
    ///
    /// `read` gives exactly as many nodes as it is asked for, by level of sixteen, first number and
    /// count, or throws.
    public init(
        size: Int64, reading read: @escaping (Int, Int64, Int64) throws(Failure) -> [Digest]
    ) {
        self.size = size
        self.read = read
    }

    /// The root.
    public func root() throws(Failure) -> Digest {
        try TreeGrowth(size: size, reading: read).root
    }

    /// The proof that leaf `index` is in the tree, leaf first; nil when it is not.
    public func inclusion(of index: Int64) throws(Failure) -> [Digest]? {
        guard index >= 0, index < size else { return nil }
        var proof: [Digest] = []
        var (start, end) = (Int64(0), size)
        while end - start > 1 {
            let middle = start + Self.half(end - start)
            if index < middle {
                proof.append(try root(from: middle, to: end))
                end = middle
            } else {
                proof.append(try root(from: start, to: middle))
                start = middle
            }
        }
        return proof.reversed()
    }

    /// The proof that the first `old` leaves are the beginning of the tree; nil when it is smaller.
    public func consistency(from old: Int64) throws(Failure) -> [Digest]? {
        guard old >= 0, old <= size else { return nil }
        guard old > 0, old < size else { return [] }
        var proof: [Digest] = []
        var (start, end) = (Int64(0), size)
        while old != end {
            let middle = start + Self.half(end - start)
            if old <= middle {
                proof.append(try root(from: middle, to: end))
                end = middle
            } else {
                proof.append(try root(from: start, to: middle))
                start = middle
            }
        }
        // A whole subtree at the very beginning is known to whoever knows the old root.
        if start > 0 { proof.append(try root(from: start, to: end)) }
        return proof.reversed()
    }

    /// The root over the leaves from `start` to `end`, which a split of the tree came upon.
    private func root(from start: Int64, to end: Int64) throws(Failure) -> Digest {
        var parts: [Digest] = []
        var at = start
        while at < end {
            let height = Self.height(end - at)
            parts.append(try whole(at, height))
            at += 1 << height
        }
        let last = parts.removeLast()
        return parts.reversed().reduce(last) { MerkleTree.node($1, $0) }
    }

    /// The root over `2^height` leaves from `start`.
    private func whole(_ start: Int64, _ height: Int64) throws(Failure) -> Digest {
        let bits = Int64(TreeGrowth.bits)
        let level = height / bits
        let count: Int64 = 1 << (height % bits)
        return MerkleTree.root(try read(Int(level), start >> (level * bits), count))
    }

    /// The largest power of two, as exponent, that is not more than `count`.
    private static func height(_ count: Int64) -> Int64 {
        Int64(Int64.bitWidth - 1 - count.leadingZeroBitCount)
    }

    /// The largest power of two below `count`.
    private static func half(_ count: Int64) -> Int64 { 1 << height(count - 1) }
}
