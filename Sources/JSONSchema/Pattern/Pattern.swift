/// A regular expression of ECMA-262 in Unicode mode, matched in time linear in the text.
///
/// Understood are literals, `.`, classes, `\d \w \s` and their opposites, `\p{…}` with general
/// categories, `^ $ \b \B`, groups, alternatives and quantifiers. Back-references and
/// look-around, which no linear matcher can keep, are refused, as are flags and scripts.
///
/// It is simulated as a nondeterministic automaton: all states at once, one character at a time.
package struct Pattern: Sendable {
    /// The expression as written.
    package let text: String
    private let program: [PatternInstruction]
    /// Whether a match can begin at the start of the text only.
    private let isAnchored: Bool

    /// The longest expression, in Unicode scalars.
    static let lengthMax = 4_096
    /// The most instructions, after counted repetitions are written out.
    static let instructionsMax = 4_096
    /// The deepest nesting of groups.
    static let depthMax = 32

    /// Compiles an expression.
    package init(_ text: String) throws(PatternError) {
        var parser = PatternParser(text)
        let tree = try parser.parse()
        var writer = PatternWriter()
        try writer.write(tree)
        program = writer.instructions + [.accept]
        isAnchored = tree.beginsAtStart
        self.text = text
    }

    /// How many instructions the automaton has.
    var size: Int {
        program.count
    }

    /// Whether the expression matches anywhere in `text`; false when the steps run out.
    package func matches(_ text: String, stepsLeft: inout Int) -> Bool {
        var run = PatternRun(program: program, stepsLeft: stepsLeft)
        defer { stepsLeft = run.stepsLeft }
        return run.matches(text, isAnchored: isAnchored)
    }
}

/// Why an expression is not taken.
package struct PatternError: Error, Hashable {
    /// The place, in Unicode scalars from 0.
    let place: Int
    /// A sentence fragment after the keyword, such as "uses look-around, which is not supported".
    package let reason: String
    /// Whether the expression may be well-formed all the same.
    let isUnsupported: Bool
}

/// A parsed expression.
indirect enum PatternTree {
    case empty
    case scalar(ScalarClass)
    case assertion(PatternAssertion)
    case sequence([PatternTree])
    case choice([PatternTree])
    case repeated(PatternTree, minimum: Int, maximum: Int?)

    /// Whether every match begins at the start of the text.
    var beginsAtStart: Bool {
        switch self {
        case .assertion(let assertion): assertion == .start
        case .sequence(let parts): parts.first?.beginsAtStart ?? false
        case .choice(let parts): parts.allSatisfy(\.beginsAtStart)
        case .empty, .scalar, .repeated: false
        }
    }
}

/// A condition on a place between two characters.
enum PatternAssertion: Hashable, Sendable {
    case start, end, wordBoundary, noWordBoundary

    func holds(between left: Unicode.Scalar?, and right: Unicode.Scalar?) -> Bool {
        func isWord(_ scalar: Unicode.Scalar?) -> Bool {
            scalar.map(ScalarClass.word.contains) ?? false
        }
        return switch self {
        case .start: left == nil
        case .end: right == nil
        case .wordBoundary: isWord(left) != isWord(right)
        case .noWordBoundary: isWord(left) == isWord(right)
        }
    }
}

/// One instruction of the automaton; the next one follows unless it says otherwise.
enum PatternInstruction: Sendable {
    case scalar(ScalarClass)
    case assertion(PatternAssertion)
    case split(Int, Int)
    case jump(Int)
    case accept
}

/// Writes a tree as instructions.
struct PatternWriter {
    var instructions: [PatternInstruction] = []
    /// How many trees were written; repetitions of nothing count here though they write nothing.
    private var written = 0

    mutating func write(_ tree: PatternTree) throws(PatternError) {
        written += 1
        guard written <= Pattern.instructionsMax * 4 else { throw tooLarge }
        switch tree {
        case .empty: break
        case .scalar(let scalar): try append(.scalar(scalar))
        case .assertion(let assertion): try append(.assertion(assertion))
        case .sequence(let parts):
            for part in parts {
                try write(part)
            }
        case .choice(let parts): try write(choice: parts)
        case .repeated(let part, let minimum, let maximum):
            for _ in 0..<minimum {
                try write(part)
            }
            try write(part, upTo: maximum.map { $0 - minimum })
        }
    }

    private var tooLarge: PatternError {
        PatternError(
            place: 0, reason: "is larger than \(Pattern.instructionsMax) states",
            isUnsupported: true)
    }

    private mutating func append(_ instruction: PatternInstruction) throws(PatternError) {
        guard instructions.count < Pattern.instructionsMax else {
            throw tooLarge
        }
        instructions.append(instruction)
    }

    private mutating func write(choice parts: [PatternTree]) throws(PatternError) {
        var ends: [Int] = []
        for (place, part) in parts.enumerated() {
            guard place < parts.count - 1 else {
                try write(part)
                break
            }
            let split = instructions.count
            try append(.split(split + 1, split + 1))
            try write(part)
            ends.append(instructions.count)
            try append(.jump(0))
            instructions[split] = .split(split + 1, instructions.count)
        }
        for end in ends {
            instructions[end] = .jump(instructions.count)
        }
    }

    /// Writes what may be there `count` times more, or any number of times.
    private mutating func write(
        _ part: PatternTree, upTo count: Int?
    ) throws(PatternError) {
        var splits: [Int] = []
        for _ in 0..<(count ?? 1) {
            splits.append(instructions.count)
            try append(.split(0, 0))
            try write(part)
        }
        if count == nil, let split = splits.first { try append(.jump(split)) }
        for split in splits {
            instructions[split] = .split(split + 1, instructions.count)
        }
    }
}
