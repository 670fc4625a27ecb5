public import JSONTree

/// Names places in a JSON value by a pointer that may hold wildcards.
///
/// `/recipient/iban` names one place, `/items/*/secret` one in every element, `/**/password` every
/// member of that name at any depth. The dotted form `recipient.iban` means the same as the pointer
/// form; in it `[2]` and `[*]` stand for elements. A name that really is `*` is written `~2`.
public struct PointerPattern: Hashable, Sendable, CustomStringConvertible {
    /// One step of a pattern.
    enum Step: Hashable, Sendable {
        case name(ByteText)
        case any
        case anyDepth
    }

    /// The pattern as it was written.
    public let description: String
    let steps: [Step]

    /// The longest pattern, in steps.
    public static let stepsMax = 32

    /// Reads either form; throws with a sentence fragment when `text` is neither.
    public init(_ text: String) throws(Malformed) {
        guard !text.isEmpty else { throw Malformed(reason: "a pattern names a place") }
        let names: [String]
        if text.utf8.first == UInt8(ascii: "/") {
            do {
                names = try JSONPointer(parsing: Self.withoutStars(text)).tokens
            } catch {
                throw Malformed(reason: error.reason)
            }
        } else {
            names = try Self.dotted(text)
        }
        guard names.count <= Self.stepsMax else {
            throw Malformed(reason: "a pattern has at most \(Self.stepsMax) steps")
        }
        steps = try names.map { name throws(Malformed) in try Self.step(name) }
        guard steps.last != .anyDepth else {
            throw Malformed(reason: "** is followed by what it looks for")
        }
        guard !zip(steps, steps.dropFirst()).contains(where: { $0 == .anyDepth && $1 == .anyDepth })
        else { throw Malformed(reason: "** stands once in a row") }
        description = text
    }

    /// Why a text is no pattern.
    public struct Malformed: Error, Hashable, Sendable, CustomStringConvertible {
        /// A sentence fragment.
        public let reason: String

        /// The reason.
        public var description: String { reason }
    }

    /// True when the pattern names the place that `pointer` names.
    public func matches(_ pointer: JSONPointer) -> Bool {
        var live = Live(self)
        for token in pointer.tokens { live = live.after(token, in: self) }
        return live.isMatch(of: self)
    }

    /// The places in `value` that this names, outermost first; none below another one.
    public func places(in value: JSONValue) -> [JSONPointer] {
        var places: [JSONPointer] = []
        collect(in: value, at: .root, Live(self), into: &places)
        return places
    }

    private func collect(
        in value: JSONValue, at pointer: JSONPointer, _ live: Live, into places: inout [JSONPointer]
    ) {
        if live.isMatch(of: self) {
            places.append(pointer)
            return
        }
        guard !live.isEmpty else { return }
        switch value {
        case .object(let object):
            for member in object.members {
                collect(
                    in: member.value, at: pointer.appending(member.name),
                    live.after(member.name, in: self), into: &places)
            }
        case .array(let elements):
            for (index, element) in elements.enumerated() {
                let name = String(index)
                collect(
                    in: element, at: pointer.appending(name), live.after(name, in: self),
                    into: &places)
            }
        case .null, .bool, .number, .string: break
        }
    }

    /// `~2` is our own escape for a star: kept from the pointer's parser as a private character.
    private static func withoutStars(_ text: String) -> String {
        String(
            decoding: text.utf8.split(
                separator: UInt8(ascii: "~"), omittingEmptySubsequences: false
            )
            .enumerated().flatMap { place, part -> [UInt8] in
                if place == 0 { return Array(part) }
                if part.first == UInt8(ascii: "2") { return Array(star) + part.dropFirst() }
                return [UInt8(ascii: "~")] + part
            }, as: UTF8.self)
    }

    private static let star = Array("\u{F8FF}*".utf8)

    private static func step(_ name: String) throws(Malformed) -> Step {
        if name.hasSameBytes(as: "**") { return .anyDepth }
        if name.hasSameBytes(as: "*") { return .any }
        let bytes = Array(name.utf8)
        if bytes.starts(with: star) {
            return .name(ByteText(String(decoding: bytes.dropFirst(star.count - 1), as: UTF8.self)))
        }
        guard !bytes.contains(UInt8(ascii: "*")) else {
            throw Malformed(reason: "a star stands alone between two slashes; write ~2 for a name")
        }
        return .name(ByteText(name))
    }

    private static func dotted(_ text: String) throws(Malformed) -> [String] {
        var names: [[UInt8]] = [[]]
        var isInBrackets = false
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: ".") where !isInBrackets: names.append([])
            case UInt8(ascii: "[") where !isInBrackets:
                isInBrackets = true
                if names.last?.isEmpty != true || names.count > 1 { names.append([]) }
            case UInt8(ascii: "]") where isInBrackets: isInBrackets = false
            case UInt8(ascii: "/"):
                throw Malformed(reason: "a pattern with slashes begins with one")
            default: names[names.count - 1].append(byte)
            }
        }
        guard !isInBrackets, names.allSatisfy({ !$0.isEmpty }) else {
            throw Malformed(reason: "a dotted path has a name between its dots and whole brackets")
        }
        return names.map { String(decoding: $0, as: UTF8.self) }
    }
}

extension PointerPattern {
    /// How far a walk has come in a pattern: the steps that may come next, as bits.
    struct Live: Hashable, Sendable {
        private var bits: UInt64 = 0

        init(_ pattern: PointerPattern) { add(0, in: pattern) }

        private init() {}

        var isEmpty: Bool { bits == 0 }

        func isMatch(of pattern: PointerPattern) -> Bool {
            bits >> UInt64(pattern.steps.count) & 1 == 1
        }

        /// Where the walk stands one level deeper.
        func after(_ name: String, in pattern: PointerPattern) -> Live {
            var next = Live()
            for (place, step) in pattern.steps.enumerated() where bits >> UInt64(place) & 1 == 1 {
                switch step {
                case .any: next.add(place + 1, in: pattern)
                case .anyDepth: next.add(place, in: pattern)
                case .name(let wanted):
                    if wanted.text.hasSameBytes(as: name) { next.add(place + 1, in: pattern) }
                }
            }
            return next
        }

        /// `**` may stand for nothing, so the step after it is live as well.
        private mutating func add(_ place: Int, in pattern: PointerPattern) {
            bits |= 1 << UInt64(place)
            if place < pattern.steps.count, pattern.steps[place] == .anyDepth {
                add(place + 1, in: pattern)
            }
        }
    }
}
