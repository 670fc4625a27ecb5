public import Cryptography

/// The tree of RFC 6962 as a store writes it down: sixteen whole neighbours become one node.
///
/// What is kept is logarithmic in the number of leaves, and so is what a restart reads.
public struct TreeGrowth: Hashable, Sendable {
    /// How many leaves there are.
    public private(set) var size: Int64
    /// By level, the newest nodes that have no parent yet: always fewer than sixteen.
    private var open: [[Digest]]

    /// How many nodes a node stands over.
    public static let fanOut: Int64 = 16
    /// How many levels of two a level of sixteen is.
    static let bits = 4

    /// A node that is whole for ever: the root over `16^level` leaves.
    public struct Node: Hashable, Sendable {
        public let level: Int
        public let number: Int64
        public let hash: Digest
    }

    /// The empty tree.
    public init() {
        size = 0
        open = []
    }

    /// The tree with `size` leaves whose nodes `read` gives by level, first number and count.
    public init<Failure: Error>(
        size: Int64, reading read: (Int, Int64, Int64) throws(Failure) -> [Digest]
    ) throws(Failure) {
        self.size = size
        open = []
        var count = size
        while count > 0 {
            let parents = count / Self.fanOut
            let first = parents * Self.fanOut
            open.append(count > first ? try read(open.count, first, count - first) : [])
            count = parents
        }
    }

    /// Adds the next leaf; the answer is what became whole by it, from the lowest level up.
    public mutating func append(_ leaf: Digest) -> [Node] {
        var whole: [Node] = []
        var hash = leaf
        var level = 0
        size += 1
        while true {
            if open.count == level { open.append([]) }
            open[level].append(hash)
            guard open[level].count == Int(Self.fanOut) else { return whole }
            hash = MerkleTree.root(open[level])
            open[level] = []
            level += 1
            let leaves: Int64 = 1 << Int64(Self.bits * level)
            whole.append(Node(level: level, number: size / leaves - 1, hash: hash))
        }
    }

    /// The root over all leaves; for none, the hash of nothing.
    public var root: Digest {
        var right: Digest?
        for nodes in open where !nodes.isEmpty {
            right = MerkleTree.root(nodes, before: right)
        }
        return right ?? SHA256.hash([])
    }
}

extension MerkleTree {
    /// The root over neighbours of one size, and over a smaller rest to the right of them.
    static func root(_ nodes: [Digest], before rest: Digest?) -> Digest {
        var whole: [Digest] = []
        var at = 0
        while at < nodes.count {
            var count = 1
            while count * 2 <= nodes.count - at { count *= 2 }
            whole.append(root(nodes[at..<at + count]))
            at += count
        }
        let last = rest ?? whole.removeLast()
        return whole.reversed().reduce(last) { node($1, $0) }
    }
}
