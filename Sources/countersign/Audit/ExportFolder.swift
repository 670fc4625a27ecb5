import AuditVerifier
import Glibc

/// The folder of an export.
struct ExportFolder {
    private let folder: String
    let checkpoints: [String]
    let hasDisclosures: Bool
    /// The names of the documents in `policies/`.
    let policies: [String]

    /// Looks what there is; refuses a folder that is no export.
    init(_ folder: String) throws(Complaint) {
        let names = try Self.names(folder)
        guard names.contains("events.jsonl") else {
            throw Complaint(
                "\(folder) is no export: it has no events.jsonl.", next: "Check the path.", .usage)
        }
        self.folder = folder
        checkpoints = names.filter { $0.hasPrefix("checkpoint.") }
            .sorted { ($0.utf8.count, $0) < ($1.utf8.count, $1) }
        hasDisclosures = names.contains("disclosures.jsonl")
        policies =
            names.contains("policies")
            ? try Self.names(folder + "/policies").filter { $0 != "." && $0 != ".." }.sorted() : []
    }

    private static func names(_ folder: String) throws(Complaint) -> [String] {
        guard let stream = opendir(folder) else {
            throw Complaint(
                "\(folder) cannot be read: \(systemSentence()).", next: "Check the path.", .usage)
        }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            names.append(
                withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                    pointer.withMemoryRebound(to: CChar.self, capacity: 256) {
                        String(cString: $0)
                    }
                })
        }
        return names
    }

    /// Where a file of the export is.
    func path(_ name: String) -> String { "\(folder)/\(name)" }
}
