import Approvals
import JSONSchema
import JSONTree
import WireAPI

/// Reads `--for 1h --uses 5 --bound '/amount_cents<=50000' --session` into a grant.
struct GrantOption {
    var span: String?
    var uses: Int?
    var bounds: [String]
    var isSession: Bool

    /// The grant that is wanted; nil when none is.
    func body(running arguments: JSONValue) throws(Complaint) -> GrantBody? {
        guard let span else {
            guard uses == nil, bounds.isEmpty, !isSession else {
                throw Complaint(
                    "--uses, --bound and --session are about a grant, and none is asked for.",
                    next: "Say for how long with --for, as in --for 1h.", .usage)
            }
            return nil
        }
        var all: [GrantBoundBody] = []
        for bound in bounds { all.append(try Self.bound(bound, arguments)) }
        return GrantBody(
            seconds: try seconds(span), uses: uses, scope: isSession ? .session : .agent,
            bounds: all.isEmpty ? nil : all)
    }

    private func seconds(_ span: String) throws(Complaint) -> Int {
        let seconds = try Parsed.seconds(span, for: "--for")
        let range = Limits.grantSecondsMin...Limits.grantSecondsMax
        guard range.contains(seconds) else {
            throw Complaint(
                "--for cannot be \(span).", next: "A grant holds from a minute to a day.", .usage)
        }
        if let uses, !(1...Limits.grantUsesMax).contains(uses) {
            throw Complaint(
                "--uses cannot be \(uses).",
                next: "It is from 1 to \(Limits.grantUsesMax), or left out for any number.", .usage)
        }
        return seconds
    }

    private static func bound(
        _ text: String, _ arguments: JSONValue
    ) throws(Complaint) -> GrantBoundBody {
        guard let equals = text.utf8.firstIndex(of: UInt8(ascii: "=")) else { throw badBound(text) }
        let value = String(text[text.index(after: equals)...])
        var place = text[..<equals]
        let isMax = place.hasSuffix("<")
        if isMax { place = place.dropLast() }
        let pointer = try Parsed.pointer(String(place))
        guard arguments[pointer] != nil else {
            throw Complaint(
                "\(pointer) is no argument of this call.",
                next: "Look at them with `countersign show`.", .badInput)
        }
        let read = try EditOption.value(value, at: pointer, types: .all)
        guard isMax else { return GrantBoundBody(pointer: pointer.description, equals: read) }
        guard case .number = read else { throw badBound(text) }
        return GrantBoundBody(pointer: pointer.description, max: read)
    }

    private static func badBound(_ text: String) -> Complaint {
        Complaint(
            "\(text) is no bound.",
            next: "Write /amount_cents<=50000, or /currency=EUR for one value.", .usage)
    }
}
