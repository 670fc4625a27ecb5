public import JSONTree

/// A JSON Schema of draft 2020-12, compiled once and then held against any number of values.
///
/// What it understands is what tool schemas use: every validation keyword, every applicator, and
/// `$ref`, `$defs` and `$anchor` inside the document. Whatever it does not understand is refused
/// by name when it is compiled, never ignored: `$dynamicRef` and its kin, an `$id` below the root,
/// a reference out of the document, keywords that are neither in the draft nor marked `x-`, and
/// patterns that cannot be matched in linear time.
///
/// Documents that name draft 7 or 2019-09 are read as 2020-12 as long as the keywords they use
/// mean the same there.
///
/// Numbers are compared by their exact values, so `1` and `1.0` are one value and no integer is
/// too large. Strings are counted in Unicode scalars, as the draft says.
public struct JSONSchema: Sendable {
    /// What `format` means.
    public enum Formats: Hashable, Sendable {
        /// A value that is not of its format is a violation; unknown formats are refused.
        ///
        /// This is the draft's format-assertion vocabulary, and what we use: an address that a
        /// person mistyped should be caught before the call runs.
        case asserted
        /// Formats are notes for readers, which is what the draft does unless told otherwise.
        case annotated
    }

    /// The schemas of the document; the first is the root.
    let nodes: [SchemaNode]
    /// Whether any schema asks what the others left unevaluated.
    let tracksEvaluation: Bool

    /// The most violations that one check reports.
    public static let violationsMax = 100

    /// Compiles a schema, and refuses what it does not understand.
    public init(
        _ document: JSONValue, formats: Formats = .asserted
    ) throws(SchemaError) {
        var compiler = SchemaCompiler(formats: formats)
        nodes = try compiler.compile(document)
        tracksEvaluation = nodes.contains { $0.rules.contains(where: \.asksForEvaluation) }
    }

    /// Everything that is wrong with `value`, in the order of the schema; empty when it fits.
    ///
    /// A check that would take too many steps is broken off and reported as a violation, so a
    /// hostile schema can at worst refuse its own call.
    public func errors(in value: JSONValue) -> [SchemaViolation] {
        var checker = SchemaChecker(nodes: nodes, tracksEvaluation: tracksEvaluation)
        let outcome = checker.check(0, value, depth: 0)
        if checker.isExhausted {
            return [.init(pointer: .root, keyword: "$schema", sentence: SchemaChecker.tooMuch)]
        }
        return outcome.findings.prefix(Self.violationsMax).map(\.violation)
    }

    /// Whether `value` fits.
    public func accepts(_ value: JSONValue) -> Bool {
        errors(in: value).isEmpty
    }
}

/// Why a document is no schema that can be held against values.
public struct SchemaError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The place in the schema.
    public let pointer: JSONPointer
    /// The keyword that is wrong or not supported.
    public let keyword: String
    /// A sentence fragment such as "is not supported".
    public let sentence: String

    /// The place and the sentence in one line.
    public var description: String {
        "at \"\(pointer)\": \(keyword) \(sentence)"
    }
}

/// One way in which a value does not fit its schema.
public struct SchemaViolation: Hashable, Sendable, CustomStringConvertible {
    /// The place in the value.
    public let pointer: JSONPointer
    /// The keyword of the schema that is violated.
    public let keyword: String
    /// A sentence fragment such as "must be at most 5"; it never quotes the value.
    public let sentence: String

    /// The place and the sentence in one line.
    public var description: String {
        "at \"\(pointer)\": \(sentence)"
    }
}
