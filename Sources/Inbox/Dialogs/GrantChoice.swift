package import Approvals
package import JSONTree
package import WireAPI

/// What an approval shall stand for besides this call; nothing, unless somebody chooses it.
package struct GrantChoice: Sendable {
    /// For how long; nil for this call alone.
    package private(set) var seconds: Int?
    package private(set) var scope: GrantScope = .agent
    /// How many calls; empty for any number.
    package internal(set) var uses = TextField(bytesMax: 4)
    /// What may differ: `amount_cents<=50000, currency=EUR`.
    package internal(set) var bounds = TextField(bytesMax: 200)

    /// What can be chosen, one after the other.
    package static let spans = [900, 3_600, 14_400, 86_400]

    init(_ body: GrantBody? = nil) {
        guard let body else { return }
        seconds = body.seconds
        scope = body.scope ?? .agent
        if let most = body.uses { uses = TextField("\(most)", bytesMax: 4) }
        let texts = (body.bounds ?? []).map { bound in
            let sign = bound.max == nil ? "=" : "<="
            return "\(bound.pointer)\(sign)\((bound.max ?? bound.equals ?? .null).text(.compact))"
        }
        bounds = TextField(texts.joined(separator: ", "), bytesMax: 200)
    }

    /// The next longer time, and after the longest none.
    mutating func lengthen() {
        guard let seconds else { return self.seconds = Self.spans.first }
        self.seconds = Self.spans.first { $0 > seconds }
    }

    /// All calls of the agent, or those of its session.
    mutating func changeScope() { scope = scope == .agent ? .session : .agent }

    /// What is sent; nil when nothing is chosen or something is wrong with it.
    package func body(running arguments: JSONValue) -> GrantBody? {
        guard let seconds, problem(running: arguments) == nil else { return nil }
        let all = parts(running: arguments).compactMap(\.bound)
        return GrantBody(
            seconds: seconds, uses: uses.text.isEmpty ? nil : Int(uses.text), scope: scope,
            bounds: all.isEmpty ? nil : all)
    }

    /// What is wrong with the numbers of calls; nil when it is right.
    package var usesProblem: String? {
        guard !uses.text.isEmpty else { return nil }
        let isNumber = uses.text.utf8.allSatisfy { (48...57).contains($0) }
        guard isNumber, let count = Int(uses.text), (1...Limits.grantUsesMax).contains(count) else {
            return "Calls must be a number from 1 to \(Limits.grantUsesMax), or nothing."
        }
        return nil
    }

    /// What is wrong with it; nil when nothing is, or nothing is chosen.
    package func problem(running arguments: JSONValue) -> String? {
        guard seconds != nil else { return nil }
        return usesProblem ?? parts(running: arguments).compactMap(\.problem).first
    }

    /// What may differ, one by one, as far as it is understood.
    package func limits(running arguments: JSONValue) -> [GrantBoundBody] {
        parts(running: arguments).compactMap(\.bound)
    }

    private struct Part {
        var bound: GrantBoundBody?
        var problem: String?
    }

    private func parts(running arguments: JSONValue) -> [Part] {
        bounds.text.split(separator: ",").map { Self.part(Self.trimmed($0), arguments) }
    }

    private static func part(_ text: Substring, _ arguments: JSONValue) -> Part {
        guard let equals = text.utf8.firstIndex(of: UInt8(ascii: "=")) else {
            return Part(problem: "What may differ: write amount<=500, or currency=EUR.")
        }
        var name = trimmed(text[..<equals])
        let isMax = name.hasSuffix("<")
        if isMax { name = trimmed(name.dropLast()) }
        let place = name.hasPrefix("/") ? String(name) : "/\(name)"
        let value = trimmed(text[text.index(after: equals)...])
        guard let known = argument(place, arguments) else {
            return Part(problem: "There is no argument \(SafeWords.name(String(name))).")
        }
        let read = json(value)
        guard isMax else { return Part(bound: GrantBoundBody(pointer: place, equals: read)) }
        guard case .number = read, case .number = known else {
            return Part(problem: "\(SafeWords.name(String(name))) has no most: it is no number.")
        }
        return Part(bound: GrantBoundBody(pointer: place, max: read))
    }

    private static func argument(_ place: String, _ arguments: JSONValue) -> JSONValue? {
        do { return arguments[try JSONPointer(parsing: place)] } catch { return nil }
    }

    /// JSON when it is JSON, a text otherwise.
    private static func json(_ text: Substring) -> JSONValue {
        do {
            return try JSONValue(parsing: Array(text.utf8))
        } catch {
            return .string(String(text))
        }
    }

    private static func trimmed(_ text: Substring) -> Substring {
        var text = text
        while text.first == " " { text = text.dropFirst() }
        while text.last == " " { text = text.dropLast() }
        return text
    }
}

extension GrantChoice {
    /// `15 min`, `1 h` or `24 h`.
    package static func span(_ seconds: Int) -> String {
        if seconds >= 3_600 {
            let minutes = seconds % 3_600 / 60
            return minutes == 0 ? "\(seconds / 3_600) h" : "\(seconds / 3_600) h \(minutes) min"
        }
        return seconds >= 60 ? "\(seconds / 60) min" : "\(seconds) s"
    }
}
