public import JSONTree

/// Finds secrets that nobody declared.
///
/// It looks in layers, from what is certain to what is likely: places that a policy or the tool's
/// schema names, names of members, forms of keys that makers document, structure, checksums, and
/// what looks random. It also looks inside base64, percent-encoding and JSON in a text. Its work
/// is bounded; what it could not look through to the end is hidden whole.
public struct RedactionScanner: Sendable {
    /// Places that are hidden whatever stands there.
    public let patterns: [PointerPattern]
    /// The steps that one call may take; about forty for a byte.
    public let stepsMax: Int

    /// One call of the largest size passes with this, an endless one does not.
    public static let stepsMaxStandard = 64_000_000

    /// Makes a scanner.
    public init(
        patterns: [PointerPattern] = [], stepsMax: Int = RedactionScanner.stepsMaxStandard
    ) {
        self.patterns = patterns
        self.stepsMax = stepsMax
    }

    /// What is secret in `value`, which fits `schema`.
    public func report(on value: JSONValue, schema: JSONValue? = nil) -> ScanReport {
        var walk = TreeScan(budget: ScanBudget(steps: stepsMax), depth: 0)
        do {
            try walk.visit(value, at: .root, named: .plain)
        } catch {
            return .unscanned
        }
        var found = patterns.flatMap { pattern in
            pattern.places(in: value).map { Self.whole(at: $0, in: value, .pattern) }
        }
        if let schema {
            var marks = SchemaMarks(schema, budget: walk.budget)
            do {
                found += try marks.places(in: value)
                    .map { Self.whole(at: $0, in: value, .schema) }
            } catch {
                return .unscanned
            }
        }
        return ScanReport(found + walk.found)
    }

    /// True when a text or a name anywhere in `value` holds a secret; what members are called does
    /// not count, so this is for documents about arguments, such as their schema.
    public func holdsSecrets(_ value: JSONValue) -> Bool {
        var walk = TreeScan(budget: ScanBudget(steps: stepsMax), depth: 0, readsNames: false)
        do {
            try walk.visit(value, at: .root, named: .identifier)
        } catch {
            return true
        }
        return !walk.found.isEmpty
    }

    /// What is secret in `text`, in order and apart.
    public func findings(in text: String) -> [TextFinding] {
        var scan = TextScan(
            Array(text.utf8), key: .plain, depth: 0, budget: ScanBudget(steps: stepsMax))
        do {
            try scan.run()
        } catch {
            let span = 0..<text.utf8.count
            return [TextFinding(span: span, kind: .unscanned, label: ScanReport.unscannedLabel)]
        }
        return scan.found
    }

    /// The text with a mark in the place of every secret.
    public func masked(_ text: String) -> String {
        FindingMark.masked(text, findings(in: text))
    }

    private static func whole(
        at pointer: JSONPointer, in value: JSONValue, _ kind: FindingKind
    ) -> Finding {
        let place = value[pointer]
        let length =
            place?.stringValue.map { FindingMark.scalars(Array($0.utf8)[...]) }
            ?? place?.numberValue?.text.utf8.count ?? 0
        return Finding(
            pointer: pointer, span: nil, kind: kind, label: "hidden", length: length)
    }
}

/// What a scan found.
public struct ScanReport: Hashable, Sendable {
    /// One for each secret, those of one value side by side.
    public let findings: [Finding]

    /// A call with more values to hide than this is hidden whole.
    public static let valuesMax = 64

    static let unscannedLabel = "not looked through"

    /// The answer for what could not be looked through: all of it is hidden.
    public static let unscanned = ScanReport([
        Finding(pointer: .root, span: nil, kind: .unscanned, label: unscannedLabel, length: 0)
    ])

    /// Keeps the outermost of what lies in one another.
    init(_ found: [Finding]) {
        let whole = Set(found.filter { $0.span == nil }.map(\.pointer))
        var kept: [Finding] = []
        var seen: Set<JSONPointer> = []
        for finding in found {
            let isInside = (0..<finding.pointer.tokens.count).contains { depth in
                whole.contains(JSONPointer(tokens: Array(finding.pointer.tokens.prefix(depth))))
            }
            guard !isInside, finding.span == nil || !whole.contains(finding.pointer),
                finding.span != nil || seen.insert(finding.pointer).inserted
            else { continue }
            kept.append(finding)
        }
        if Set(kept.map(\.pointer)).count > Self.valuesMax {
            kept = [
                Finding(pointer: .root, span: nil, kind: .unscanned, label: "secrets", length: 0)
            ]
        }
        findings = kept
    }

    /// The values that hold something, each once, in order.
    public var pointers: [JSONPointer] {
        var seen: Set<JSONPointer> = []
        return findings.map(\.pointer).filter { seen.insert($0).inserted }
    }

    /// What was found at `pointer`.
    public func findings(at pointer: JSONPointer) -> [Finding] {
        findings.filter { $0.pointer == pointer }
    }

    /// The text at `pointer` with a mark for each secret; nil when the value is hidden whole.
    public func maskedText(_ text: String, at pointer: JSONPointer) -> String? {
        let here = findings(at: pointer)
        let spans = here.compactMap { finding in
            finding.span.map { TextFinding(span: $0, kind: finding.kind, label: finding.label) }
        }
        guard !spans.isEmpty, spans.count == here.count else { return nil }
        return FindingMark.masked(text, spans)
    }
}
