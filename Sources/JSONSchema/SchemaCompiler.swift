import JSONTree

/// Turns a schema document into nodes, refusing everything that it would otherwise have to ignore.
struct SchemaCompiler {
    let formats: JSONSchema.Formats
    var nodes: [SchemaNode] = []
    /// Which node stands at which place, for references.
    var places: [JSONPointer: Int] = [:]
    var anchors: [ByteText: Int] = [:]
    var references: [PendingReference] = []
    /// The states of all patterns together.
    var patternSizes = 0
    /// The bytes of all places together.
    private var placesBytes = 0
    /// The `$id` of the root, by which the document may name itself.
    var identifier: String?
    /// Whether the document names draft 7, in which `$ref` hides its siblings.
    var hidesSiblings = false

    /// The most schemas of one document.
    static let nodesMax = 10_000
    /// The most states of all patterns together.
    static let patternSizesMax = 65_536
    /// The most bytes of the places of all schemas together: long names around many schemas make
    /// more of them than the document has.
    static let placesBytesMax = 4 << 20
    /// The deepest nesting of schemas.
    static let depthMax = 64
    /// The most schemas that lead one to another on one and the same value.
    static let chainMax = 32

    struct PendingReference {
        let node: Int
        let target: String
        let pointer: JSONPointer
    }

    init(formats: JSONSchema.Formats) {
        self.formats = formats
    }

    mutating func compile(_ document: JSONValue) throws(SchemaError) -> [SchemaNode] {
        try readRoot(document)
        _ = try node(document, at: .root)
        try resolveReferences()
        try refuseEndlessChains()
        for index in nodes.indices {
            let rules = nodes[index].rules
            nodes[index].rules =
                rules.filter { !$0.asksForEvaluation } + rules.filter(\.asksForEvaluation)
        }
        return nodes
    }

    /// Compiles the schema at `pointer`, which may be `true`, `false` or an object.
    mutating func node(
        _ schema: JSONValue, at pointer: JSONPointer
    ) throws(SchemaError) -> Int {
        guard nodes.count < Self.nodesMax else {
            throw SchemaError(
                pointer: pointer, keyword: "$schema",
                sentence: "has more than \(Self.nodesMax) schemas")
        }
        guard pointer.tokens.count <= Self.depthMax else {
            throw SchemaError(
                pointer: pointer, keyword: "$schema",
                sentence: "is nested deeper than \(Self.depthMax)")
        }
        placesBytes += pointer.tokens.reduce(0) { $0 + $1.utf8.count + 1 }
        guard placesBytes <= Self.placesBytesMax else {
            throw SchemaError(
                pointer: .root, keyword: "$schema", sentence: "has too long names around schemas")
        }
        let index = nodes.count
        nodes.append(SchemaNode(location: pointer))
        places[pointer] = index
        switch schema {
        case .bool(let allows):
            if !allows { nodes[index].rules = [.never] }
        case .object(let members):
            try KeywordReader(node: index, members: members, pointer: pointer).read(into: &self)
        case .null, .number, .string, .array:
            throw SchemaError(
                pointer: pointer, keyword: pointer.tokens.last ?? "$schema",
                sentence: "must be a schema: an object, true or false")
        }
        return index
    }

    /// Reads what only the root may say.
    private mutating func readRoot(_ document: JSONValue) throws(SchemaError) {
        func failure(_ keyword: String, _ sentence: String) -> SchemaError {
            SchemaError(
                pointer: .root.appending(keyword), keyword: keyword, sentence: sentence)
        }
        if let dialect = document["$schema"] {
            guard let uri = dialect.stringValue, let draft = Draft(uri: uri) else {
                throw failure("$schema", "must name draft 2020-12, 2019-09 or 7")
            }
            hidesSiblings = draft == .seven
        }
        if let name = document["$id"] {
            guard let text = name.stringValue else { throw failure("$id", "must be a string") }
            let stripped = text.hasSuffix("#") ? String(text.dropLast()) : text
            guard !stripped.utf8.contains(UInt8(ascii: "#")) else {
                throw failure("$id", "must have no fragment")
            }
            identifier = stripped
        }
    }
}

/// The drafts whose documents are read.
private enum Draft {
    case current, previous, seven

    init?(uri: String) {
        switch uri.hasSuffix("#") ? String(uri.dropLast()) : uri {
        case "https://json-schema.org/draft/2020-12/schema": self = .current
        case "https://json-schema.org/draft/2019-09/schema": self = .previous
        case "http://json-schema.org/draft-07/schema", "https://json-schema.org/draft-07/schema":
            self = .seven
        default: return nil
        }
    }
}
