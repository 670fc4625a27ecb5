import Approvals
import ControlPlane
import JSONTree
import Testing
import WireAPI

@testable import ControlPlaneAPI

@Suite("Every refusal has its answer")
struct APIProblemTests {
    private static let moment = Timestamp(milliseconds: 1_795_367_475_818)

    /// One of each; the switch below does not compile when one is forgotten.
    private static let all: [Refusal] = [
        .notFound, .unauthenticated, .forbidden(.operatorsOnly),
        .alreadySettled(.approved, by: nil, at: nil), .moved(currentRevision: 2),
        .pastDeadline(moment), .notReleased(.pending), .claimTooLate(moment),
        .alreadyClaimed(at: moment), .notClaimer, .receiptDiffers, .idempotencyConflict,
        .editOutOfEnvelope(.root), .editInvalid(.root, ""), .againstSchema([]), .invalid([]),
        .conflict(""), .limit(""), .notFullyDisplayed, .stepUpRequired, .stepUpNotEnrolled,
        .stepUpPermitNeeded, .stepUpWrongCode(attemptsLeft: 2), .stepUpLocked(retryAfterSeconds: 9),
        .tooOften(retryAfterSeconds: 9),
        .cursorReset, .halted(since: moment),
    ]

    private func status(_ refusal: Refusal) -> Int {
        switch refusal {
        case .unauthenticated: 401
        case .forbidden, .stepUpRequired, .stepUpNotEnrolled, .stepUpPermitNeeded, .stepUpWrongCode,
            .stepUpLocked:
            403
        case .notFound: 404
        case .alreadySettled, .pastDeadline, .alreadyClaimed, .notClaimer, .receiptDiffers,
            .idempotencyConflict, .conflict, .halted:
            409
        case .notReleased, .claimTooLate, .cursorReset: 410
        case .moved: 412
        case .editOutOfEnvelope, .editInvalid, .againstSchema, .invalid, .limit, .notFullyDisplayed:
            422
        case .tooOften: 429
        }
    }

    /// The statuses are those of the contract, and the document lists every one of them.
    @Test func statuses() {
        let listed = Set(Contract.problems.map(\.name))
        for refusal in Self.all {
            let problem = Problem(refusal, current: nil)
            #expect(problem.status == status(refusal), "\(problem.name)")
            #expect(listed.contains(problem.name))
        }
        #expect(Set(Self.all.map { Problem($0, current: nil).name }).count == Self.all.count)
    }

    /// What stands in the way says itself what to do; only a name that is taken needs no more.
    @Test func conflictsNameTheNextStep() {
        let taken = Problem(.conflict("there is a group of this name"), current: nil)
        #expect(taken.nextStep == "Choose another name.")
        let last = Problem(
            .conflict("they are the last admin", next: "Make another."), current: nil)
        #expect(last.nextStep == "Make another.")
    }

    /// Who must wait is told for how long, in the header too.
    @Test func tooOften() {
        let failure = CommandFailure.refused(.tooOften(retryAfterSeconds: 9), current: nil)
        #expect(ControlPlaneAPI().response(failure).headers["retry-after"] == "9")
        let locked = CommandFailure.refused(.stepUpLocked(retryAfterSeconds: 8), current: nil)
        #expect(ControlPlaneAPI().response(locked).headers["retry-after"] == "8")
    }

    /// Missing authority is explained in words, one sentence each.
    @Test(arguments: [
        (Refusal.Forbidden.roleMissing(needed: [.lead, .admin]), "admin or lead"),
        (.ownRun, "your own"), (.decidedBefore, "already"), (.operatorsOnly, "installation"),
    ])
    func forbidden(_ why: Refusal.Forbidden, _ word: String) {
        let problem = Problem(.forbidden(why), current: nil)
        #expect(problem.detail.contains(word))
    }
}

@Suite("YAML is written so that it is read as what it was")
struct YAMLTextTests {
    /// Texts that YAML could take for something else are quoted.
    @Test(arguments: [
        ("word", "a: word"), ("two words, plain.", "a: two words, plain."), ("", #"a: """#),
        ("true", #"a: "true""#), ("No", #"a: "No""#), ("1", #"a: "1""#), ("- x", #"a: "- x""#),
        ("a: b", #"a: "a: b""#), ("a #b", #"a: "a #b""#), ("x ", #"a: "x ""#), ("é", #"a: "é""#),
        ("two\nlines", "a: |-\n  two\n  lines"),
    ])
    func scalars(_ text: String, _ line: String) {
        #expect(YAMLText.text(of: ["a": .string(text)]) == line + "\n")
    }

    /// Structure is indentation; what is empty is written inline.
    @Test func structure() {
        let value: JSONValue = [
            "200": ["x": [1, nil, [:]]], "list": [["a": 1, "b": [true]], []], "/p/{id}": "y",
        ]
        let text = """
            "200":
              x:
                - 1
                - null
                - {}
            list:
              - a: 1
                b:
                  - true
              - []
            "/p/{id}": "y"

            """
        #expect(YAMLText.text(of: value) == text)
    }
}
