import Approvals
import Audit
import JSONTree

// The values that events committed to, as far as they are told.
extension Reader {
    /// How many events one page looks through, with values or not.
    private static let scanMax = 500
    /// Pages end after so many bytes of values, so that every client can take the answer.
    private static let pageBytesMax = 1 << 20

    func disclosures(
        from place: DisclosurePlace, limit: Int
    ) throws(CommandFailure) -> AuditAnswer {
        let records = try stored(
            try store.events(of: tenant, from: place.sequence, limit: Self.scanMax))
        var fields: [DisclosedField] = []
        var bytes = 0
        for record in records {
            let told = try told(record)
            let skipped = record.sequence == place.sequence ? place.field : 0
            for (index, field) in told.enumerated().dropFirst(skipped) {
                guard fields.count < limit, bytes < Self.pageBytesMax else {
                    let next = DisclosurePlace(sequence: record.sequence, field: index)
                    return .disclosures(fields, next: next)
                }
                fields.append(field)
                bytes += field.field.value.bytes().count
            }
        }
        let isWhole = records.count < Self.scanMax
        let next = isWhole ? nil : records.last.map { DisclosurePlace(sequence: $0.sequence + 1) }
        return .disclosures(fields, next: next)
    }

    /// The fields of one event; those that hold what an approver never sees are withheld.
    private func told(_ record: AuditRecord) throws(CommandFailure) -> [DisclosedField] {
        let fields = try stored(try store.disclosedFields(of: record.sequence, in: tenant))
        guard !fields.isEmpty, let id = Self.approval(record),
            let approval = try stored(try store.approval(id, of: tenant)),
            !approval.redactions.isEmpty
        else { return fields }
        let scrubber = approval.scrubber()
        return fields.map { told in
            let field = told.field
            guard told.untold == nil else { return told }
            let hiding = approval.redactions.first { $0.isPrefix(of: field.pointer) }
            let isHidden =
                hiding != nil || field.document.hasSameBytes(as: "edited_args")
                || scrubber.finds(in: field.value)
                || scrubber.finds(in: .string(field.pointer.description))
            // The names of members may be secret as well: the place is told as far as it is known.
            return isHidden ? told.withheld(at: hiding ?? .root) : told
        }
    }

    private static func approval(_ record: AuditRecord) -> ApprovalID? {
        do {
            let subject = try JSONValue(parsing: record.line)["subject"]
            guard subject?["kind"]?.stringValue?.hasSameBytes(as: "approval") == true else {
                return nil
            }
            return subject?["id"]?.stringValue.flatMap { ApprovalID($0) }
        } catch {
            return nil
        }
    }
}

extension DisclosedField {
    /// The same field without what it holds, and with only so much of its place.
    fileprivate func withheld(at pointer: JSONPointer) -> DisclosedField {
        let hidden = Disclosure(
            sequence: field.sequence, document: field.document, index: field.index,
            pointer: pointer, salt: [], value: .null, digest: field.digest)
        return DisclosedField(hidden, untold: untold ?? .withheld)
    }
}
