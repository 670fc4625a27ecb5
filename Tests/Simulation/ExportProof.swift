import Audit
import AuditVerifier
import JSONTree
import WireAPI

/// Has an auditor export the whole log by the public routes, and verify it as an outsider does.
struct ExportProof {
    private let world: World
    private let token: String
    private let policies: [String: [UInt8]]

    /// `policies` are the documents that were published, by the names of their files.
    init(of world: World, as token: String, policies: [String: [UInt8]]) {
        self.world = world
        self.token = token
        self.policies = policies
    }

    func run() {
        do {
            let report = try report()
            world.checker.count("export \(report.result.rawValue)")
            guard report.result != .verified else { return }
            for finding in report.findings.prefix(3) {
                world.checker.complain(
                    "the export: \(finding.code.rawValue) at \(finding.sequence ?? -1): "
                        + finding.detail)
            }
            if report.findings.isEmpty {
                world.checker.complain("the export: \(report.result), \(report.doubts)")
            }
        } catch {
            world.checker.complain("the export cannot be made: \(error)")
        }
    }

    private func report() throws -> AuditReport {
        let keys: LogKeyList = try ask(Route.auditKeys.path)
        // The clocks of this world are stepped on purpose.
        let trust = AuditTrust(
            origin: keys.origin, logKeys: keys.keys.compactMap { NoteKey(vkey: $0) },
            clockSkewMillisecondsMax: 1_000_000_000_000)
        var check = ExportCheck(trust: trust, options: .init())
        check.addCheckpoint(response(Route.auditCheckpoint.path).body, named: "checkpoint.0")
        for (name, bytes) in policies { check.addPolicy(bytes, named: name) }
        var events = LinesInMemory(
            try lines(Route.auditEvents.path) { try ($0 as JSONValue).canonicalBytes() })
        var rows = LinesInMemory(
            try lines(Route.auditDisclosures.path) { try ($0 as DisclosureView).exportLine() })
        return check.run(events: &events, disclosures: &rows)
    }

    private func lines<Item: WireValue & Hashable>(
        _ path: String, _ line: (Item) throws -> [UInt8]
    ) throws -> [UInt8] {
        var bytes: [UInt8] = []
        var from: String? = "0"
        while let begin = from {
            let page: WireList<Item> = try ask(path + "?from=\(begin)")
            for item in page.items { bytes += try line(item) + [10] }
            from = page.next
        }
        return bytes
    }

    private func ask<Answer: WireValue>(_ path: String) throws -> Answer {
        try Answer(wire: JSONValue(parsing: response(path).body))
    }

    private func response(_ path: String) -> HTTPResponse {
        var answer = HTTPResponse(status: 0)
        world.server.receive(HTTPRequest(.get, path), token: token) { answer = $0 }
        return answer
    }
}
