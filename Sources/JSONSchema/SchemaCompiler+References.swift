import JSONTree

extension SchemaCompiler {
    /// Ties every `$ref` to the schema that it names, now that all of them are known.
    mutating func resolveReferences() throws(SchemaError) {
        for reference in references {
            let target = try resolve(reference)
            nodes[reference.node].rules.append(.reference(target))
        }
    }

    private func resolve(_ reference: PendingReference) throws(SchemaError) -> Int {
        func failure(_ sentence: String) -> SchemaError {
            SchemaError(pointer: reference.pointer, keyword: "$ref", sentence: sentence)
        }
        let parts = reference.target.split(
            separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
        let document = String(parts.first ?? "")
        let isOwn = document.isEmpty || identifier.map { $0.hasSameBytes(as: document) } ?? false
        guard isOwn else { throw failure("must not leave the document") }
        guard parts.count == 2 else { return 0 }
        guard let fragment = PercentEncoding.decode(String(parts[1])) else {
            throw failure("must be a well-formed URI reference")
        }
        if fragment.isEmpty { return 0 }
        let target: Int?
        if fragment.utf8.first == UInt8(ascii: "/") {
            do {
                target = places[try JSONPointer(parsing: fragment)]
            } catch {
                throw failure("must hold a JSON pointer: \(error.reason)")
            }
        } else {
            target = anchors[ByteText(fragment)]
        }
        guard let target else { throw failure("must lead to a schema in the document") }
        return target
    }

    /// Refuses schemas that would be held against one value for ever, or in a very long chain.
    ///
    /// Method: schemas without an unfinished follower are taken off, again and again; what stays
    /// leads back to itself.
    func refuseEndlessChains() throws(SchemaError) {
        let followers = nodes.map { $0.rules.flatMap(\.samePlaceNodes) }
        var waiting = followers.map(\.count)
        var leaders: [[Int]] = Array(repeating: [], count: nodes.count)
        for (node, targets) in followers.enumerated() {
            for target in targets {
                leaders[target].append(node)
            }
        }
        var length = Array(repeating: 1, count: nodes.count)
        var finished = waiting.indices.filter { waiting[$0] == 0 }
        while let node = finished.popLast() {
            for leader in leaders[node] {
                length[leader] = max(length[leader], length[node] + 1)
                waiting[leader] -= 1
                if waiting[leader] == 0 { finished.append(leader) }
            }
        }
        if let node = waiting.firstIndex(where: { $0 > 0 }) {
            throw failure(at: node, "must not lead back to itself on the same value")
        }
        if let node = length.firstIndex(where: { $0 > Self.chainMax }) {
            throw failure(at: node, "must not go on through more than \(Self.chainMax) schemas")
        }
    }

    private func failure(at node: Int, _ sentence: String) -> SchemaError {
        SchemaError(pointer: nodes[node].location, keyword: "$ref", sentence: sentence)
    }
}

/// Percent-encoding as in the fragment of a URI.
enum PercentEncoding {
    /// The decoded text; nil when a percent sign is not followed by two digits, or for bytes that
    /// are no UTF-8.
    static func decode(_ text: String) -> String? {
        var decoded: [UInt8] = []
        var rest = text.utf8.makeIterator()
        while let byte = rest.next() {
            guard byte == UInt8(ascii: "%") else {
                decoded.append(byte)
                continue
            }
            guard let high = rest.next().flatMap(digit), let low = rest.next().flatMap(digit) else {
                return nil
            }
            decoded.append(high << 4 | low)
        }
        return String(validating: decoded, as: UTF8.self)
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
