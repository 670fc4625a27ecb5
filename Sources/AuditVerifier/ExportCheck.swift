public import Audit
import Cryptography
import JSONTree

/// Checks an export of one log from what it is given: no store, clock, network or file.
///
/// Events are taken line by line; what is remembered grows with open questions (approvals, groups,
/// erased fields), never with the length of a record. Every byte is hostile.
public struct ExportCheck {
    let trust: AuditTrust
    let options: Options
    /// What the auditor kept: the pins and the checkpoint to begin from.
    let kept: [Checkpoint]
    var findings = FindingList()
    var checkpoints = SignedCheckpoints()
    var tree: MerkleFrontier
    var disclosures = DisclosureCheck()
    var policies = PolicyCheck()
    var rotations = KeyRotations()
    var seen = SeenRoots()
    var stats = AuditReport.Stats()
    var lastGood: Checkpoint?
    var proof: LogProof?
    /// Events are missing or in another order: places, values and life cycles cannot be compared.
    var isTorn = false
    private var meaning: MeaningCheck
    private var previous: Digest
    private var missing: Set<Int64> = []
    private var sequence: Int64 = -1
    private var lookahead: DisclosureCheck.Row?
    private var commitsCount = 0

    /// What an auditor asks for beyond the check itself.
    public struct Options: Sendable {
        /// How many trusted witnesses must have cosigned what covers the end.
        public var witnessesMin = 0
        /// The event whose proof is wanted.
        public var event: Int64?
        /// A checkpoint that was verified before; the events under it are only hashed.
        public var since: Checkpoint?
        /// Checkpoints that the auditor saw before.
        public var pins: [Checkpoint] = []
        /// Whether the export has a file of disclosures.
        public var hasDisclosures = true

        /// Asks for nothing more.
        public init() {}
    }

    /// Begins a check.
    public init(trust: AuditTrust, options: Options) {
        self.trust = trust
        self.options = options
        kept = options.pins + [options.since].compactMap { $0 }
        tree = MerkleFrontier(following: options.event)
        previous = EventLog(origin: trust.origin).genesis
        meaning = MeaningCheck(
            skew: trust.clockSkewMillisecondsMax, isWhole: (options.since?.size ?? 0) == 0)
    }

    /// Reads a checkpoint of the export; all of them come before the events.
    public mutating func addCheckpoint(_ bytes: [UInt8], named file: String) {
        checkpoints.add(bytes, named: file, trust, &findings)
    }

    /// Reads the document of a policy, by the name of its file in `policies/`.
    public mutating func addPolicy(_ bytes: [UInt8], named file: String) {
        policies.add(bytes, named: file)
    }

    /// Checks events and disclosures side by side; `progress` hears of every 65,536th event.
    public mutating func run(
        events: inout some LineSource, disclosures rows: inout some LineSource,
        progress: (Int64) -> Void = { _ in }
    ) -> AuditReport {
        compareRoots()
        while let line = events.next() {
            take(line, &rows)
            if stats.events & 0xFFFF == 0 { progress(stats.events) }
        }
        while let row = nextRow(&rows) {
            guard !isTorn, row.sequence >= stats.events else { continue }
            findings.add(
                .commitment, at: row.sequence, "Values are disclosed of an event that is not there."
            )
            break
        }
        return report()
    }

    private mutating func take(_ line: ExportLine, _ rows: inout some LineSource) {
        let expected = stats.events
        stats.events += 1
        guard case .whole(let bytes) = line else {
            isTorn = true
            sequence += 1
            return findings.add(
                .notParsed, at: expected,
                line == .tooLong ? "The line is too long." : "The file ends within a line.")
        }
        if let since = options.since, tree.size < since.size {
            sequence += 1
            if bytes.suffix(Self.rotation.count).elementsEqual(Self.rotation),
                let header = header(of: bytes, at: expected)
            {
                rotate(header)
            }
            append(bytes)
            return
        }
        let header = header(of: bytes, at: expected)
        if let header { place(header) } else { sequence += 1 }
        // What covers a change of the key may end with it.
        if let header, header.type == .keyRotated { rotate(header) }
        append(bytes)
        guard let header, !isTorn else {
            isTorn = isTorn || header == nil
            return
        }
        commitsCount += header.commits.count
        if let wrong = seen.check(header) { findings.add(.fork, at: header.sequence, wrong) }
        meaning.take(header, &findings)
        if header.type == .policyPublished { policies.publish(header) }
        if header.type == .disclosureErased { disclosures.erase(header) }
        let own = options.hasDisclosures ? disclose(header, &rows) : []
        policies.judge(header, own, &findings)
    }

