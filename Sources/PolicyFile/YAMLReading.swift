internal import JSONTree

/// Builds the one document of a YAML text.
struct YAMLReading: ~Copyable {
    private let events: YAMLEvents
    private var places: [JSONPointer: PolicyFile.Place] = [:]

    private init(_ events: consuming YAMLEvents) {
        self.events = events
    }

    /// The document, and where each of its values stands.
    static func document(
        _ bytes: [UInt8]
    ) throws(PolicyFileError) -> (JSONValue, [JSONPointer: PolicyFile.Place]) {
        let read: Result<(JSONValue, [JSONPointer: PolicyFile.Place]), PolicyFileError> =
            unsafe bytes.withUnsafeBufferPointer { buffer in
                guard let events = unsafe YAMLEvents(buffer) else {
                    return .failure(PolicyFileError("there is no memory left", line: nil))
                }
                var reading = YAMLReading(events)
                do throws(PolicyFileError) {
                    return .success((try reading.document(), reading.places))
                } catch {
                    return .failure(error)
                }
            }
        return try read.get()
    }

    private mutating func document() throws(PolicyFileError) -> JSONValue {
        let start = try events.next()
        guard case .document = start.kind else {
            throw PolicyFileError("the file holds no document", line: nil)
        }
        let value = try value(try events.next(), at: .root)
        let end = try events.next()
        guard case .end = end.kind else {
            throw refusal("the file holds a second document", end)
        }
        return value
    }

    private mutating func value(
        _ event: YAMLEvents.Event, at pointer: JSONPointer
    ) throws(PolicyFileError) -> JSONValue {
        try requireSafe(event)
        places[pointer] = event.place
        guard pointer.tokens.count < PolicyFile.depthMax else {
            throw refusal("lists and maps are nested deeper than \(PolicyFile.depthMax)", event)
        }
        switch event.kind {
        case .scalar(let text, let isPlain):
            guard isPlain else { return .string(text) }
            switch CoreScalar.value(text) {
            case .success(let value): return value
            case .failure(let unclear): throw refusal(unclear.reason, event)
            }
        case .listStart: return try list(at: pointer)
        case .mapStart: return try map(at: pointer)
        case .end, .document, .alias, .listEnd, .mapEnd:
            throw refusal("a value was expected", event)
        }
    }

    private mutating func list(at pointer: JSONPointer) throws(PolicyFileError) -> JSONValue {
        var elements: [JSONValue] = []
        while true {
            let event = try events.next()
            if case .listEnd = event.kind { return .array(elements) }
            elements.append(try value(event, at: pointer.appending(elements.count)))
        }
    }

    private mutating func map(at pointer: JSONPointer) throws(PolicyFileError) -> JSONValue {
        var object = JSONObject()
        while true {
            let event = try events.next()
            if case .mapEnd = event.kind { return .object(object) }
            try requireSafe(event)
            guard case .scalar(let name, let isPlain) = event.kind else {
                throw refusal("the name of a member is a text", event)
            }
            guard !isPlain || name != "<<" else {
                throw refusal("maps are not merged; write the members out", event)
            }
            guard object[name] == nil else {
                throw refusal("the map has a member of this name already", event)
            }
            let place = pointer.appending(name)
            object[name] = try value(try events.next(), at: place)
            // What is wrong with a member is shown where its name begins.
            places[place] = event.place
        }
    }

    private func requireSafe(_ event: YAMLEvents.Event) throws(PolicyFileError) {
        if case .alias = event.kind {
            throw refusal("aliases are not taken; name what is shared in defs or tables", event)
        }
        guard !event.hasAnchor else {
            throw refusal("anchors are not taken; name what is shared in defs or tables", event)
        }
        guard !event.hasTag else {
            throw refusal("tags are not taken; quote a name that begins with \"!\"", event)
        }
    }

    private func refusal(_ reason: String, _ event: YAMLEvents.Event) -> PolicyFileError {
        PolicyFileError(reason, line: event.place.line, column: event.place.column)
    }
}
