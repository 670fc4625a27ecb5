public import Cryptography
public import JSONTree

extension Approval {
    /// What would run if `edits` were approved, and its digest.
    ///
    /// The edits are applied to the originals, so what they do not name stays as it was written.
    /// Refuses an edit outside of the envelope, one that writes a mask or reaches into a redacted
    /// value, and a result that is no object, too large or without a canonical form.
    public func edited(
        by edits: JSONPatch
    ) throws(Refusal) -> (arguments: JSONValue, digest: Digest) {
        guard !edits.isEmpty else { return (arguments, proposedDigest) }
        for operation in edits.operations { try requireAllowed(operation) }
        let view = masked
        do {
            _ = try Redaction.masked(edits, of: view.view, view.redacted)
        } catch {
            throw .editInvalid(error.pointer, error.reason)
        }
        let result: JSONValue
        do {
            result = try edits.applied(to: arguments)
        } catch {
            throw .editInvalid(error.pointer ?? .root, error.reason)
        }
        return (result, try Self.digest(of: result))
    }

    private func requireAllowed(_ operation: JSONPatch.Operation) throws(Refusal) {
        let pointer = operation.pointer
        guard requirement.envelope.allows(pointer) else { throw .editOutOfEnvelope(pointer) }
        let writesMarker = operation.value.map(Redaction.containsMarker) ?? false
        let namesMarker = pointer.tokens.contains { $0.utf8.elementsEqual(Redaction.marker.utf8) }
        guard !writesMarker, !namesMarker else {
            throw .editInvalid(pointer, "a mask is not a value; leave it out or write a new value")
        }
    }

    private static func digest(of arguments: JSONValue) throws(Refusal) -> Digest {
        guard arguments.objectValue != nil else {
            throw .editInvalid(.root, "arguments are an object")
        }
        guard arguments.depth <= Limits.argumentsDepthMax else {
            throw .limit("argumentsDepthMax is \(Limits.argumentsDepthMax)")
        }
        try CommitmentCost(of: arguments).requireWithinLimits()
        let canonical: [UInt8]
        do {
            canonical = try arguments.canonicalBytes()
        } catch {
            throw .editInvalid(error.pointer, error.reason)
        }
        guard canonical.count <= Limits.argumentsBytesMax else {
            throw .limit("argumentsBytesMax is \(Limits.argumentsBytesMax)")
        }
        return SHA256.hash(canonical)
    }
}

extension JSONValue {
    /// How many arrays and objects lie inside one another, this one included.
    public var depth: Int {
        switch self {
        case .null, .bool, .number, .string: 0
        case .array(let elements): 1 + (elements.lazy.map(\.depth).max() ?? 0)
        case .object(let object): 1 + (object.members.lazy.map(\.value.depth).max() ?? 0)
        }
    }
}
