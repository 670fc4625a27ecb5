import Approvals
import Audit
import Cryptography
import Inbox
import InboxViews
import JSONTree
import Testing
import WireAPI

@testable import TextGrid

/// Goal: an inbox pins nothing that no known key signed, believes a later key exactly when an
/// earlier one signed for it, and says in red when another key signs without that.
struct LogKeysTests {
    private static let size = GridSize(columns: 120, rows: 40)

    /// An inbox that saw `. +A` first, with the keys that the server named then.
    private func pinned(
        _ first: SignedLog, set: [String] = [], keys: Bool = true
    ) throws -> Driver {
        var server = FakeServer()
        server.put(view(1, minutes: 6_000))
        server.scripted = [("/v1/audit/checkpoint", first.newest())]
        if keys { server.scripted.append(("/v1/audit/keys", try first.list())) }
        var settings = InboxSettings()
        settings.logKeys = set
        let driver = Driver(server, size: Self.size, settings: settings)
        driver.advance(1_000)
        return driver
    }

    private func show(_ driver: Driver, _ log: SignedLog, from old: SignedLog) throws {
        driver.server.scripted = [
            ("/v1/audit/proof/consistency", try log.growth(from: old)),
            ("/v1/audit/keys", try log.list()),
        ]
        driver.advance(60_000)
        driver.server.scripted = []
    }

    private func pin(_ driver: Driver) -> LogPin? {
        driver.saved.compactMap { if case .putLogPin(let pin) = $0 { pin } else { nil } }.last
    }

    private func isRed(_ driver: Driver, _ words: String) -> Bool {
        let grid = driver.draw()
        guard let row = grid.text.firstIndex(where: { $0.contains(words) }) else { return false }
        return grid.cells[row * grid.size.columns + 2].role == .danger
    }

    private static let foreign = "AUDIT LOG SIGNED BY ANOTHER KEY"

    @Test("the keys that signed the first checkpoint are pinned, and no other that is named")
    func first() throws {
        let log = try SignedLog(". A>B +AB . +B")
        let driver = try pinned(log)
        #expect(pin(driver)?.keys == [try SignedLog.vkey("B")])
        #expect(driver.inbox.logSentence == nil)
        let asked = driver.server.requests.count
        try show(driver, try SignedLog(". A>B +AB . +B . +B"), from: log)
        #expect(pin(driver)?.note == (try SignedLog(". A>B +AB . +B . +B")).note)
        let more = driver.server.requests.dropFirst(asked)
        #expect(!more.contains { $0.target.contains("/v1/audit/keys") }, "asked once")
    }

    @Test("a first checkpoint that none of the named keys signed is said in red")
    func firstUnsigned() throws {
        let driver = try pinned(try SignedLog(". +X", named: "AB"))
        #expect(isRed(driver, "AUDIT LOG NOT SIGNED"))
    }

    @Test(
        "another key counts when the one before signed for it",
        arguments: [
            // What is seen next after `. +A`, and whether it is believed.
            (". +A . +A", true), (". +A A>B +AB . +AB", true), (". +A A>B +AB . +B", true),
            (". +A A>B +AB B>C +BC . +C", true),
            (". +A . +B", false), (". +A A>B +B . +B", false), (". +A A>B +A . +B", false),
            (". +A C>B +AB . +B", false), (". +A A>B +AB . +C", false),
            (". +A A>B +XB . +B", false), (". +A A>C +AC . +B", false),
        ])
    func rows(_ script: String, _ isBelieved: Bool) throws {
        let before = try SignedLog(". +A")
        let driver = try pinned(before)
        let log = try SignedLog(script)
        try show(driver, log, from: before)
        let note = isBelieved ? log.note : before.note
        #expect(pin(driver)?.note == note)
        #expect((driver.inbox.logSentence == nil) == isBelieved)
        if !isBelieved {
            #expect(isRed(driver, Self.foreign) && driver.effects.contains(.bell))
            #expect(pin(driver)?.contradiction == log.note)
        }
    }

