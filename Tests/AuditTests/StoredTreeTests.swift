import Audit
import Cryptography
import Testing

/// Goal: roots and proofs from the few nodes that a store keeps are those over all leaves.
/// Method: every size up to some levels of sixteen, against the plain recursion of RFC 6962.
@Suite struct StoredTreeTests {
    private static let leaves = (0..<300).map { SHA256.hash([0, UInt8($0 & 255), UInt8($0 >> 8)]) }
    private static let sizes = Array(0...34) + [255, 256, 257, 271, 272, 300]

    /// What a store would hold after the leaves came one by one.
    private static let nodes: [[Digest]] = {
        var nodes: [[Digest]] = [leaves, [], [], []]
        var tree = TreeGrowth()
        for leaf in leaves {
            for node in tree.append(leaf) {
                precondition(node.number == Int64(nodes[node.level].count), "Nodes are in order.")
                nodes[node.level].append(node.hash)
            }
        }
        return nodes
    }()

    private static func read(_ level: Int, _ first: Int64, _ count: Int64) -> [Digest] {
        Array(nodes[level][Int(first)..<Int(first + count)])
    }

    @Test(arguments: sizes) func rootAfterRestart(size: Int) {
        var tree = TreeGrowth(size: Int64(size), reading: Self.read)
        #expect(tree.root == MerkleTree.root(Self.leaves.prefix(size)))
        guard size < Self.leaves.count else { return }
        _ = tree.append(Self.leaves[size])
        #expect(tree.root == MerkleTree.root(Self.leaves.prefix(size + 1)))
    }

    @Test(arguments: sizes) func inclusion(size: Int) throws {
        let tree = StoredTree(size: Int64(size), reading: Self.read)
        for index in stride(from: 0, to: size, by: max(1, size / 40)) {
            let proof = tree.inclusion(of: Int64(index))
            #expect(proof == MerkleProof.inclusion(of: index, in: Self.leaves.prefix(size)))
        }
        #expect(tree.inclusion(of: Int64(size)) == nil)
        #expect(tree.inclusion(of: -1) == nil)
    }

    @Test(arguments: sizes) func consistency(size: Int) throws {
        let tree = StoredTree(size: Int64(size), reading: Self.read)
        let root = tree.root()
        for old in stride(from: 0, through: size, by: max(1, size / 40)) {
            let proof = try #require(tree.consistency(from: Int64(old)))
            let oldRoot = MerkleTree.root(Self.leaves.prefix(old))
            #expect(
                MerkleProof.isConsistent(
                    Int64(old), oldRoot, with: Int64(size), root, proof: proof))
        }
        #expect(tree.consistency(from: Int64(size) + 1) == nil)
    }
}

/// Goal: only the paths of the format are paths.
@Suite struct TilePathTests {
    @Test(arguments: [
        ("checkpoint", TilePath.checkpoint), ("tile/0/000", .tile(level: 0, number: 0, width: 256)),
        ("tile/1/x001/x234/067", .tile(level: 1, number: 1_234_067, width: 256)),
        ("tile/63/999.p/255", .tile(level: 63, number: 999, width: 255)),
        ("tile/entries/x012/000.p/1", .entries(number: 12_000, width: 1)),
        ("tile/entries/007", .entries(number: 7, width: 256)),
    ])
    func paths(text: String, means path: TilePath) { #expect(TilePath(text) == path) }

    @Test(arguments: [
        "", "tile", "tile/0", "tile/0/", "tile/64/000", "tile/00/000", "tile/0/1", "tile/0/0001",
        "tile/0/x000/001", "tile/0/x001", "tile/0/001/002", "tile/0/000.p/0", "tile/0/000.p/256",
        "tile/0/000.p/01", "tile/-1/000", "tile/0/x001/x002/x003/x004/005/006", "checkpoint/",
        "tile/entries/00a", "tile/data/000",
    ])
    func others(text: String) { #expect(TilePath(text) == nil) }
}
