import Approvals
import JSONTree

// A refusal is kept for its key, so what a request made it name must not fill the disk.
extension Refusal {
    /// The longest place that is named, in bytes.
    private static let placeBytesMax = 1_000
    /// All places and sentences together, in bytes.
    private static let problemsBytesMax = 32_768

    /// The same refusal with places of a readable length, and no more of them than fit.
    var bounded: Refusal {
        switch self {
        case .editOutOfEnvelope(let pointer): .editOutOfEnvelope(Self.bounded(pointer))
        case .editInvalid(let pointer, let sentence):
            .editInvalid(Self.bounded(pointer), sentence)
        case .againstSchema(let problems): .againstSchema(Self.bounded(problems))
        case .invalid(let problems): .invalid(Self.bounded(problems))
        case .notFound, .unauthenticated, .forbidden, .alreadySettled, .moved, .pastDeadline,
            .notReleased, .claimTooLate, .alreadyClaimed, .notClaimer, .receiptDiffers,
            .idempotencyConflict, .conflict, .limit, .notFullyDisplayed, .stepUpRequired,
            .stepUpNotEnrolled, .stepUpPermitNeeded, .stepUpWrongCode, .stepUpLocked, .tooOften,
            .cursorReset, .halted:
            self
        }
    }

    /// The place itself, or the nearest one around it whose name is short enough.
    private static func bounded(_ pointer: JSONPointer) -> JSONPointer {
        var count = 0
        let kept = pointer.tokens.prefix { token in
            count += token.utf8.count + 1
            return count <= placeBytesMax
        }
        return kept.count == pointer.tokens.count ? pointer : JSONPointer(tokens: Array(kept))
    }

    private static func bounded(_ problems: [FieldProblem]) -> [FieldProblem] {
        var count = 0
        return problems.map(bounded).filter { problem in
            count += problem.field.utf8.count + problem.sentence.utf8.count
            return count <= problemsBytesMax
        }
    }

    private static func bounded(_ problem: FieldProblem) -> FieldProblem {
        guard problem.field.utf8.count > placeBytesMax else { return problem }
        let start = problem.field.utf8.prefix(placeBytesMax)
        let end = start.lastIndex(of: UInt8(ascii: "/")) ?? start.startIndex
        return FieldProblem(String(problem.field[..<end]), problem.sentence)
    }
}
