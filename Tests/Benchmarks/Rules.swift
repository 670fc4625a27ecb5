import Cryptography
import Glibc
import JSONLogic
import JSONTree

/// Fifty approval rules over a thousand calls: how fast, and whether every answer is right.
struct Rules {
    private let program: LogicProgram
    private let contexts: [JSONValue]

    /// The start of the SHA-256 that the description of the data gives for all answers.
    static let expected = "85a1899c1b41cc1b"

    /// Reads the rules and calls below the folder of conformance data.
    init(folder: String) throws {
        let written = try Self.list("\(folder)/bench-approvals-policy/rules-50.json")
        contexts = try Self.list("\(folder)/bench-approvals-policy/contexts-1000.json")
        program = try LogicProgram(
            written.compactMap { $0["when"] }, settings: LogicSettings(profile: .compat))
    }

    private static func list(_ path: String) throws -> [JSONValue] {
        guard let file = fopen(path, "r") else { throw Trouble("cannot read \(path)") }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while case let count = fread(&chunk, 1, chunk.count, file), count > 0 {
            bytes += chunk[..<count]
        }
        let value = try JSONValue(parsing: bytes, limits: JSONLimits(bytesMax: 1 << 24))
        return value.arrayValue ?? []
    }

    var ruleCount: Int { program.count }

    /// The SHA-256 of every answer as one character, call by call and rule by rule.
    func answersDigest() -> String {
        var bits: [UInt8] = []
        for context in contexts {
            for truth in program.truths(on: program.resolve(context)) {
                bits.append(truth == .yes ? 49 : 48)
            }
        }
        return SHA256.hash(bits).hex
    }

    /// Single rules a second, over calls that were resolved before.
    func evaluationsPerSecond(seconds: Double) -> Double {
        let inputs = contexts.map { program.resolve($0) }
        var yes = 0
        let rate = perSecond(seconds) {
            for input in inputs {
                for rule in 0..<program.count where program.truth(rule, on: input) == .yes {
                    yes += 1
                }
            }
            return inputs.count * program.count
        }
        return yes > 0 ? rate : 0
    }

    /// Whole decisions a second: a parsed call is resolved, and all rules are asked.
    func decisionsPerSecond(seconds: Double) -> Double {
        var yes = 0
        let rate = perSecond(seconds) {
            for context in contexts {
                for truth in program.truths(on: program.resolve(context)) where truth == .yes {
                    yes += 1
                }
            }
            return contexts.count
        }
        return yes > 0 ? rate : 0
    }

    /// The same from the bytes of each call.
    func parsedDecisionsPerSecond(seconds: Double) -> Double {
        let texts = contexts.map { Array($0.text(.compact).utf8) }
        var yes = 0
        let rate = perSecond(seconds) {
            for text in texts {
                do {
                    let input = program.resolve(try JSONValue(parsing: text))
                    for truth in program.truths(on: input) where truth == .yes { yes += 1 }
                } catch {
                    return 0
                }
            }
            return texts.count
        }
        return yes > 0 ? rate : 0
    }

    /// How often a second by the clock of this thread's CPU time.
    private func perSecond(_ seconds: Double, _ body: () -> Int) -> Double {
        _ = body()
        let start = Self.cpuSeconds
        var count = 0
        while Self.cpuSeconds - start < seconds {
            count += body()
        }
        return Double(count) / (Self.cpuSeconds - start)
    }

    private static var cpuSeconds: Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
