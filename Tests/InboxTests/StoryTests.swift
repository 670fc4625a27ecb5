import Approvals
import Audit
import Cryptography
import GoldenTesting
import Inbox
import JSONTree
import TextGrid
import Testing
import WireAPI
import ZoneTime

/// Goal: the story of an approval tells every step, and calls proved only what is in the log that
/// was signed.
struct StoryTests {
    private static let origin = "acme.example/countersign/acme"

    private struct Fives: Entropy {
        mutating func bytes(_ count: Int) -> [UInt8] { Array(repeating: 5, count: count) }
    }

    /// Four steps of one approval in a log that something else begins and ends; and a fifth when
    /// the values of an event were erased.
    private struct Fixture {
        var story: StoryView
        var checkpoint: Checkpoint

        init(signed: Int? = nil, erasing erased: Int? = nil) throws {
            var approval = InboxTests.view(1, minutes: 30)
            let edits = JSONPatch([
                .replace(try JSONPointer(parsing: "/amount_cents"), 50_000)
            ])
            approval.state = .approved
            approval.execution = .succeeded
            approval.decisions = [
                DecisionView(
                    verdict: .approve, by: "ada@acme.test", onBehalfOf: "bo@acme.test",
                    edits: edits, comment: "Half of it\u{1b}[2J.", at: noon.adding(seconds: 1),
                    revision: 1)
            ]
            let subject = AuditEvent.Subject(.approval, approval.id.rawValue)
            let other = AuditEvent.Subject(.approval, "01a2043d-9860-7e0e-b08c-0ba87d4786f6")
            var entropy = Fives()
            let edited: JSONValue = ["amount_cents": 50_000]
            let root = try FieldCommitment(to: edited, saltedFrom: &entropy).root.hex
            let user = AuditEvent.Actor(.user, "usr_ada")
            let bot = AuditEvent.Actor(.agent, "agt_bot")
            var events: [(AuditEvent, String, String)] = [
                (AuditEvent(.approvalCommented, by: user, about: other), "", ""),
                (AuditEvent(.approvalRequested, by: bot, about: subject), "bot", "Asked."),
                (
                    AuditEvent(
                        .approvalDecided, by: user, about: subject, outcome: "edited",
                        documents: [.init("edited_args", edited)],
                        facts: [
                            "displayed_digest": .string(approval.displayedDigest.text)
                        ]),
                    "ada@acme.test", "Approved with edits. On behalf of bo@acme.test."
                ),
                (
                    AuditEvent(
                        .approvalClaimed, by: bot, about: subject,
                        facts: ["effective_args_root": .string(root)]), "bot", "Began to run it."
                ),
                (
                    AuditEvent(
                        .executionReported, by: bot, about: subject, outcome: "succeeded",
                        facts: ["executed_args_root": .string(root)]), "bot", "Ran it: succeeded."
                ),
                (AuditEvent(.approvalCommented, by: user, about: other), "", ""),
            ]
            if let erased { events.append(Self.erasure(of: erased)) }
            (story, checkpoint) = try Self.told(
                events, of: approval, signed: signed ?? events.count)
        }

        /// The subject is the event whose values went, not the approval.
        private static func erasure(of event: Int) -> (AuditEvent, String, String) {
            (
                AuditEvent(
                    .disclosureErased, by: .server, about: .init(.event, "\(event)"),
                    facts: ["doc": "edited_args", "seq": .number(JSONNumber(Int64(event)))]),
                "system", "Erased what was committed to as edited_args."
            )
        }

        private static func told(
            _ events: [(AuditEvent, String, String)], of approval: ApproverView, signed: Int
        ) throws -> (StoryView, Checkpoint) {
            var entropy = Fives()
            var head: ChainHead?
            var leaves: [Digest] = []
            var steps: [StoryEventView] = []
            for (number, (event, actor, text)) in events.enumerated() {
                let at = noon.adding(seconds: number - 1)
                let entry = try EventLog(origin: origin).entry(
                    event, id: EventID(UUIDv7(at: at, from: &entropy)),
                    at: .init(wall: at, uptime: Uptime(boot: "b", milliseconds: Int64(number))),
                    after: head, saltedFrom: &entropy)
                head = ChainHead(sequence: Int64(number), leafHash: entry.record.leafHash)
                leaves.append(entry.record.leafHash)
                guard !text.isEmpty else { continue }
                steps.append(
                    StoryEventView(
                        sequence: number, at: at, type: event.type.rawValue, actor: actor,
                        text: text, event: String(decoding: entry.record.line, as: UTF8.self)))
            }
            let signedLeaves = leaves[..<signed]
            for index in steps.indices where steps[index].sequence < signed {
                steps[index].inclusion = MerkleProof.inclusion(
                    of: steps[index].sequence, in: signedLeaves
                )?.map { Base64.encode($0.bytes) }
            }
            return (
                StoryView(approval: approval, events: steps, size: signed),
                Checkpoint(
                    origin: origin, size: Int64(signed), root: MerkleTree.root(signedLeaves))
            )
        }

        var findings: [StoryCheck.Finding] { StoryCheck(story, against: checkpoint).findings }
    }

