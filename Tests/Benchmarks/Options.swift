import Glibc

/// What the command line asks for.
struct Options {
    var binaries = ".build/release"
    /// Small counts, for a run beside the tests.
    var isQuick = false
    /// How many polls wait at once.
    var polls = 10_000
    /// The folder of conformance data; nil leaves the figures of rules and of the scanner out.
    var data = getenv("COUNTERSIGN_CONFORMANCE").map { String(cString: $0) }
    /// How long each throughput figure is measured.
    var seconds = 10.0
    /// How many stored calls a policy is tried on.
    var stored = 100_000
    /// Names of the figures to measure; empty for all.
    var only: Set<String> = []

    init(_ arguments: [String]) throws(Trouble) {
        var rest = arguments[...]
        while let argument = rest.popFirst() {
            switch argument {
            case "--quick": isQuick = true
            case "--binaries": binaries = try Self.value(of: argument, &rest)
            case "--polls": polls = try Self.number(of: argument, &rest)
            case "--stored": stored = try Self.number(of: argument, &rest)
            case "--seconds": seconds = Double(try Self.number(of: argument, &rest))
            default:
                guard !argument.hasPrefix("-") else {
                    throw Trouble("unknown argument \(argument)")
                }
                only.insert(argument)
            }
        }
        if isQuick {
            polls = min(polls, 500)
            seconds = min(seconds, 2)
            stored = min(stored, 5_000)
        }
    }

    private static func value(
        of argument: String, _ rest: inout ArraySlice<String>
    ) throws(Trouble) -> String {
        guard let value = rest.popFirst() else { throw Trouble("\(argument) needs a value") }
        return value
    }

    private static func number(
        of argument: String, _ rest: inout ArraySlice<String>
    ) throws(Trouble) -> Int {
        guard let number = Int(try value(of: argument, &rest)), number > 0 else {
            throw Trouble("\(argument) needs a number above 0")
        }
        return number
    }
}

/// Why a figure could not be measured.
struct Trouble: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
