import ArgumentParser
import Glibc
import JSONTree
import TextGrid
import WireAPI

/// Which events are wanted, and how.
struct EventOptions: ParsableArguments {
    @Option(name: .long, help: "jsonl, ocsf, cef, syslog or csv.")
    var format = EventFormat.jsonl

    @Option(name: .long, help: "The number of the first event.")
    var since: Int64?

    func validate() throws {
        guard since ?? 0 >= 0 else { throw ValidationError("--since is 0 or more.") }
    }

    /// Prints what there is from a number on, which becomes the number to go on from.
    func print(from number: inout Int64, _ client: ControlPlaneClient) throws {
        while true {
            let page: EventList = try client.get(
                .auditEvents, query: [("from", "\(number)"), ("limit", "1000")])
            for item in page.items {
                Self.say(try format.line(item))
                number = (item["seq"]?.intValue ?? number) + 1
            }
            guard page.next != nil, !page.items.isEmpty else { return }
        }
    }

    /// Byte for byte for programs; harmless on a terminal.
    static func say(_ line: String) {
        if Output.isTerminal(STDOUT_FILENO) { return Output.line(SafeText(escaping: line)) }
        Output.bytes(Array((line + "\n").utf8))
    }
}

/// `countersign audit events`.
struct AuditEventsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "events", abstract: "Print events of the audit log, one on each line.",
        discussion: """
            For the roles lead, auditor and admin. On standard error stands the number to go on \
            from: keep it, and nothing is missed or repeated.

              countersign audit events --format csv > log.csv
              countersign audit events --format ocsf --since 4711

            \(ExitStatus.ordinary)
            """)

    @OptionGroup var events: EventOptions

    @OptionGroup var common: CommonOptions

    func run() throws {
        if let head = events.format.head, events.since == nil { EventOptions.say(head) }
        var next = events.since ?? 0
        try events.print(from: &next, Session.current().client())
        Output.note("next: --since \(next)")
    }
}

/// `countersign audit tail`.
struct AuditTailCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tail", abstract: "Print events of the audit log as they come.",
        discussion: """
            From --since on, or from now; until it is stopped (Ctrl-C). It goes on through \
            restarts of the control plane, and misses and repeats nothing while it runs.

              countersign audit tail --format cef | logger -n siem.example -P 514

            \(ExitStatus.ordinary)
            """)

    private static let pauseMicroseconds: UInt32 = 1_000_000

    @OptionGroup var events: EventOptions

    @OptionGroup var common: CommonOptions

    func run() throws {
        let client = try Session.current().client()
        var next = try events.since ?? newest(client)
        if let head = events.format.head, events.since == nil { EventOptions.say(head) }
        var isSilent = false
        while true {
            do {
                try events.print(from: &next, client)
                isSilent = false
            } catch let complaint as Complaint {
                guard complaint.status == .unreachable else { throw complaint }
                if !isSilent { Output.note("\(complaint.sentence) Trying again.") }
                isSilent = true
            }
            Pause.microseconds(Self.pauseMicroseconds)
        }
    }

    /// How many events are signed for now.
    private func newest(_ client: ControlPlaneClient) throws -> Int64 {
        let view: ConsistencyView = try client.get(
            .auditConsistency, query: [("from", "0")])
        return Int64(view.to)
    }
}
