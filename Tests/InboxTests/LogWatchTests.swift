import Approvals
import Audit
import Cryptography
import Inbox
import InboxViews
import JSONTree
import Testing
import WireAPI

@testable import TextGrid

/// Goal: an inbox that saw a signed checkpoint notices when another history is signed, says so in
/// red, and does not forget it; a log that only grew is never accused.
struct LogWatchTests {
    /// A log with proofs over it; another history has other leaves from some event on.
    private struct Log {
        var origin = "acme.example/countersign/acme"
        var leaves: [Digest]

        init(_ count: Int, otherFrom changed: Int = .max) {
            leaves = (0..<count).map { number in
                EventLog.leafHash(Array("\(number)\(number >= changed ? "x" : "")".utf8))
            }
        }

        func note(_ size: Int) -> String {
            let checkpoint = Checkpoint(
                origin: origin, size: Int64(size), root: MerkleTree.root(leaves[..<size]))
            let signature = "\u{2014} \(origin) \(Base64.encode([UInt8](repeating: 7, count: 68)))"
            return String(decoding: checkpoint.note.text, as: UTF8.self) + "\n" + signature + "\n"
        }

        func answer(from old: Int) -> HTTPResponse {
            guard old <= leaves.count,
                let hashes = MerkleProof.consistency(from: old, in: leaves[...])
            else { return FakeServer.problem(409, "conflict", "It is no longer than that.") }
            let proof = ConsistencyView(
                from: old, to: leaves.count, hashes: hashes.map { Base64.encode($0.bytes) },
                checkpoint: note(leaves.count))
            return FakeServer.ok(proof.wire)
        }

        var checkpoint: HTTPResponse {
            HTTPResponse(status: 200, body: Array(note(leaves.count).utf8))
        }
    }

    /// An inbox that pinned this log.
    private func pinned(
        _ log: Log, size: GridSize = GridSize(columns: 120, rows: 40)
    ) -> Driver {
        var server = FakeServer()
        server.put(view(1, minutes: 6_000))
        server.scripted = [("/v1/audit/checkpoint", log.checkpoint)]
        let driver = Driver(server, size: size)
        driver.advance(1_000)
        return driver
    }

    private func pin(_ driver: Driver) -> LogPin? {
        driver.saved.compactMap { if case .putLogPin(let pin) = $0 { pin } else { nil } }.last
    }

    private func show(_ driver: Driver, _ log: Log, from old: Int) {
        driver.server.scripted += [
            ("/v1/audit/proof/consistency", log.answer(from: old)),
            ("/v1/audit/checkpoint", log.checkpoint),
        ]
        driver.advance(60_000)
        driver.server.scripted = []
    }

    private func isRed(_ driver: Driver, _ words: String) -> Bool {
        let grid = driver.draw()
        guard let row = grid.text.firstIndex(where: { $0.contains(words) }) else { return false }
        return grid.cells[row * grid.size.columns + 2].role == .danger
    }

    @Test("the first checkpoint is kept, and asked for no more often than every half minute")
    func first() {
        let log = Log(5)
        let driver = pinned(log)
        #expect(pin(driver)?.note == log.note(5))
        let asked = driver.server.requests.count
        driver.news()
        driver.news()
        driver.advance(20_000)
        let logRequests = driver.server.requests.dropFirst(asked).filter {
            $0.target.contains("/v1/audit/")
        }
        #expect(logRequests.count <= 1)
        #expect(driver.inbox.logSentence == nil)
    }

    @Test("the first checkpoint is kept at once, also when the list comes before who asks for it")
    func firstAfterWhoAsks() {
        let log = Log(5)
        var server = FakeServer()
        server.put(view(1, minutes: 6_000))
        server.scripted = [
            ("/v1/me", FakeServer.problem(503, "busy", "It is busy.")),
            ("/v1/audit/checkpoint", log.checkpoint),
        ]
        let driver = Driver(server, size: GridSize(columns: 120, rows: 40))
        driver.advance(3_000)
        #expect(pin(driver)?.note == log.note(5))
    }

    @Test("a log that grew is pinned at its new size and accused of nothing", arguments: 1...9)
    func grew(_ old: Int) {
        let driver = pinned(Log(old))
        for size in old...old + 4 {
            show(driver, Log(size), from: size == old ? old : size - 1)
            #expect(driver.inbox.logSentence == nil, "\(size) after \(size - 1)")
            #expect(pin(driver)?.note == Log(size).note(size))
        }
    }

    @Test("another history of the same or of a larger size is said in red", arguments: [5, 8, 13])
    func rewritten(_ size: Int) {
        let driver = pinned(Log(5))
        show(driver, Log(size, otherFrom: 3), from: 5)
        #expect(isRed(driver, "AUDIT LOG REWRITTEN"))
        #expect(driver.effects.contains(.bell))
        #expect(pin(driver)?.note == Log(5).note(5), "what was seen before stays")
        #expect(pin(driver)?.contradiction == Log(size, otherFrom: 3).note(size))
    }

    @Test("a log that is shorter than it was is said in red")
    func shorter() {
        let driver = pinned(Log(5))
        show(driver, Log(3), from: 5)
        #expect(isRed(driver, "AUDIT LOG CUT: 5 events were signed before, 3 are there now."))
    }