    /// How the canonical line of a rotation ends.
    private static let rotation = Array(
        #""type":"\#(EventType.keyRotated.rawValue)","v":"\#(EventLog.format)"}"#.utf8)

    private mutating func rotate(_ header: RecordHeader) {
        guard let wrong = rotations.take(header, of: trust.origin) else { return }
        findings.add(.lifeCycle, at: header.sequence, wrong)
    }

    /// Reads a header; nil, with a finding, when it is none of this log.
    private mutating func header(of line: [UInt8], at expected: Int64) -> RecordHeader? {
        let json: JSONValue
        let isCanonical: Bool
        do { (json, isCanonical) = try LineFault.parsed(line) } catch {
            findings.add(error.code, at: expected, "The line is no record: \(error.reason).")
            return nil
        }
        let at = json["seq"]?.intValue ?? expected
        if !isCanonical {
            findings.add(.notCanonical, at: at, "The line is not in its canonical form.")
        }
        guard json["log"]?.stringValue?.hasSameBytes(as: trust.origin) == true else {
            findings.add(.otherOrigin, at: at, "The event is of another log.")
            return nil
        }
        guard json["v"]?.stringValue?.hasSameBytes(as: EventLog.format) == true,
            let header = RecordHeader(json)
        else {
            findings.add(.lifeCycle, at: at, "The event has a form that is not known.")
            return nil
        }
        return header
    }

    /// Looks at number and link of the next event.
    private mutating func place(_ header: RecordHeader) {
        let expected = sequence + 1
        if header.sequence != expected {
            isTorn = true
            tear(header.sequence, expected)
        }
        if !header.previous.hasSameBytes(as: previous.hex) {
            findings.add(
                .brokenChain, at: header.sequence,
                "The event does not follow the line before it as that stands here.")
        }
        sequence = max(sequence, header.sequence)
    }

    /// How many missing numbers are remembered, to tell a moved event from a repeated one.
    private static let missingMax: Int64 = 10_000

    private mutating func tear(_ found: Int64, _ expected: Int64) {
        if found > expected {
            for number in expected..<min(found, expected + Self.missingMax)
            where missing.count < Self.missingMax {
                missing.insert(number)
            }
            findings.add(.gap, at: expected, "Event \(expected) is missing before \(found).")
        } else if missing.remove(found) != nil {
            findings.add(.gap, at: found, "Event \(found) stands in another place.")
        } else {
            findings.add(.repeated, at: found, "Event \(found) is there twice.")
        }
    }

    private mutating func append(_ line: [UInt8]) {
        previous = EventLog.leafHash(line)
        tree.append(previous)
        if !isTorn { seen.note(tree.root, size: tree.size) }
        compareRoots()
    }

    /// Compares the root, when something signed or pinned speaks of this size.
    private mutating func compareRoots() {
        guard !isTorn else { return }
        let size = tree.size
        for pin in kept where pin.size == size && pin.root != tree.root {
            findings.add(
                .pinDiffers, at: nil,
                "The first \(size) events are not those of the checkpoint you kept.")
        }
        if !checkpoints.held.isEmpty {
            for note in checkpoints.note(tree.root, size: size) {
                rotations.learn(from: note, size: size, trusting: trust.logKeys)
            }
        }
        guard let known = checkpoints.bySize[size] else { return }
        guard known.checkpoint.root == tree.root else {
            return findings.add(
                .otherRoot, at: nil,
                "The first \(size) events are not those that \(known.file) was signed for.")
        }
        rotations.learn(from: known.note, size: size, trusting: trust.logKeys)
        lastGood = known.checkpoint
        if let event = options.event, let path = tree.inclusionProof {
            proof = LogProof(index: event, hashes: path, checkpoint: known.note)
        }
    }

    /// Takes the rows of an event and holds them against it.
    private mutating func disclose(
        _ header: RecordHeader, _ rows: inout some LineSource
    ) -> [DisclosureCheck.Row] {
        var own: [DisclosureCheck.Row] = []
        while let row = nextRow(&rows) {
            if row.sequence > header.sequence {
                lookahead = row
                break
            }
            if row.sequence == header.sequence {
                own.append(row)
            } else if row.sequence >= options.since?.size ?? 0 {
                findings.add(
                    .commitment, at: row.sequence, "Values stand behind those of a later event.")
            }
        }
        disclosures.take(own, of: header, &findings)
        return own
    }

    private mutating func nextRow(_ rows: inout some LineSource) -> DisclosureCheck.Row? {
        if let row = lookahead {
            lookahead = nil
            return row
        }
        while let line = rows.next() {
            stats.disclosures += 1
            guard case .whole(let bytes) = line else {
                findings.add(
                    .notParsed, at: nil, "disclosures.jsonl, line \(stats.disclosures) is torn.")
                continue
            }
            do { return try DisclosureCheck.Row(bytes) } catch {
                findings.add(
                    error.code, at: nil,
                    "disclosures.jsonl, line \(stats.disclosures): \(error.reason).")
            }
        }
        return nil
    }

    /// True when the headers commit to values that nobody could look at.
    var lacksDisclosures: Bool { !options.hasDisclosures && commitsCount > 0 }

    /// The number after the last event that there is.
    var end: Int64 { isTorn ? sequence + 1 : stats.events }
}
