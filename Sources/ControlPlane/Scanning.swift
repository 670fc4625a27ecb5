import Approvals
import JSONTree
import Redaction

/// What is hidden of a submission beyond what its agent declared.
struct Scanned {
    /// The declared pointers, and those of what was found.
    let redactions: [JSONPointer]
    let found: [FoundValue]

    /// Looks through arguments; what a declared pointer covers is hidden already.
    ///
    /// `patterns` name more places, as a policy does.
    init(
        _ arguments: JSONValue, fitting schema: JSONValue?, declared: [JSONPointer],
        patterns: [PointerPattern] = []
    ) {
        let report = RedactionScanner(patterns: patterns).report(on: arguments, schema: schema)
        let fresh = report.pointers.filter { pointer in
            !declared.contains { $0.isPrefix(of: pointer) }
        }
        found = fresh.map { Self.found(at: $0, in: arguments, report) }
        redactions = declared + fresh
    }

    private static func found(
        at pointer: JSONPointer, in arguments: JSONValue, _ report: ScanReport
    ) -> FoundValue {
        let here = report.findings(at: pointer)
        var kinds: [String] = []
        for kind in here.map(\.kind.rawValue) where !kinds.contains(kind) { kinds.append(kind) }
        if let text = arguments[pointer]?.stringValue,
            let masked = report.maskedText(text, at: pointer)
        {
            return FoundValue(
                pointer: pointer, kinds: kinds, shown: cut(masked), spans: here.compactMap(\.span))
        }
        let label = here.first.map { FindingMark.text($0.label, length: $0.length) }
        return FoundValue(pointer: pointer, kinds: kinds, shown: label ?? "‹hidden›", spans: [])
    }

    /// The longest text that is shown in the place of one that holds a secret, in bytes.
    static let shownBytesMax = 4_000

    private static func cut(_ text: String) -> String {
        guard text.utf8.count > shownBytesMax else { return text }
        var head = Array(text.utf8.prefix(shownBytesMax))
        while let last = head.last, last & 0xC0 == 0x80 { head.removeLast() }
        if let last = head.last, last >= 0xC0 { head.removeLast() }
        let rest = text.utf8.count - head.count
        return String(decoding: head, as: UTF8.self) + "… ‹\(rest) bytes more are hidden with it›"
    }
}

/// Free text without what the scanner finds in it.
enum Words {
    static func masked(_ text: String) -> String { RedactionScanner().masked(text) }

    static func masked(_ context: Context) -> Context {
        Context(
            summary: context.summary.map(masked), reason: context.reason.map(masked),
            preview: context.preview.map(masked),
            links: context.links.map { link in
                Context.Link(title: masked(link.title), url: masked(link.url))
            })
    }

    static func masked(_ origin: Origin) -> Origin {
        Origin(
            framework: origin.framework.map(masked), runID: origin.runID.map(masked),
            callID: origin.callID.map(masked), sessionID: origin.sessionID.map(masked))
    }
}

extension Context {
    /// These words as they are served: looked through once more, for what an older scanner missed.
    var served: Context { Words.masked(self) }
}

extension Origin {
    /// Where a call comes from, as it is served.
    var served: Origin { Words.masked(self) }
}

extension JSONValue {
    /// The value with a mask without a name in the place of everything that the scanner finds.
    ///
    /// For what people wrote: nobody declared it, and there is nothing to reveal.
    var served: JSONValue {
        let report = RedactionScanner().report(on: self)
        var value = self
        for pointer in report.pointers where !isMasked(above: pointer) {
            let shown = report.findings(at: pointer).first
                .map { FindingMark.text($0.label, length: $0.length) }
            do {
                try value.apply(.replace(pointer, Self.mask(showing: shown)))
            } catch {
                return Self.mask(showing: shown)
            }
        }
        return value
    }

    /// True when a mask stands at `pointer` or around it.
    private func isMasked(above pointer: JSONPointer) -> Bool {
        (0...pointer.tokens.count).contains { depth in
            let place = JSONPointer(tokens: Array(pointer.tokens.prefix(depth)))
            return self[place].map(Self.isMask) ?? false
        }
    }

    /// True when the scanner finds something in a document about the arguments.
    var holdsSecrets: Bool { RedactionScanner().holdsSecrets(self) }
}

extension JSONPatch {
    /// The edits as they are served; an operation that wrote a secret shows a mask.
    var served: JSONPatch {
        JSONPatch(
            operations.map { operation in
                guard let value = operation.value else { return operation }
                // The member's name says what the value is, as it does in the arguments.
                let name = operation.pointer.tokens.last ?? ""
                let wrapped = JSONValue.object(JSONObject([(name, value)])).served
                let shown = wrapped[name] ?? wrapped
                return switch operation {
                case .add(let pointer, _): .add(pointer, shown)
                case .replace(let pointer, _): .replace(pointer, shown)
                case .remove: operation
                }
            })
    }
}
