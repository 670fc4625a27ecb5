internal import CYAML

/// What stands next in a YAML text; the only place that holds libyaml's pointers.
@safe struct YAMLEvents: ~Copyable {
    /// One thing of the text, and where it begins.
    struct Event {
        let kind: Kind
        let place: PolicyFile.Place
        /// True for a value with a `!tag`.
        let hasTag: Bool
        /// True for a value with an `&anchor`.
        let hasAnchor: Bool
    }

    /// What it is.
    enum Kind {
        case end, document, alias
        /// A text; plain when it has no quotes.
        case scalar(String, isPlain: Bool)
        case listStart, listEnd, mapStart, mapEnd
    }

    private let reader: OpaquePointer

    /// Reads the bytes, which must outlive this; nil when there is no memory.
    init?(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard
            let reader = unsafe countersign_yaml_open(bytes.baseAddress, bytes.count)
        else { return nil }
        unsafe self.reader = reader
    }

    deinit {
        unsafe countersign_yaml_close(reader)
    }

    /// What stands next; nothing may be asked after an error or the end.
    func next() throws(PolicyFileError) -> Event {
        var event = unsafe countersign_yaml_event()
        unsafe countersign_yaml_next(reader, &event)
        let text = unsafe Self.text(event)
        let place = unsafe PolicyFile.Place(line: Int(event.line), column: Int(event.column))
        let kind: Kind
        switch unsafe Int(event.kind) {
        case COUNTERSIGN_YAML_END: kind = .end
        case COUNTERSIGN_YAML_DOCUMENT: kind = .document
        case COUNTERSIGN_YAML_SCALAR: kind = unsafe .scalar(text, isPlain: event.is_plain != 0)
        case COUNTERSIGN_YAML_LIST_START: kind = .listStart
        case COUNTERSIGN_YAML_LIST_END: kind = .listEnd
        case COUNTERSIGN_YAML_MAP_START: kind = .mapStart
        case COUNTERSIGN_YAML_MAP_END: kind = .mapEnd
        case COUNTERSIGN_YAML_ALIAS: kind = .alias
        default:
            throw PolicyFileError(
                Self.reason(text), line: place.line, column: place.column)
        }
        return unsafe Event(
            kind: kind, place: place, hasTag: event.has_tag != 0, hasAnchor: event.has_anchor != 0)
    }

    private static func text(_ event: countersign_yaml_event) -> String {
        unsafe String(
            decoding: UnsafeBufferPointer(start: event.text, count: event.length), as: UTF8.self)
    }

    /// libyaml's words, and for the usual mistake what to do.
    private static func reason(_ words: String) -> String {
        let isUsual =
            words.utf8.starts(with: "found character that cannot".utf8)
            || words.utf8.starts(with: "did not find expected".utf8)
        return isUsual
            ? "\(words); names such as \">\", \"!\" and \"%\" need quotes in YAML" : words
    }
}
