import Audit
import JSONTree
import Policies

/// Whether published policies say again what the log has them say, where the export tells all that
/// their rules read: the tool and the arguments.
///
/// Other facts (the agent's people, the time, what happened before) are in no export, and which
/// versions were in force is not known here: what depends on them is counted, not judged.
struct PolicyReplay {
    /// How many calls were judged again, and how many could not be.
    private(set) var replayedCount = 0
    private(set) var leftCount = 0
    private var programs: [ByteText: PolicyProgram] = [:]
    /// What the policy said about the calls that nobody has settled yet.
    private var said: [ByteText: PolicyVerdict] = [:]

    /// The most fields of arguments that are put together again.
    private static let fieldsMax = 1_000

    /// The rule in a request: `refunds@7#large`.
    struct Name {
        /// The name of the document in `policies/`.
        let file: String
        let decider: String

        /// Nil when no policy spoke about the call.
        init?(_ header: RecordHeader) {
            let parts = header.facts["rule"]?.stringValue?.split(
                separator: "#", omittingEmptySubsequences: false)
            guard let parts, parts.count == 2 else { return nil }
            let version = parts[0].split(separator: "@", omittingEmptySubsequences: false)
            guard version.count == 2 else { return nil }
            file = "\(version[0]).\(version[1]).json"
            decider = String(parts[1])
        }
    }

    /// Judges a request again; `document` is nil when the export has no published one.
    mutating func ask(
        _ header: RecordHeader, _ name: Name, _ rows: [DisclosureCheck.Row],
        _ document: [UInt8]?, _ findings: inout FindingList
    ) {
        guard let document, let program = program(name, document),
            let tool = header.facts["tool"]?.stringValue,
            let input = Self.input(tool, Self.fields(rows, of: header), read: Self.paths(program))
        else {
            leftCount += 1
            return
        }
        replayedCount += 1
        let verdict = program.decide(input)
        said[ByteText(header.subject)] = verdict
        guard !verdict.decider.name.hasSameBytes(as: name.decider) else { return }
        findings.add(
            .policyReplay, at: header.sequence,
            "By policies/\(name.file) \"\(verdict.decider.name)\" decides about the call, and not "
                + "\"\(name.decider)\".")
    }

    /// Holds what settled a call against what the policy said.
    mutating func settle(_ header: RecordHeader, _ findings: inout FindingList) {
        guard let verdict = said.removeValue(forKey: ByteText(header.subject)),
            header.actorKind == .policy, header.actor.hasSameBytes(as: verdict.id.rawValue)
        else { return }
        let isReleased = header.outcome?.hasSameBytes(as: "approved") == true
        let mayBe =
            switch verdict.effect {
            case .allow: isReleased
            case .deny: !isReleased
            case .requireApproval(let terms): isReleased && terms.allowsFlag
            }
        guard !mayBe else { return }
        findings.add(
            .policyReplay, at: header.sequence,
            "The policy \(verdict.id) does not say \(isReleased ? "that it runs" : "no") by itself."
        )
    }

    private mutating func program(_ name: Name, _ document: [UInt8]) -> PolicyProgram? {
        if let known = programs[ByteText(name.file)] { return known }
        do {
            let policy = try Policy(JSONValue(parsing: document, limits: LineFault.limits))
            let program = try PolicyProgram(policy)
            programs[ByteText(name.file)] = program
            return program
        } catch {
            return nil
        }
    }

    private static func paths(_ program: PolicyProgram) -> [JSONPointer] {
        program.decide(.object([:])).paths
    }

    private typealias Fields = (told: [(pointer: JSONPointer, value: JSONValue)], isWhole: Bool)

    /// The told fields of the arguments; nil when they are too many or none that can be read.
    private static func fields(_ rows: [DisclosureCheck.Row], of header: RecordHeader) -> Fields? {
        let own = rows.filter { $0.document.hasSameBytes(as: "args") }
        guard own.count <= fieldsMax, header.commits["args"]?["n"]?.intValue == Int64(own.count)
        else { return nil }
        var told: [(JSONPointer, JSONValue)] = []
        for row in own where row.isTold {
            do {
                let json = try JSONValue(parsing: row.line, limits: LineFault.limits)
                guard let text = json["ptr"]?.stringValue, let value = json["val"], row.isBound
                else { return nil }
                told.append((try JSONPointer(parsing: text), value))
            } catch {
                return nil
            }
        }
        return (told, told.count == own.count)
    }

    /// What the rules are given; nil when they read something that is not known for sure.
    private static func input(
        _ tool: String, _ fields: Fields?, read paths: [JSONPointer]
    ) -> JSONValue? {
        guard let fields else { return nil }
        var arguments = JSONObject()
        for path in paths where path.tokens != ["tool"] {
            guard path.tokens.first == "args" else { return nil }
            let place = JSONPointer(tokens: Array(path.tokens.dropFirst()))
            let there = fields.told.filter {
                $0.pointer.isPrefix(of: place) || place.isPrefix(of: $0.pointer)
            }
            // A value right there is all of it; else what is not told could belong to it.
            let isKnown = there.contains { $0.pointer.isPrefix(of: place) }
            guard isKnown || fields.isWhole else { return nil }
            for field in there {
                guard put(field.value, at: field.pointer.tokens[...], into: &arguments) else {
                    return nil
                }
            }
        }
        return ["tool": .string(tool), "args": .object(arguments)]
    }

    /// Puts a field in its place; false where a pointer could lead into an array or an object, or
    /// where two fields cannot both be.
    private static func put(
        _ value: JSONValue, at tokens: ArraySlice<String>, into object: inout JSONObject
    ) -> Bool {
        guard let name = tokens.first else { return value == .object([:]) && object.isEmpty }
        guard !name.utf8.allSatisfy({ $0 &- UInt8(ascii: "0") < 10 }) else { return false }
        guard tokens.count > 1 else {
            guard object[name] == nil || object[name] == value else { return false }
            object[name] = value
            return true
        }
        guard var inner = object[name] == nil ? JSONObject() : object[name]?.objectValue else {
            return false
        }
        guard put(value, at: tokens.dropFirst(), into: &inner) else { return false }
        object[name] = .object(inner)
        return true
    }
}