    @Test func whatWasSignedIsProved() throws {
        let whole = try Fixture()
        #expect(whole.findings == [.proved, .proved, .proved, .proved])
        let roots = StoryCheck(whole.story, against: whole.checkpoint).roots
        #expect(roots.released != nil)
        #expect(roots.released == roots.claimed && roots.claimed == roots.executed)
        // Later than the checkpoint, or without one.
        #expect(try Fixture(signed: 3).findings == [.proved, .proved, .open, .open])
        let unsigned = StoryCheck(whole.story, against: nil)
        #expect(unsigned.findings == [.open, .open, .open, .open])
    }

    @Test func whatIsNotInTheLogLikeThisIsWrong() throws {
        typealias Change = (inout Fixture) -> Void
        let step = 1
        let rows: [(String, Change)] = [
            ("another type", { $0.story.events[step].type = "approval.expired" }),
            ("another number", { $0.story.events[step].sequence = 3 }),
            ("another time", { $0.story.events[step].at = noon }),
            (
                "another event",
                { $0.story.events[step].event = $0.story.events[2].event }
            ),
            (
                "a changed event",
                {
                    let event = $0.story.events[step].event
                    $0.story.events[step].event = event.replacing("edited\"", with: "approved\"")
                }
            ),
            ("no event", { $0.story.events[step].event = "{}" }),
            (
                "another proof",
                { $0.story.events[step].inclusion = $0.story.events[0].inclusion }
            ),
            ("a proof of nothing", { $0.story.events[step].inclusion = ["!"] }),
            (
                "another log",
                {
                    $0.checkpoint = Checkpoint(
                        origin: Self.origin, size: $0.checkpoint.size, root: SHA256.hash([1]))
                }
            ),
        ]
        for (what, change) in rows {
            var fixture = try Fixture()
            change(&fixture)
            #expect(fixture.findings[step] == .wrong, "\(what)")
        }
        var fixture = try Fixture()
        fixture.story.approval.id = InboxTests.view(2).id
        #expect(fixture.findings.allSatisfy { $0 == .wrong })
        fixture = try Fixture()
        fixture.story.size = 5
        #expect(fixture.findings.allSatisfy { $0 == .open }, "proofs of another size prove nothing")
    }

    /// Erased values are no alarm; those of another approval do not belong here.
    @Test func anErasureIsProvedWhenItIsOfAStepOfTheStory() throws {
        #expect(try Fixture(erasing: 2).findings == Array(repeating: .proved, count: 5))
        #expect(try Fixture(erasing: 0).findings.last == .wrong)
        #expect(try Fixture(erasing: 6).findings.last == .wrong, "itself")
    }

    @Test func whatWasSeenIsComputedAndCompared() throws {
        func shown(_ fixture: Fixture) -> StoryCheck.Shown {
            StoryCheck(fixture.story, against: fixture.checkpoint).shown
        }
        var fixture = try Fixture()
        #expect(shown(fixture) == .same)
        #expect(try shown(Fixture(erasing: 2)) == .unknown)
        // Whatever the server says that the digest is.
        fixture.story.approval.arguments = ["amount_cents": 1]
        #expect(shown(fixture) == .different)
        fixture.story.events.removeLast(3)
        #expect(shown(fixture) == .unknown, "nobody decided")
    }

    @Test func itIsReadAndCopiedAsOnePage() throws {
        let fixture = try Fixture()
        let lines = StoryLines(
            story: fixture.story, check: StoryCheck(fixture.story, against: fixture.checkpoint),
            zone: .utc
        ).text.map(\.text)
        let text = lines.joined(separator: "\n")
        for words in [
            "ada@acme.test  Approved with edits. On behalf of bo@acme.test.",
            "~ /amount_cents 184000 \u{2192} 50000",
            "seen      the same as asked; the digest of it is in the log",
            "> Half of it", "claimed", "the same",
            "All 4 steps are in the audit log as it was "
                + "signed for 6 events.",
        ] { #expect(text.contains(words), "\(words)") }
        #expect(!text.contains("\u{1b}"), "what an agent or approver wrote is shown, not obeyed")
        var forged = fixture
        forged.story.events[1].inclusion = []
        let bad = StoryLines(
            story: forged.story, check: StoryCheck(forged.story, against: forged.checkpoint),
            zone: .utc
        ).text.map(\.text).joined(separator: "\n")
        #expect(bad.contains("NOT IN THE LOG LIKE THIS") && bad.contains("1 of 4 steps are NOT"))
    }

    @Test("One key from the queue, and a copy", arguments: ["80x24", "200x50"])
    func onThePage(_ size: String) throws {
        let sides = size.split(separator: "x").compactMap { Int($0) }
        let driver = Driver(
            [InboxTests.view(1, minutes: 30)],
            size: GridSize(columns: sides[0], rows: sides[1]))
        driver.server.scripted = [
            (
                "/v1/approvals/\(approvalID(1).rawValue)/story",
                FakeServer.ok(try Fixture().story.wire)
            )
        ]
        driver.press("Y")
        #expect(driver.shows("Approved with edits."))
        #expect(driver.shows("nothing is proved"))
        let difference = Golden.difference(driver.draw(), "story-\(size)")
        #expect(difference == nil, "\(difference ?? "")")
        driver.press("y")
        let copied = driver.effects.compactMap { effect -> String? in
            if case .copy(let text) = effect { text } else { nil }
        }
        #expect(copied.last?.contains("> Half of it\\u{1B}[2J.\n") == true)
    }
}
