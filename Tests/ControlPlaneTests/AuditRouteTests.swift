import Approvals
import Audit
import AuditVerifier
import ControlPlaneAPI
import Cryptography
import Foundation
import JSONTree
import Testing
import WireAPI

/// Goal: whoever may read the log can check all of it with what the routes give, and others
/// read nothing.
@Suite struct AuditRouteTests {
    private static let reading: [Route] = [
        .auditCheckpoints, .auditEvents, .auditSearch, .auditDisclosures, .auditInclusion, .logFile,
    ]

    @Test func onlyOverseersReadTheLog() throws {
        let rig = try APIRig()
        for route in Self.reading {
            let query = route == .auditInclusion ? "?seq=0" : ""
            let name = route == .logFile ? "acme" : nil
            let path = route == .logFile ? "/checkpoint" : ""
            for (who, status) in [("aud", 200), ("admin", 200), ("ada", 403), ("bot", 403)] {
                let answer = rig.send(route, naming: name, query: path + query, as: who)
                #expect(answer.status == status, "\(route) as \(who)")
            }
            #expect(rig.send(route, naming: name, query: path + query, as: nil).status == 401)
        }
    }

    @Test func everybodyOfTheTenantPinsCheckpoints() throws {
        let rig = try APIRig()
        for who in ["aud", "ada", "eve", "bot"] {
            let first = try Self.checkpoint(rig, as: who)
            _ = try rig.submit(key: "key-of-\(who)")
            let answer = rig.send(.auditConsistency, query: "?from=\(first.size)", as: who)
            let view = try ConsistencyView(wire: answer.json())
            let note = try #require(SignedNote(parsing: Array((view.checkpoint ?? "").utf8)))
            let second = try #require(Checkpoint(note))
            let hashes = view.hashes.compactMap { Base64.decode($0).flatMap { Digest(bytes: $0) } }
            #expect(second.size > first.size)
            #expect(
                MerkleProof.isConsistent(
                    first.size, first.root, with: second.size, second.root, proof: hashes))
            let back = rig.send(.auditConsistency, query: "?from=9999", as: who)
            #expect(back.status == 409)
        }
    }

    @Test func anAgentIsGivenTheProofOfItsDecision() throws {
        let rig = try APIRig()
        let id = try rig.submit()
        #expect(try rig.send(.approval, naming: id, as: "bot").json()["proof"] == nil)
        try rig.expect(rig.decide(id), 200)
        let view = try AgentView(wire: rig.send(.approval, naming: id, as: "bot").json())
        let proven = try #require(view.proof)
        let proof = try #require(LogProof(parsing: Array(proven.proof.utf8)))
        #expect(proof.includes(EventLog.leafHash(Array(proven.event.utf8))))
        let event = try JSONValue(parsing: proven.event)
        #expect(event["type"] == "approval.decided" && event["outcome"] == "approved")
        #expect(event["subject"]?["id"]?.stringValue == id)
    }

    @Test func filesOfTheLogAreThoseOfTheFormat() throws {
        let rig = try APIRig()
        let checkpoint = try Self.checkpoint(rig, as: "aud")
        let width = checkpoint.size
        let tile = rig.send(
            .logFile, naming: "acme", query: "/tile/0/000.p/\(width)", as: "aud")
        let leaves = stride(from: 0, to: tile.body.count, by: 32)
            .compactMap { Digest(bytes: Array(tile.body[$0..<$0 + 32])) }
        #expect(leaves.count == Int(width))
        #expect(MerkleTree.root(leaves) == checkpoint.root)
        let bundle = rig.send(
            .logFile, naming: "acme", query: "/tile/entries/000.p/\(width)", as: "aud")
        var rest = bundle.body[...]
        for leaf in leaves {
            let count = Int(rest[rest.startIndex]) << 8 | Int(rest[rest.startIndex + 1])
            let line = Array(rest.dropFirst(2).prefix(count))
            #expect(EventLog.leafHash(line) == leaf)
            rest = rest.dropFirst(2 + count)
        }
        #expect(rest.isEmpty)
        for path in [
            "/tile/0/000", "/tile/0/000.p/255", "/tile/1/000.p/1", "/tile/0/001.p/1", "/tile/x",
            "/tile/63/000.p/1", "/tile/0/x999/x999/x999/x999/999", "", "/", "/checkpoint/",
        ] {
            #expect(rig.send(.logFile, naming: "acme", query: path, as: "aud").status == 404)
        }
        let foreign = rig.send(.logFile, naming: "rival", query: "/checkpoint", as: "aud")
        #expect(foreign.status == 404)
    }

    /// Method: a whole life, with a secret and an edit, then what the routes give is verified.
    @Test func whatTheRoutesGiveIsVerified() throws {
        let rig = try APIRig()
        try Self.live(on: rig)
        let told = try ToldLog(rig)
        let report = told.report()
        let export = String(decoding: told.events + told.rows, as: UTF8.self)
        #expect(report.result == .verified, "\(report.findings)\n\(report.doubts)")
        #expect(report.stats.withheld > 0)
        #expect(!export.contains("DE8937"))
        #expect(export.contains("cus_91"))
    }

    /// Two approvals to their receipts, one refused, one that ran out.
    private static func live(on rig: APIRig) throws {
        for (key, more) in [
            ("k1", []),
            ("k2", [("edits", [["op": "replace", "path": "/amount_cents", "value": 5]])]),
        ] as [(String, [(String, JSONValue)])] {
            let id = try rig.submit(key: key)
            try rig.expect(rig.decide(id, more: more), 200)
            let nonce: JSONValue = ["nonce": "0123456789abcdef"]
            let claim = rig.send(.claim, nonce, naming: id, as: "bot")
            try rig.expect(claim, 200)
            var receipt = JSONObject([("outcome", "succeeded"), ("result_summary", "done")])
            receipt["fencing_token"] = try claim.json()["fencing_token"]
            receipt["effective_digest"] = try claim.json()["effective_digest"]
            try rig.expect(rig.send(.receipt, .object(receipt), naming: id, as: "bot"), 200)
        }
        try rig.expect(rig.decide(rig.submit(key: "k3"), "reject"), 200)
        let left = try rig.submit(key: "k4")
        try rig.expect(rig.send(.cancel, naming: left, as: "bot"), 200)
    }

    private static func checkpoint(_ rig: APIRig, as who: String) throws -> Checkpoint {
        let answer = rig.send(.auditCheckpoint, as: who)
        return try #require(SignedNote(parsing: answer.body).flatMap { Checkpoint($0) })
    }

    /// Goal: no byte of a field that is not told can be another one.
    @Test func everyByteOfAWithheldFieldIsBound() throws {
        let rig = try APIRig()
        try Self.live(on: rig)
        let told = try ToldLog(rig)
        let start = try #require(Self.start(of: "withheld", in: told.rows))
        let end = try #require(told.rows[start...].firstIndex(of: UInt8(ascii: "\n")))
        for place in start..<end {
            for bit in [0, 5] {
                var changed = told
                changed.rows[place] ^= 1 << bit
                #expect(changed.report().result == .tampered, "bit \(bit) of \(place - start)")
            }
        }
    }

    /// Goal: whatever bit of whichever file of an export changes, the verifier finds it.
    ///
    /// `COUNTERSIGN_MUTATIONS` asks for more of them.
    @Test func everyChangedBitIsFound() throws {
        let rig = try APIRig()
        try Self.live(on: rig)
        let told = try ToldLog(rig)
        let count = told.events.count + told.rows.count + told.note.count
        let rounds = ProcessInfo.processInfo.environment["COUNTERSIGN_MUTATIONS"].flatMap {
            Int($0)
        }
        for round in 0..<(rounds ?? 400) {
            // The stride is a prime that divides no such count, so no place comes twice too soon.
            let place = round * 7_919 % count
            var changed = told
            changed.flip(UInt8(1) << UInt8(round / 3 % 8), at: place)
            #expect(changed.report().result == .tampered, "byte \(place) of \(count)")
        }
    }

    /// Where the first line stands that has this word.
    private static func start(of word: String, in lines: [UInt8]) -> Int? {
        let line = lines.split(separator: UInt8(ascii: "\n")).first {
            String(decoding: $0, as: UTF8.self).contains(word)
        }
        return line?.startIndex
    }
}

