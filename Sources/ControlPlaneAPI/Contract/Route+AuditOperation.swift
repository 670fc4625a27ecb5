import WireAPI

// What the routes of the audit log take and give.
extension Route {
    /// Those of the audit log; a test asks every route for its operation.
    var auditOperation: ContractOperation {
        guard let operation = Self.auditOperations[self] else {
            preconditionFailure("Every route of the audit log has an operation.")
        }
        return operation
    }

    private static let auditOperations: [Route: ContractOperation] = [
        .auditCheckpoint: checkpointOperation,
        .auditCheckpoints: checkpointsOperation,
        .auditEvents: eventsOperation,
        .auditDisclosures: disclosuresOperation,
        .auditInclusion: inclusionOperation,
        .auditConsistency: consistencyOperation,
        .auditKeys: logKeysOperation,
        .logFile: logFileOperation, .halt: haltOperation, .liftHalt: liftHaltOperation,
        .listErasures: ContractOperation(
            "Erasures, newest first", gives: [.ok("ErasureList", "What was proposed and done.")]),
        .story: ContractOperation(
            "An approval from its submission to its receipt",
            "Every step with its event of the audit log. With `size`, that of a checkpoint that you"
                + " trust, each comes with the proof that it is among the events so signed.",
            with: [
                .item(
                    "size", "The size of the log to prove the events in.",
                    range: 0...Int(Int32.max) * 1_024, example: 812)
            ], gives: [.ok("StoryView", "The steps.")]),
        .listBreakGlass: ContractOperation(
            "Approvals by break-glass, those that nobody reviewed first",
            gives: [.ok("BreakGlassList", "The uses and their reviews.")]),
        .reviewBreakGlass: ContractOperation(
            "Review an approval by break-glass", "By a lead who is another person.",
            sends: "BreakGlassReviewBody",
            gives: [.ok("BreakGlassView", "The use, as reviewed.")], problems: [404, 409]),
        .proposeErasure: proposeErasureOperation, .confirmErasure: confirmErasureOperation,
    ]

    private static let logKeysOperation = ContractOperation(
        "The keys that sign the audit log",
        "What a server says about its own keys proves nothing: compare them.",
        gives: [.ok("LogKeyList", "The keys.")])

    private static let checkpointOperation = ContractOperation(
        "The newest signed checkpoint of the audit log",
        "A C2SP signed note: origin, number of events, Merkle root, signature.",
        gives: [.text("The note.")])

    private static let checkpointsOperation = ContractOperation(
        "Signed checkpoints of the audit log", with: [from("size", 6), limit],
        gives: [.ok("CheckpointList", "A page of checkpoints.")])

    private static let eventsOperation = ContractOperation(
        "Events of the audit log", "In order, without gaps.", with: [from("number", 5), limit],
        gives: [.ok("EventList", "A page of events.")])

    private static let disclosuresOperation = ContractOperation(
        "Values that events committed to",
        "In the order of an export. What was redacted is withheld from everybody; its digest is"
            + " there.",
        with: [
            .item(
                "from", "The number of an event, or the `next` of the page before.",
                bytesMax: APILimits.cursorBytesMax, example: "5.0"), limit,
        ],
        gives: [.ok("DisclosureList", "A page of fields.")])

    private static let inclusionOperation = ContractOperation(
        "The proof that an event is in the audit log",
        with: [
            required("seq", "The number of the event.", 5),
            .item(
                "size", "A size that was signed; the newest one without it.", range: sizes,
                example: 6),
        ],
        gives: [.ok("EventProof", "The event and its proof.")], problems: [404, 409])

    private static let consistencyOperation = ContractOperation(
        "The proof that the audit log of one size is the beginning of another",
        with: [
            required("from", "The size that you know.", 5),
            .item(
                "to", "The larger size; without it, the newest that was signed.", range: sizes,
                example: 6),
        ],
        gives: [.ok("ConsistencyView", "The proof.")], problems: [404, 409])

    private static let logFileOperation = ContractOperation(
        "A file of the log in the form of C2SP tlog-tiles",
        "`<tenant>/checkpoint`, `<tenant>/tile/<L>/<N>`, `<tenant>/tile/entries/<N>`, each with"
            + " `.p/<W>` for a tile that is not full.",
        gives: [.text("The file.", type: "application/octet-stream")], problems: [404])

    private static let haltOperation = ContractOperation(
        "Halt every release of the tenant",
        "At once: nothing is released by a person, a policy, a grant or silence, and nothing is"
            + " claimed. Calls are taken and wait, and can be rejected. The halt is an event.",
        sends: "HaltBody", gives: [.ok("MeAnswer", "Who is asking, with the halt.")],
        problems: [409])

    private static let liftHaltOperation = ContractOperation(
        "Lift the halt", "By somebody else than who called it.", sends: "HaltBody",
        gives: [.ok("MeAnswer", "Who is asking, without a halt.")], problems: [409])

    private static let proposeErasureOperation = ContractOperation(
        "Propose to erase the values of one subject",
        "Nothing is erased until somebody else confirms it. Refused while an approval of it is"
            + " pending or may still run, while a standing grant of it holds, and for somebody"
            + " who is still a member.",
        sends: "ErasureBody", gives: [.made("ErasureView", "The erasure, as proposed.")],
        problems: [404, 409])

    private static let confirmErasureOperation = ContractOperation(
        "Confirm an erasure and carry it out",
        "By somebody else than who proposed it. The salts and values are gone when it answers;"
            + " the log is as it was. When the state is `part`, more is left than one go erases:"
            + " confirm it again.",
        gives: [.ok("ErasureView", "The erasure, as it is now.")], problems: [404, 409])

    private static let sizes = 0...Int(Int32.max) * 1_024

    private static let limit = ContractOperation.Parameter.item(
        "limit", "The most in one page.", range: 1...APILimits.auditLimitMax,
        example: APILimits.auditLimitMax)

    private static func from(
        _ what: String, _ example: Int
    ) -> ContractOperation.Parameter {
        .item("from", "The \(what) to begin with; 0 without it.", range: sizes, example: example)
    }

    private static func required(
        _ name: String, _ text: String, _ example: Int
    ) -> ContractOperation.Parameter {
        .item(name, text, range: sizes, example: example, isRequired: true)
    }
}
