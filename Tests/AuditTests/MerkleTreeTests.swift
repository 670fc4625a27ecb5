import Audit
import Cryptography
import JSONTree
import Testing

/// Goal: the tree has the shape of RFC 6962 for every size.
@Suite struct MerkleTreeTests {
    /// Method: compare with the recursive definition, which splits at the largest power of two.
    @Test(arguments: 0...33)
    func shapeIsThatOfTheDefinition(_ size: Int) {
        let leaves = (0..<size).map { SHA256.hash([UInt8($0)]) }
        #expect(MerkleTree.root(leaves) == defined(leaves[...]))
    }

    private func defined(_ leaves: ArraySlice<Digest>) -> Digest {
        guard leaves.count > 1 else { return leaves.first ?? SHA256.hash([]) }
        var half = 1
        while half * 2 < leaves.count { half *= 2 }
        let middle = leaves.startIndex + half
        return MerkleTree.node(defined(leaves[..<middle]), defined(leaves[middle...]))
    }
}

/// Goal: a commitment covers every field and says nothing about it.
@Suite struct FieldCommitmentTests {
    @Test func emptyContainersAndScalarsAreFields() throws {
        let document: JSONValue = ["b": [[:], [], nil], "a": ["x": 1], "a/": "t", "": false]
        var salts = ReplayedEntropy(drawn: Array(repeating: 7, count: 6 * 32))
        let commitment = try FieldCommitment(to: document, saltedFrom: &salts)
        let pointers = commitment.fields.map(\.pointer.description)
        #expect(pointers == ["/", "/a/x", "/a~1", "/b/0", "/b/1", "/b/2"])
        #expect(salts.drawn.isEmpty)
    }

    @Test func anotherSaltGivesAnotherRoot() throws {
        var roots: Set<Digest> = []
        for byte in UInt8(0)..<4 {
            var salts = ReplayedEntropy(drawn: Array(repeating: byte, count: 32))
            roots.insert(try FieldCommitment(to: ["pin": 1_234], saltedFrom: &salts).root)
        }
        #expect(roots.count == 4)
    }
}
