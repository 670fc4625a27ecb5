import Audit
import Cryptography
import Foundation
import JSONTree
import Testing

/// Goal: proofs that others published are judged as they say, and ours are as theirs.
@Suite(.enabled(if: TamperData.isThere, "COUNTERSIGN_CONFORMANCE names no folder"))
struct MerkleProofTests {
    private static func folder() throws -> String { try present(TamperData.folder) }

    private static func json(_ path: String) throws -> JSONValue {
        try JSONValue(parsing: Array(present(FileManager.default.contents(atPath: path))))
    }

    @Test func publishedProbesAreJudgedAsTheySay() throws {
        let top = try Self.folder() + "/merkle/testdata"
        let names = try present(FileManager.default.enumerator(atPath: top))
            .compactMap { $0 as? String }.filter { $0.hasSuffix(".json") }
        #expect(names.count > 50)
        for name in names {
            let probe = try Self.json(top + "/" + name)
            let isRight = name.hasPrefix("inclusion") ? Self.included(probe) : Self.agrees(probe)
            #expect(isRight == (probe["wantErr"] == false), "\(name)")
        }
    }

    private static func digest(_ value: JSONValue?) -> Digest? {
        Base64.decode(value?.stringValue ?? "").flatMap { Digest(bytes: $0) }
    }

    private static func proof(_ probe: JSONValue) -> [Digest]? {
        let texts = probe["proof"]?.arrayValue ?? []
        let hashes = texts.compactMap { digest($0) }
        return hashes.count == texts.count ? hashes : nil
    }

    private static func included(_ probe: JSONValue) -> Bool {
        guard let proof = proof(probe), let root = digest(probe["root"]),
            let leaf = digest(probe["leafHash"]), let index = probe["leafIdx"]?.intValue,
            let size = probe["treeSize"]?.intValue
        else { return false }
        return MerkleProof.includes(leaf, at: index, in: size, root: root, proof: proof)
    }

    private static func agrees(_ probe: JSONValue) -> Bool {
        guard let proof = proof(probe), let old = digest(probe["root1"]),
            let new = digest(probe["root2"]), let from = probe["size1"]?.intValue,
            let to = probe["size2"]?.intValue
        else { return false }
        return MerkleProof.isConsistent(from, old, with: to, new, proof: proof)
    }

    @Test func rootsAndProofsOfTheSampleLogAreOurs() throws {
        let roots = try Self.json(Self.folder() + "/merkle/rfc6962-roots.json")
        var tree = MerkleFrontier()
        let inputs = try present(roots["leaf_inputs_hex"]?.arrayValue)
        for (size, root) in try present(roots["roots_hex_by_size"]?.arrayValue).enumerated() {
            #expect(tree.root.hex == root.stringValue)
            guard size < inputs.count else { continue }
            let input = try present(Hexadecimal.decode(present(inputs[size].stringValue)))
            tree.append(SHA256.hash([0] + input))
        }
        let leaves = try TamperData.lines("events.jsonl", in: "00-base").map(EventLog.leafHash)
        let proofs = try Self.json(Self.folder() + "/audit-tamper/proofs.json")
        for proof in try present(proofs.arrayValue) {
            let size = Int(try present((proof["size"] ?? proof["to"])?.intValue))
            let from = Int(try present((proof["index"] ?? proof["from"])?.intValue))
            let made =
                proof["kind"] == "inclusion"
                ? MerkleProof.inclusion(of: from, in: leaves[..<size])
                : MerkleProof.consistency(from: from, in: leaves[..<size])
            let texts = try present(proof["proof"]?.arrayValue).map(\.stringValue)
            #expect(made?.map(\.hex) == texts)
        }
    }

    /// Method: every leaf, every size and every older size up to 33, and one bit changed in each.
    @Test func madeProofsHoldAndChangedOnesDoNot() throws {
        let leaves = (0..<33).map { SHA256.hash([UInt8($0)]) }
        for size in 1...leaves.count {
            let root = MerkleTree.root(leaves[..<size])
            for index in 0..<size {
                let proof = try present(MerkleProof.inclusion(of: index, in: leaves[..<size]))
                var tree = MerkleFrontier(following: Int64(index))
                for leaf in leaves[..<size] { tree.append(leaf) }
                #expect(tree.inclusionProof == proof)
                let holds = { (leaf: Digest) in
                    MerkleProof.includes(
                        leaf, at: Int64(index), in: Int64(size), root: root, proof: proof)
                }
                #expect(holds(leaves[index]) && !holds(root == leaves[index] ? leaves[1] : root))
                let older = try present(MerkleProof.consistency(from: index, in: leaves[..<size]))
                let agrees = { (old: Digest) in
                    MerkleProof.isConsistent(
                        Int64(index), old, with: Int64(size), root, proof: older)
                }
                #expect(agrees(MerkleTree.root(leaves[..<index])) && !agrees(leaves[32]))
            }
        }
    }
}