    @Test("a later key is said once, with its event")
    func once() throws {
        let (first, second) = (try SignedLog(". +A"), try SignedLog(". +A A>B +AB . +AB"))
        let driver = try pinned(first)
        try show(driver, second, from: first)
        #expect(driver.sentence.contains("since event 1"), "\(driver.sentence)")
        #expect(pin(driver)?.keys == [try SignedLog.vkey("A"), try SignedLog.vkey("B")])
        driver.press("esc")
        let third = try SignedLog(". +A A>B +AB . +AB . +B")
        try show(driver, third, from: second)
        #expect(pin(driver)?.keys == [try SignedLog.vkey("B")])
        #expect(!driver.sentence.contains("since event"))
    }

    @Test("a signature that somebody adds on the way neither counts nor accuses")
    func added() throws {
        let first = try SignedLog(". +A")
        let driver = try pinned(first)
        let second = try SignedLog(". +A . +AX")
        try show(driver, second, from: first)
        #expect(driver.inbox.logSentence == nil)
        #expect(pin(driver)?.keys == [try SignedLog.vkey("A")])
        try show(driver, try SignedLog(". +A . +AX . +X"), from: second)
        #expect(isRed(driver, Self.foreign))
    }

    @Test("nothing is pinned and nobody accused while the server does not name its keys")
    func silent() throws {
        let (first, second) = (try SignedLog(". +A"), try SignedLog(". +A . +B"))
        let driver = try pinned(first)
        for _ in 0..<20 {
            driver.server.scripted += [
                ("/v1/audit/proof/consistency", try second.growth(from: first)),
                ("/v1/audit/keys", FakeServer.problem(503, "busy", "Later.")),
            ]
        }
        driver.advance(60_000)
        #expect(pin(driver)?.note == first.note && driver.inbox.logSentence == nil)
        driver.advance(300_000)
        #expect(driver.shows("has not proved"))
        try show(driver, second, from: first)
        #expect(isRed(driver, Self.foreign))
    }

    @Test("keys of the settings come before those of the server")
    func settings() throws {
        let (a, b) = (try SignedLog.vkey("A"), try SignedLog.vkey("B"))
        #expect(try pinned(SignedLog(". +A"), set: [a]).inbox.logSentence == nil)
        #expect(try isRed(pinned(SignedLog(". +A"), set: [b]), Self.foreign))
        let rotated = try pinned(SignedLog(". A>B +AB . +B"), set: [a])
        #expect(rotated.inbox.logSentence == nil && pin(rotated)?.keys == [b])
    }

    @Test("what was found stays over a restart")
    func restart() throws {
        let first = try SignedLog(". +A")
        let before = try pinned(first)
        try show(before, try SignedLog(". +A . +B"), from: first)
        let kept = try LogPin(wire: try #require(pin(before)).wire)
        var server = FakeServer()
        server.put(view(1, minutes: 6_000))
        let driver = Driver(
            server, size: Self.size, cached: CachedInbox(me: ada, logPin: kept))
        #expect(isRed(driver, Self.foreign))
    }

    @Test("a pin without keys, as of an earlier version, gets those that signed it")
    func earlier() throws {
        let log = try SignedLog(". +A")
        let kept = LogPin(note: log.note, seenAt: noon)
        var server = FakeServer()
        server.put(view(1, minutes: 6_000))
        server.scripted = [
            ("/v1/audit/proof/consistency", try log.growth(from: log)),
            ("/v1/audit/keys", try log.list()),
        ]
        let driver = Driver(
            server, size: Self.size, cached: CachedInbox(me: ada, logPin: kept))
        driver.advance(1_000)
        #expect(pin(driver)?.keys == [try SignedLog.vkey("A")])
        driver.press("T")
        #expect(driver.shows("checked."))
    }
}

/// A log written as `. A>B +AB`: an event, a change of the key, a checkpoint signed by A and B.
private struct SignedLog {
    static let origin = "acme.example/countersign/acme"
    /// The keys that the server names.
    var named: String
    var leaves: [Digest] = []
    private var lines: [[UInt8]] = []
    private var notes: [(size: Int, note: SignedNote)] = []

