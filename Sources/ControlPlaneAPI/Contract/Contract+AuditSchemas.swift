import JSONTree

extension Contract {
    /// The types of the audit log, field by field.
    static let auditSchemas: [ContractSchema] = [
        ContractSchema(
            "FoundEvents", .answered, "Events that were looked for, newest first.",
            [
                .required("items", .list(.object), "The events, as the log has them.", [event]),
                .required(
                    "names", .list(.schema("PartyBody")),
                    "Who the people and agents are, and which tool an approval was about."),
                .optional(
                    "next", .text,
                    "The number to look on before; missing when everything was looked at.", "17"),
            ]),
        ContractSchema(
            "EventList", .answered, "Events of an audit log.",
            [
                .required(
                    "items", .list(.object),
                    "The events as they are in the log; their RFC 8785 form is what is hashed.",
                    [event]),
                .required(
                    "next", .orNull(.text), "The `from` of the next page; null at the end.", nil),
            ]),
        ContractSchema(
            "DisclosureView", .answered, "One field of a document that an event committed to.",
            [
                .required("seq", .count, "The number of the event.", 5),
                .required("doc", .text, "The document within the event.", "reason"),
                .required("i", .count, "The number of the field.", 0),
                .required("ptr", .text, "Where it stands in the document.", "/text"),
                .required(
                    "salt", .orNull(.text),
                    "64 hexadecimal digits; null when the value is not told.", .string(digits)),
                .required(
                    "val", .anything, "The value; null also when it is not told.", "a duplicate"),
                .required(
                    "dig", .text, "The digest of the field, 64 hexadecimal digits.",
                    .string(digits)),
                .optional(
                    "untold", .choice(["erased", "withheld"]),
                    "Why the value is not told: it is gone for ever, or approvers never see it.",
                    "withheld"),
            ]),
        ContractSchema(
            "DisclosureList", .answered, "Fields of documents, in the order of an export.",
            [
                .required(
                    "items", .list(.schema("DisclosureView")), "By event, document and number."),
                .required(
                    "next", .orNull(.text), "The `from` of the next page; null at the end.", nil),
            ]),
        ContractSchema(
            "CheckpointView", .answered, "A signed checkpoint of an audit log.",
            [
                .required("size", .count, "For how many events it speaks.", 6),
                .required("note", .text, "The C2SP signed note.", .string(note)),
            ]),
        ContractSchema(
            "CheckpointList", .answered, "Signed checkpoints, smallest first.",
            [
                .required("items", .list(.schema("CheckpointView")), "By size."),
                .required(
                    "next", .orNull(.text), "The `from` of the next page; null at the end.", nil),
            ]),
        ContractSchema(
            "ConsistencyView", .answered,
            "Why a log of some size is the beginning of a larger one.",
            [
                .required("from", .count, "The smaller size.", 5),
                .required("to", .count, "The larger size.", 6),
                .required(
                    "hashes", .list(.text), "The proof of RFC 6962, each hash in base64.",
                    [.string(hash)]),
                .optional(
                    "checkpoint", .text,
                    "The C2SP signed note of the larger size, when one was signed.",
                    .string(note)),
            ]),
        ContractSchema(
            "EventProof", .answered, "An event of a log, and the proof that it is in it.",
            [
                .required(
                    "event", .text, "The line of the event, which is what is hashed.",
                    .string(event.text())),
                .required(
                    "tlog_proof", .text, "The C2SP tlog-proof, with the signed checkpoint.",
                    .string("c2sp.org/tlog-proof@v1\nindex 5\n\(hash)\n\n\(note)")),
            ]),
        ContractSchema(
            "HaltBody", .sent, "Why releases are halted, or why they may go on.",
            [.required("reason", .text, "1 to 4,000 bytes.", "The agent pays twice.")]),
        ContractSchema(
            "HaltView", .answered, "What stops every release of a tenant.",
            [
                .required("by", .text, "The e-mail of who called it.", "ada@acme.test"),
                .required("at", .instant, "Since when.", "2026-11-22T17:11:15.296Z"),
                .required("reason", .text, "Why.", "The agent pays twice."),
            ]),
        ContractSchema(
            "ErasureBody", .sent,
            "Whose values are to be erased: exactly one of `approval`, `agent` and `member`.",
            [
                .optional(
                    "approval", .text, "The id of one approval.",
                    "01a2043d-9860-7e0e-b08c-0ba87d4786f6"),
                .optional("agent", .text, "An agent: all its approvals until now.", "bot"),
                .optional("member", .text, "The e-mail of somebody who left.", "bob@acme.test"),
                .required("reason", .text, "1 to 4,000 bytes.", "Asked for by the customer."),
            ]),
        ContractSchema(
            "StoryEventView", .answered, "One step of a story.",
            [
                .required("seq", .count, "The number of the event in the log.", 12),
                .required("at", .instant, "When.", "2026-11-22T17:11:15.296Z"),
                .required("type", .text, "The type of the event.", "approval.decided"),
                .required(
                    "actor", .text, "The e-mail, the agent's name or `system`.", "ada@acme.test"),
                .required("text", .text, "One sentence.", "Approved."),
                .required(
                    "event", .text, "The event as it stands in the log, in its canonical form.",
                    #"{"actor":{"id":"01a2…","kind":"user"},…,"v":"countersign-audit/1"}"#),
                .optional(
                    "inclusion", .list(.text),
                    "The proof of RFC 6962 that it is in the log of that size, each hash in"
                        + " base64; missing for a later event.",
                    ["n4bQgYhMfWWaL+qgxVrQFaO/TxsrC4Is0V1sFbDwCgg="]),
            ]),
        ContractSchema(
            "StoryView", .answered, "An approval from its submission to its receipt.",
            [
                .required(
                    "approval", .schema("ApproverView"),
                    "The approval as whoever asks may see it."),
                .required("events", .list(.schema("StoryEventView")), "In order."),
                .optional(
                    "size", .count,
                    "The size of the log that the proofs are of; missing when none was asked for,"
                        + " or the log is shorter.", 812),
            ]),
        ContractSchema(
            "ErasureView", .answered, "An erasure and what became of it.",
            [
                .required("id", .text, "Its id.", "01a2043d-9861-7aed-aee5-a2907d5c8dfc"),
                .required(
                    "kind", .choice(["approval", "agent", "member"]), "What the subject is.",
                    "approval"),
                .required(
                    "subject", .text,
                    "The approval's id, the agent's name or the e-mail; a pseudonym once that is"
                        + " erased.", "01a2043d-9860-7e0e-b08c-0ba87d4786f6"),
                .required(
                    "state", .choice(["proposed", "part", "done"]),
                    "`part` when more is left than one go erases.", "done"),
                .required("reason", .text, "Why.", "Asked for by the customer."),
                .required("proposed_by", .text, "An e-mail.", "ada@acme.test"),
                .required("proposed_at", .instant, "Since when.", "2026-11-22T17:11:15.296Z"),
                .optional("confirmed_by", .text, "The second person.", "lea@acme.test"),
                .optional(
                    "done_at", .instant, "When all of it was erased.",
                    "2026-11-22T17:12:15.296Z"),
                .required("approvals", .count, "How many approvals lost values.", 1),
                .required(
                    "documents", .count, "How many documents of events lost salts and values.",
                    2),
            ]),
        ContractSchema(
            "ErasureList", .answered, "Erasures, newest first.",
            [
                .required("items", .list(.schema("ErasureView")), "At most 500."),
                .required("next", .orNull(.text), "Always null.", nil),
            ]),
        ContractSchema(
            "LogKeyList", .answered, "Who signs an audit log.",
            [
                .required("origin", .text, "The origin line of the log.", .string(origin)),
                .required(
                    "vkeys", .list(.text),
                    "C2SP vkeys, oldest first; the last one is in use. Compare them with what"
                        + " came to you on another way.",
                    [.string("\(origin)+5db1c1d0+AVqFvJ9XDKrhbN0ddS0P7v0zt5NUFWrIqh8DGJeZgfHu")]),
                .optional(
                    "changes", .list(.schema("EventProof")),
                    "Every `key.rotated` event, oldest first, proved under the checkpoint that"
                        + " the old and the new key signed. Left out when there is none."),
            ]),
    ]

    private static let origin = "acme.example/countersign/prod"
    private static let digits = "5de9c2a5b6ac0c0ab0e2a8e1f2d8d2fbd2a0a4f0fd7d0a6c7dbd9e5b6f2a1c33"
    private static let hash = "Xeq8X5KgxM3yzq0iFh6NpW4jeJX0fW1Zk0oWkX1JmVs="
    private static let note =
        "\(origin)\n6\n\(hash)\n\n\u{2014} \(origin) XbHB0Jx4Vd0o4tq3C8g0bWfL2Y0=\n"
    private static let event: JSONValue = [
        "actor": ["id": "01a2043d-9855-7a48-aeb7-508970f6c2d0", "kind": "user"], "boot": "b1",
        "commit": [
            "reason": ["alg": "countersign-field/1", "n": 1, "root": .string(digits)]
        ],
        "facts": [:], "id": "01a2043d-9861-7aed-aee5-a2907d5c8dfc", "log": .string(origin),
        "mono_ms": 251_719, "outcome": "rejected", "prev": .string(digits),
        "provenance": ["basis": "human", "policy": nil], "seq": 5,
        "subject": ["id": "01a2043d-9860-7e0e-b08c-0ba87d4786f6", "kind": "approval"],
        "ts": "2026-11-22T17:11:15.296Z", "type": "approval.decided",
        "v": "countersign-audit/1",
    ]
}
