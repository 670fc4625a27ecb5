import Glibc

/// Submissions under many policies: the first after a start, which compiles them, and the next
/// ones, which find them compiled.
final class Policing {
    static let policies = 20
    static let rules = 50

    private let plant: Plant
    /// The first submission after each start, in milliseconds.
    private(set) var first = Sample()
    /// The submissions after that.
    private(set) var next = Sample()
    /// CPU of the server for each of those, in milliseconds.
    private(set) var serverMilliseconds = 0.0

    /// A control plane with so many policies in force, each about every submission.
    init(binaries: String, policies: Int) throws {
        plant = try Plant(binaries: binaries)
        try plant.enforce((0..<policies).map(Self.document))
    }

    /// Starts the server anew so many times, and submits each time.
    func run(starts: Int, submissions: Int) throws {
        var used = 0.0
        for _ in 0..<starts {
            try plant.restart()
            let connection = try Connection(port: plant.port)
            // The connection and the store are warm, no policy was asked yet.
            _ = try plant.waiting(connection)
            first.add(try milliseconds(connection))
            let cpu = plant.server.cpuSeconds
            for _ in 0..<submissions { next.add(try milliseconds(connection)) }
            used += plant.server.cpuSeconds - cpu
        }
        serverMilliseconds = used * 1e3 / Double(max(1, starts * submissions))
    }

    /// Ends the server.
    func close() throws { try plant.close() }

    private func milliseconds(_ connection: Connection) throws -> Double {
        let start = monotonicSeconds()
        try connection.send(plant.submission())
        _ = try Plant.identifier(in: try connection.response())
        return (monotonicSeconds() - start) * 1e3
    }

    /// One policy: fifty rules that read three arguments, and none of which matches.
    private static func document(_ number: Int) -> String {
        let rules = (0..<Self.rules).map { rule in
            #"{"id":"r\#(rule)","when":{"and":[{">":[{"var":"args.amount_cents"},"#
                + #"\#(200_000 + rule)]},{"!=":[{"var":"args.customer_id"},"cus_\#(rule)"]},"#
                + #"{"glob":[{"var":"args.reason"},"*refund \#(rule)*"]}]},"#
                + #""then":{"effect":"deny"}}"#
        }
        return #"{"id":"policy-\#(number)","version":1,"status":"shadow","#
            + #""applies_to":{"tools":["issue_refund"]},"#
            + #""rules":[\#(rules.joined(separator: ","))],"#
            + #""default":{"effect":"require_approval"}}"#
    }
}