/// What the routes told an auditor.
struct ToldLog {
    let trust: AuditTrust
    var note: [UInt8]
    var events: [UInt8] = []
    var rows: [UInt8] = []
    /// The documents of policies, by the names that they have in an export.
    var policies: [String: [UInt8]] = [:]

    init(_ rig: APIRig) throws {
        let keys = try LogKeyList(wire: rig.send(.auditKeys, as: "aud").json())
        trust = AuditTrust(origin: keys.origin, logKeys: keys.keys.compactMap { NoteKey(vkey: $0) })
        note = rig.send(.auditCheckpoint, as: "aud").body
        var from: String? = "0"
        while let begin = from {
            let answer = rig.send(.auditEvents, query: "?limit=7&from=\(begin)", as: "aud")
            let page = try EventList(wire: answer.json())
            for item in page.items { events += try item.canonicalBytes() + [10] }
            from = page.next
        }
        from = "0"
        while let begin = from {
            let answer = rig.send(.auditDisclosures, query: "?limit=3&from=\(begin)", as: "aud")
            let page = try DisclosureList(wire: answer.json())
            for item in page.items { rows += try item.exportLine() + [10] }
            from = page.next
        }
    }

    /// Changes a bit of the files, put one behind the other.
    mutating func flip(_ bit: UInt8, at place: Int) {
        let inRows = place - events.count
        if inRows < 0 {
            events[place] ^= bit
        } else if inRows < rows.count {
            rows[inRows] ^= bit
        } else {
            note[inRows - rows.count] ^= bit
        }
    }

    func report() -> AuditReport {
        var check = ExportCheck(trust: trust, options: .init())
        check.addCheckpoint(note, named: "checkpoint.0")
        for (name, bytes) in policies { check.addPolicy(bytes, named: name) }
        var eventLines = LinesInMemory(events)
        var rowLines = LinesInMemory(rows)
        return check.run(events: &eventLines, disclosures: &rowLines)
    }
}
