import Audit
import Cryptography
import JSONTree

/// Whether the documents of policies in an export are those that the log says were published.
struct PolicyCheck {
    private struct File {
        let name: String
        let digest: String
        let bytes: [UInt8]
    }

    private var files: [File] = []
    private(set) var replay = PolicyReplay()
    /// The digest of each published version, by the name that its document has in an export.
    private var published: [ByteText: String] = [:]

    /// How many documents nothing could be said about: they were published before the check began.
    private(set) var unknownCount = 0
    /// How many published versions have no document in the export.
    private(set) var absentCount = 0

    /// How many documents there are.
    var count: Int { files.count }

    mutating func add(_ bytes: [UInt8], named name: String) {
        files.append(File(name: name, digest: "sha256:" + SHA256.hash(bytes).hex, bytes: bytes))
    }

    mutating func publish(_ header: RecordHeader) {
        guard let digest = header.facts["digest"]?.stringValue,
            let version = header.facts["version"]?.intValue
        else { return }
        published[ByteText("\(header.subject).\(version).json")] = digest
    }

    /// Looks at a request, whose rows are here, and at what settles one.
    mutating func judge(
        _ header: RecordHeader, _ rows: [DisclosureCheck.Row], _ findings: inout FindingList
    ) {
        if header.type == .approvalRequested, let name = PolicyReplay.Name(header) {
            let digest = published[ByteText(name.file)]
            let file = files.first {
                $0.name.hasSameBytes(as: name.file) && digest?.hasSameBytes(as: $0.digest) == true
            }
            replay.ask(header, name, rows, file?.bytes, &findings)
        } else if Self.endings.contains(header.type) {
            replay.settle(header, &findings)
        }
    }

    private static let endings: Set<EventType> = [
        .approvalDecided, .approvalExpired, .approvalCancelled,
    ]

    /// Names the documents that are others than the published ones.
    mutating func finish(isWhole: Bool, _ findings: inout FindingList) {
        var open = published
        for file in files {
            guard let digest = open.removeValue(forKey: ByteText(file.name)) else {
                guard isWhole else {
                    unknownCount += 1
                    continue
                }
                findings.add(
                    .unknownPolicy, at: nil, "policies/\(file.name) was never published.")
                continue
            }
            if !digest.hasSameBytes(as: file.digest) {
                findings.add(
                    .unknownPolicy, at: nil,
                    "policies/\(file.name) is not the document that was published.")
            }
        }
        absentCount = open.count
    }
}
