import Audit
import ControlPlane
import Cryptography
import JSONTree
import WireAPI

extension ControlPlaneAPI {
    func audit(_ answer: AuditAnswer) -> HTTPResponse {
        switch answer {
        case .checkpoint(let checkpoint):
            .bytes(checkpoint.note, type: "text/plain; charset=utf-8")
        case .checkpoints(let checkpoints, let next):
            .json(
                200,
                CheckpointList(
                    items: checkpoints.map { CheckpointView($0) }, next: next.map { "\($0)" }
                ).wire)
        case .events(let records, let next): events(records, next)
        case .found(let records, let names, let before): found(records, names, before)
        case .disclosures(let fields, let next):
            .json(
                200,
                DisclosureList(
                    items: fields.map { DisclosureView($0) },
                    next: next.map { "\($0.sequence).\($0.field)" }
                ).wire)
        case .inclusion(let proven): .json(200, EventProof(proven).wire)
        case .consistency(let consistency): .json(200, ConsistencyView(consistency).wire)
        case .keys(let origin, let keys, let changes):
            .json(
                200,
                LogKeyList(
                    origin: origin, keys: keys.map(\.vkey),
                    changes: changes.map { EventProof($0) }
                ).wire)
        case .erasures(let erasures):
            .json(200, ErasureList(items: erasures.map { ErasureView($0) }).wire)
        case .story(let story): .json(200, StoryView(story).wire)
        case .erasure(let erasure, let isNew):
            .json(isNew ? 201 : 200, ErasureView(erasure).wire)
        case .file(let bytes, let isText):
            .bytes(
                bytes, type: isText ? "text/plain; charset=utf-8" : "application/octet-stream")
        }
    }

    private func events(_ records: [AuditRecord], _ next: Int64?) -> HTTPResponse {
        guard let items = read(records) else { return APIFailure.internalError.response }
        return .json(200, EventList(items: items, next: next.map { "\($0)" }).wire)
    }

    private func found(
        _ records: [AuditRecord], _ names: [String: String], _ before: Int64?
    ) -> HTTPResponse {
        guard let items = read(records) else { return APIFailure.internalError.response }
        let parties = names.sorted { $0.key < $1.key }.map { PartyBody(id: $0.key, name: $0.value) }
        return .json(
            200, FoundEvents(items: items, names: parties, next: before.map { "\($0)" }).wire)
    }

    /// The events as JSON; nil when one cannot be read.
    private func read(_ records: [AuditRecord]) -> [JSONValue]? {
        var items: [JSONValue] = []
        for record in records {
            do { items.append(try JSONValue(parsing: record.line)) } catch { return nil }
        }
        return items
    }
}

extension CheckpointView {
    init(_ checkpoint: SignedCheckpoint) {
        self.init(
            size: Int(checkpoint.size), note: String(decoding: checkpoint.note, as: UTF8.self))
    }
}

extension DisclosureView {
    init(_ told: DisclosedField) {
        let field = told.field
        let isTold = told.untold == nil
        self.init(
            sequence: Int(field.sequence), document: field.document, index: field.index,
            pointer: field.pointer.description,
            salt: isTold ? Hexadecimal.encode(field.salt) : nil,
            value: isTold ? field.value : .null, digest: field.digest.hex,
            reason: told.untold?.rawValue)
    }
}

extension ErasureView {
    init(_ shown: ShownErasure) {
        let erasure = shown.erasure
        let kind =
            switch erasure.subject {
            case .approval: "approval"
            case .agent: "agent"
            case .member: "member"
            }
        let begun = erasure.confirmedBy == nil ? "proposed" : "part"
        self.init(
            id: erasure.id.rawValue, kind: kind, subject: shown.subjectName,
            state: erasure.doneAt == nil ? begun : "done", reason: erasure.reason,
            proposedBy: shown.proposedBy, proposedAt: erasure.proposedAt,
            confirmedBy: shown.confirmedBy, doneAt: erasure.doneAt,
            approvals: erasure.approvals, documents: erasure.documents)
    }
}

extension StoryView {
    init(_ story: Story) {
        self.init(
            approval: ApproverView(story.approval),
            events: story.steps.map { step in
                StoryEventView(
                    sequence: Int(step.record.sequence), at: step.entry.at,
                    type: step.entry.type, actor: step.entry.actor, text: step.entry.text,
                    event: String(decoding: step.record.line, as: UTF8.self),
                    inclusion: step.inclusion?.map { Base64.encode($0.bytes) })
            }, size: story.size.map { Int($0) })
    }
}

extension EventProof {
    init(_ proven: ProvenEvent) {
        self.init(
            event: String(decoding: proven.line, as: UTF8.self),
            proof: String(decoding: proven.proof.bytes, as: UTF8.self))
    }
}

extension ConsistencyView {
    init(_ consistency: LogConsistency) {
        self.init(
            from: Int(consistency.from), to: Int(consistency.to),
            hashes: consistency.hashes.map { Base64.encode($0.bytes) },
            checkpoint: consistency.checkpoint.map { String(decoding: $0.note, as: UTF8.self) })
    }
}
