import Keymap
import Testing

@testable import Inbox

/// A few letters find what was meant.
struct FuzzyMatchTests {
    @Test(
        "the best fit",
        arguments: [
            ("hist", "history"), ("hpd", "half-page-down"), ("hpu", "half-page-up"),
            ("app", "approve"),
            ("rej", "reject"), ("q", "quit"), ("oe", "open-editor"), ("half pd", "half-page-down"),
            ("ph", "push-history"), ("REJ", "reject"),
        ])
    func best(_ typed: String, _ name: String) {
        let names = Action.allCases.map(\.rawValue) + ["push-history"]
        let scored = names.compactMap { other in
            FuzzyMatch.score(typed, in: other).map { (other, $0) }
        }
        let most = scored.map(\.1).max()
        #expect(scored.first { $0.1 == most }?.0 == name)
    }

    @Test("letters in another order, or letters that are not there, do not fit")
    func none() {
        #expect(FuzzyMatch.score("rp", in: "approve") == nil)
        #expect(FuzzyMatch.score("approved", in: "approve") == nil)
        #expect(FuzzyMatch.score("z", in: "approve") == nil)
        #expect(FuzzyMatch.score("", in: "approve") == 0)
    }
}