    @Test("a log of another name is said in red, and its name is made harmless")
    func anotherLog() {
        let driver = pinned(Log(5))
        var other = Log(6)
        other.origin = "evil.example/x"
        show(driver, other, from: 5)
        #expect(isRed(driver, "ANOTHER AUDIT LOG"))
    }

    @Test("a wrong proof of a longer log is no proof")
    func wrongProof() {
        let driver = pinned(Log(5))
        let log = Log(9)
        var proof = ConsistencyView(from: 5, to: 9, hashes: [], checkpoint: log.note(9))
        driver.server.scripted = [("/v1/audit/proof/consistency", FakeServer.ok(proof.wire))]
        driver.advance(60_000)
        #expect(isRed(driver, "AUDIT LOG REWRITTEN"))
        let other = pinned(Log(5))
        proof.hashes = ["no base64"]
        other.server.scripted = [("/v1/audit/proof/consistency", FakeServer.ok(proof.wire))]
        other.advance(60_000)
        #expect(isRed(other, "AUDIT LOG REWRITTEN"))
    }

    @Test("what was found stays over a restart, whatever the server shows then")
    func restart() throws {
        let before = pinned(Log(5))
        show(before, Log(8, otherFrom: 3), from: 5)
        let kept = try #require(pin(before))
        var server = FakeServer()
        server.put(view(1, minutes: 6_000))
        let driver = Driver(server, cached: CachedInbox(me: ada, logPin: kept))
        show(driver, Log(9), from: 5)
        #expect(isRed(driver, "AUDIT LOG REWRITTEN"))
    }

    @Test("the pin of an earlier run is what a proof is asked for")
    func fromTheCopy() {
        let kept = LogPin(note: Log(5).note(5), seenAt: noon)
        var server = FakeServer()
        server.put(view(1, minutes: 6_000))
        server.scripted = [
            ("/v1/audit/proof/consistency", Log(7, otherFrom: 1).answer(from: 5))
        ]
        let driver = Driver(server, cached: CachedInbox(me: ada, logPin: kept))
        driver.advance(1_000)
        #expect(driver.server.requests.contains { $0.target.contains("consistency?from=5") })
        #expect(isRed(driver, "AUDIT LOG REWRITTEN"))
    }

    @Test("a server that is busy is accused of nothing, and one that never proves it is named")
    func busy() {
        let driver = pinned(Log(5))
        for _ in 0..<40 {
            driver.server.scripted.append(
                ("/v1/audit/", FakeServer.problem(503, "busy", "Later.")))
        }
        driver.advance(120_000)
        #expect(driver.inbox.logSentence == nil)
        driver.advance(300_000)
        #expect(driver.shows("has not proved"))
        #expect(!driver.shows("AUDIT LOG"))
        driver.server.scripted = []
        show(driver, Log(6), from: 5)
        #expect(driver.inbox.logSentence == nil)
    }

    @Test("a control plane without these routes is left in peace")
    func older() {
        let driver = Driver([view(1, minutes: 6_000)])
        driver.advance(900_000)
        #expect(driver.inbox.logSentence == nil && pin(driver) == nil)
    }

    @Test("the sentence fits the smallest screen", arguments: [60, 80, 200])
    func fits(_ columns: Int) {
        let driver = pinned(Log(5), size: GridSize(columns: columns, rows: 15))
        show(driver, Log(8, otherFrom: 3), from: 5)
        let text = driver.draw().text.joined(separator: " ")
        #expect(text.contains("REWRITTEN") && text.contains("auditor."))
        #expect(driver.shows("issue_refund"))
    }
}

/// Goal: what an inbox knows of the audit log can be read and copied, and an event leads to its
/// story.
struct AuditPageTests {
    private static let event: JSONValue = [
        "seq": 4, "ts": "2026-11-22T09:04:11.719Z", "type": "approval.decided",
        "outcome": "rejected", "actor": ["kind": "user", "id": "usr_bo"],
        "subject": ["kind": "approval", "id": .string(approvalID(1).rawValue)],
        "provenance": ["basis": "human"],
    ]

    private func driver(_ roles: [Approvals.Role], pin: LogPin? = nil) -> Driver {
        var server = FakeServer()
        server.me.roles = roles
        server.put(view(1, minutes: 6_000))
        var me = ada
        me.roles = roles
        let driver = Driver(server, cached: CachedInbox(me: me, logPin: pin))
        driver.server.scripted = [
            ("/v1/audit/search", FakeServer.ok(FoundEvents(items: [Self.event]).wire))
        ]
        driver.press("T")
        return driver
    }

    @Test("a lead sees the latest events, and enter on one tells its story")
    func events() {
        let driver = driver([.lead])
        #expect(driver.shows("approval.decided rejected  by usr_bo (human)"))
        driver.press("G enter")
        #expect(driver.server.requests.contains { $0.target.contains("/story") })
    }

    @Test("an approver sees what this inbox keeps, and asks for no events")
    func approver() {
        let origin = "acme.example/countersign/acme"
        let root = Base64.encode([UInt8](repeating: 1, count: 32))
        let signature = Base64.encode([UInt8](repeating: 7, count: 68))
        let note = "\(origin)\n5\n\(root)\n\n\u{2014} \(origin) \(signature)\n"
        let driver = driver([.approver], pin: LogPin(note: note, seenAt: noon))
        #expect(driver.shows("5 events, as signed"))
        #expect(driver.shows(root), "it can be copied from the screen")
        #expect(!driver.server.requests.contains { $0.target.contains("/v1/audit/search") })
    }
}
