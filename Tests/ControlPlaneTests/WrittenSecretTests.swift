import Approvals
import ControlPlane
import Cryptography
import JSONTree
import Testing

/// Goal: what an approver writes over a hidden value is hidden as well, wherever it is repeated.
@Suite struct WrittenSecretTests {
    private static let ada = "ada@acme.test"

    private func submission() throws -> SubmitCommand {
        try Desk.submission(
            arguments: ["list": ["first", "old-secret"], "pin": "old-pin", "note": "n"],
            redact: ["/list/1", "/pin"])
    }

    /// The value that replaces a hidden one may be in the comment that comes with it.
    @Test func commentsDoNotTellWhatWasWritten() throws {
        let desk = try Desk()
        let id = try desk.submit(submission())
        let edits = JSONPatch([
            .remove(JSONPointer(tokens: ["list", "0"])),
            .replace(JSONPointer(tokens: ["list", "0"]), "fresh-secret"),
            .replace(JSONPointer(tokens: ["pin"]), "fresh-pin"),
        ])
        let words = "now fresh-secret with fresh-pin, was old-secret"
        var command = try desk.decision(.approve, on: id, edits: edits, comment: words)
        command.key = "press-1"
        try desk.tell(.decide(command), as: Self.ada)
        try desk.tell(.comment(id, text: words), as: "lea@acme.test")
        let view = try desk.view(id, as: "aud@acme.test")
        for secret in ["fresh-secret", "fresh-pin", "old-secret"] {
            #expect(!"\(view)".contains(secret), "\(secret)")
        }
        // The same press again is the same press, not a conflict with itself.
        #expect(refusal { try desk.tell(.decide(command), as: Self.ada) } == nil)
    }

    /// One secret that begins inside of another one is no way out for its end.
    @Test func secretsThatOverlapAreTakenOutWhole() throws {
        let pointers = [JSONPointer(tokens: ["a"]), JSONPointer(tokens: ["b"])]
        let scrubber = Scrubber(hiding: pointers, in: [["a": "abcdef", "b": "efghij"]])
        let gap = Scrubber.gap
        #expect(scrubber.scrubbed("x abcdefghij y") == "x \(gap) y")
        #expect(scrubber.scrubbed("abcdefabcdef efghij") == "\(gap)\(gap) \(gap)")
        #expect(scrubber.scrubbed("abcde") == "abcde")
    }
}
