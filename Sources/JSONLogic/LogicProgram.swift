public import JSONTree

/// Rules, compiled once to be evaluated over many inputs.
///
/// The rules of one program share the paths that they read: an input is resolved once for all.
public struct LogicProgram: Sendable {
    let code: LogicCode

    /// Compiles rules; throws the first thing that is wrong with one.
    public init(
        _ rules: [JSONValue], settings: LogicSettings = LogicSettings()
    ) throws(LogicRefusal) {
        code = try LogicCompiler.compile(rules, settings: settings)
    }

    /// Compiles one rule.
    public init(
        _ rule: JSONValue, settings: LogicSettings = LogicSettings()
    ) throws(LogicRefusal) {
        try self.init([rule], settings: settings)
    }

    /// How many rules there are.
    public var count: Int {
        code.roots.count
    }

    /// Every path that a rule reads.
    public var paths: [JSONPointer] {
        code.slots
    }

    /// The paths that one rule reads, whichever way it goes.
    public func paths(of rule: Int) -> [JSONPointer] {
        guard code.reads.indices.contains(rule) else { return [] }
        return code.reads[rule].map { code.slots[Int($0)] }
    }

    /// Looks up every path in an input, once for all rules.
    public func resolve(_ data: JSONValue) -> LogicInput {
        var slots = Array(repeating: LogicValue.absent, count: code.slots.count)
        var atoms = Array(repeating: LogicAtoms.noText, count: code.slots.count)
        code.tree.resolve(data, code.atoms, into: &slots, &atoms)
        return LogicInput(slots: slots, atoms: atoms, code: code)
    }

    /// What a rule gives.
    public func evaluate(_ rule: Int = 0, on input: LogicInput) -> LogicOutcome {
        guard let root = root(of: rule, input) else { return Self.noSuchRule }
        var machine = LogicMachine(code: code, input: input)
        do {
            return .value(try machine.written(machine.value(root), root))
        } catch {
            return .indeterminate(machine.reason(error))
        }
    }

    /// Whether a rule holds.
    public func truth(_ rule: Int = 0, on input: LogicInput) -> LogicTruth {
        guard let root = root(of: rule, input) else { return .indeterminate }
        var machine = LogicMachine(code: code, input: input)
        do {
            return try machine.truth(root) ? .yes : .no
        } catch {
            return .indeterminate
        }
    }

    /// Whether each rule holds, in order; of the first rules only, when so many are given.
    public func truths(on input: LogicInput, first most: Int = .max) -> [LogicTruth] {
        let roots = code.roots.prefix(most)
        guard input.code === code else {
            return Array(repeating: .indeterminate, count: roots.count)
        }
        var machine = LogicMachine(code: code, input: input)
        var found: [LogicTruth] = []
        found.reserveCapacity(roots.count)
        for root in roots {
            machine.begin()
            do {
                found.append(try machine.truth(Int(root)) ? .yes : .no)
            } catch {
                found.append(.indeterminate)
            }
        }
        return found
    }

    /// What each part of a rule gave.
    public func trace(_ rule: Int = 0, on input: LogicInput) -> LogicTrace {
        guard let root = root(of: rule, input) else {
            return LogicTrace(
                definition: nil, pointer: .root, label: "", path: nil, result: Self.noSuchRule,
                children: [])
        }
        var machine = LogicMachine(code: code, input: input)
        return machine.trace(root)
    }

    /// The paths of a rule that are absent or null in an input.
    public func unusable(_ rule: Int = 0, on input: LogicInput) -> [JSONPointer] {
        guard root(of: rule, input) != nil else { return [] }
        return code.reads[rule].filter { input.slots[Int($0)].isNothing }
            .map { code.slots[Int($0)] }
    }

    /// Nil when there is no such rule, or the input was resolved by another program.
    private func root(of rule: Int, _ input: LogicInput) -> Int? {
        guard code.roots.indices.contains(rule), input.code === code else {
            return nil
        }
        return Int(code.roots[rule])
    }

    private static let noSuchRule = LogicOutcome.indeterminate(
        LogicReason(
            kind: .arguments, definition: nil, pointer: .root,
            sentence: "There is no such rule in the program of this input.", thrown: nil))
}