    init(_ script: String, named: String = "ABC") throws {
        self.named = named
        var head: ChainHead?
        var salts = Zeros()
        for word in script.split(separator: " ") {
            guard !word.hasPrefix("+") else {
                try sign(word.dropFirst())
                continue
            }
            let entry = try EventLog(origin: Self.origin).entry(
                try Self.event(word), id: EventID(UUIDv7(at: noon, from: &salts)),
                at: .init(wall: noon, uptime: Uptime(boot: "b", milliseconds: 1)),
                after: head, saltedFrom: &salts)
            head = ChainHead(sequence: entry.record.sequence, leafHash: entry.record.leafHash)
            leaves.append(entry.record.leafHash)
            lines.append(entry.record.line)
        }
    }

    private struct Zeros: Entropy {
        mutating func bytes(_ count: Int) -> [UInt8] { Array(repeating: 0, count: count) }
    }

    private static func signing(_ letter: Character) throws -> Ed25519SigningKey {
        try #require(
            Ed25519SigningKey(seed: Array(repeating: letter.asciiValue ?? 0, count: 32)))
    }

    static func vkey(_ letter: Character) throws -> String {
        try #require(NoteKey(name: origin, kind: .note, key: signing(letter).publicKey)).vkey
    }

    private static func event(_ word: Substring) throws -> AuditEvent {
        guard let old = word.first, let new = word.last, old != new else {
            return AuditEvent(.groupAdded, by: .server, about: .init(.group, "g"))
        }
        return AuditEvent(
            .keyRotated, by: .server, about: .init(.log, origin),
            facts: ["new": .string(try vkey(new)), "old": .string(try vkey(old))])
    }

    private mutating func sign(_ letters: Substring) throws {
        let checkpoint = Checkpoint(
            origin: Self.origin, size: Int64(leaves.count), root: MerkleTree.root(leaves))
        let keys = try letters.map { try Self.signing($0) }
        let signed = try #require(SignedCheckpoint(checkpoint, signedBy: keys))
        notes.append((leaves.count, try #require(SignedNote(parsing: signed.note))))
    }

    /// The newest checkpoint.
    var note: String { String(decoding: notes.last?.note.bytes ?? [], as: UTF8.self) }

    func newest() -> HTTPResponse { HTTPResponse(status: 200, body: Array(note.utf8)) }

    func growth(from old: SignedLog) throws -> HTTPResponse {
        let hashes = try #require(
            MerkleProof.consistency(from: old.leaves.count, in: leaves[...]))
        return FakeServer.ok(
            ConsistencyView(
                from: old.leaves.count, to: leaves.count,
                hashes: hashes.map { Base64.encode($0.bytes) }, checkpoint: note
            ).wire)
    }

    /// The keys, and the changes under the first checkpoint over each.
    func list() throws -> HTTPResponse {
        var changes: [EventProof] = []
        for (number, line) in lines.enumerated() {
            let event = try JSONValue(parsing: line)
            guard event["type"] == "key.rotated",
                let covering = notes.first(where: { $0.size > number }),
                let hashes = MerkleProof.inclusion(of: number, in: leaves[..<covering.size])
            else { continue }
            let proof = LogProof(index: Int64(number), hashes: hashes, checkpoint: covering.note)
            changes.append(
                EventProof(
                    event: String(decoding: line, as: UTF8.self),
                    proof: String(decoding: proof.bytes, as: UTF8.self)))
        }
        let keys = try named.map { try Self.vkey($0) }
        return FakeServer.ok(
            LogKeyList(origin: Self.origin, keys: keys, changes: changes).wire)
    }
}
