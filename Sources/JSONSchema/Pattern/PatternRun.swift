/// One simulation of an automaton over a text.
struct PatternRun {
    let program: [PatternInstruction]
    var stepsLeft: Int
    /// The step at which an instruction was last made active, so that none is active twice.
    private var marks: [Int]
    private var step = 0
    /// Active instructions that wait for a character.
    private var active: [Int] = []
    private var pending: [Int] = []

    init(program: [PatternInstruction], stepsLeft: Int) {
        self.program = program
        self.stepsLeft = stepsLeft
        marks = Array(repeating: 0, count: program.count)
    }

    mutating func matches(_ text: String, isAnchored: Bool) -> Bool {
        var rest = text.unicodeScalars.makeIterator()
        var previous: Unicode.Scalar?
        var next = rest.next()
        var seeds = [0]
        while stepsLeft > 0 {
            step += 1
            active.removeAll(keepingCapacity: true)
            for seed in seeds where activate(seed, between: previous, and: next) {
                return true
            }
            guard let scalar = next else { return false }
            seeds.removeAll(keepingCapacity: true)
            for place in active {
                if case .scalar(let scalars) = program[place], scalars.contains(scalar) {
                    seeds.append(place + 1)
                }
            }
            if isAnchored, seeds.isEmpty { return false }
            if !isAnchored { seeds.append(0) }
            previous = scalar
            next = rest.next()
        }
        return false
    }

    /// Follows everything that needs no character from `start` on; true when that is the end.
    private mutating func activate(
        _ start: Int, between left: Unicode.Scalar?, and right: Unicode.Scalar?
    ) -> Bool {
        pending.append(start)
        while let place = pending.popLast() {
            guard marks[place] != step else { continue }
            marks[place] = step
            stepsLeft -= 1
            switch program[place] {
            case .accept:
                pending.removeAll(keepingCapacity: true)
                return true
            case .scalar: active.append(place)
            case .jump(let target): pending.append(target)
            case .split(let one, let other):
                pending.append(other)
                pending.append(one)
            case .assertion(let assertion):
                if assertion.holds(between: left, and: right) { pending.append(place + 1) }
            }
        }
        return false
    }
}
