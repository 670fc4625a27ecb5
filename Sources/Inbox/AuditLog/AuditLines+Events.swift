import Approvals
package import Audit
import JSONTree
package import TextGrid
package import WireAPI
package import ZoneTime

/// Events of the audit log in lines, newest first; one about an approval leads to its story.
package struct AuditLines {
    let events: FoundEvents
    let pinned: Checkpoint?
    let zone: Zone
    private let names: [String: String]

    /// So many events are shown.
    static let eventsMax = 200

    /// What was found, with times in a zone; stories are held against what was pinned.
    package init(events: FoundEvents, pinned: Checkpoint?, zone: Zone) {
        self.events = events
        self.pinned = pinned
        self.zone = zone
        names = Dictionary(events.names.map { ($0.id, $0.name) }) { first, _ in first }
    }

    /// The latest events of all.
    var latest: [PageLine] { [PageLine(Line("The latest events", .heading))] + lines }

    /// Those that fit.
    func found(_ words: AuditWords) -> [PageLine] {
        let wanted = SafeWords.name(words.sentence(in: zone), columnsMax: 200)
        let heading = PageLine(Line([Span("Looked for: ", .heading), Span(wanted, .text)]))
        let isWhole = events.next == nil
        if events.items.isEmpty {
            let sentence =
                isWhole
                ? "Nothing in the log fits. / looks for something else."
                : "Nothing among the newest events fits. Narrow the search."
            return [heading, PageLine(Line(sentence, .warning))]
        }
        guard !isWhole else { return [heading] + lines }
        return [heading] + lines
            + [
                PageLine(
                    Line(
                        "There is more: narrow it with since: and until:, or run "
                            + "countersign audit search --limit.", .dim))
            ]
    }

    /// The lines without what enter does, for a command.
    package var text: [SafeText] {
        events.items.map { line($0).spans.map(\.text).reduce(.empty, +) }
    }

    private var lines: [PageLine] {
        events.items.map { event in
            let id = Self.text(event["subject"]?["id"])
            let isApproval = Self.text(event["subject"]?["kind"]).isSame(as: "approval")
            let told = isApproval ? ApprovalID(id) : nil
            return PageLine(line(event), told.map { .page(.story($0, pinned: pinned)) })
        }
    }

    private func line(_ event: JSONValue) -> Line {
        let number = event["seq"]?.numberValue.map { "\($0)" } ?? "?"
        let outcome = Self.text(event["outcome"])
        let basis = Self.text(event["provenance"]?["basis"])
        let id = Self.text(event["subject"]?["id"])
        return [
            Span("\(number)  ", .dim), Span("\(time(event["ts"]))  ", .dim),
            Span(SafeWords.name(Self.text(event["type"])), .text),
            Span(outcome.isEmpty ? "" : " \(SafeWords.name(outcome))", .accent),
            Span("  by \(who(event))", .text),
            Span(basis.isEmpty ? "" : " (\(SafeWords.name(basis)))", .dim),
            Span(names[id].map { "  \(SafeWords.name($0, columnsMax: 40))" } ?? "", .text),
            Span("  \(SafeWords.name(id, columnsMax: 40))", .dim),
        ]
    }

    /// As in `2026-11-23 19:54:55`, on the wall of the zone.
    private func time(_ value: JSONValue?) -> String {
        guard let instant = Timestamp(rfc3339: Self.text(value)) else {
            return SafeWords.name(Self.text(value))
        }
        let local = zone.local(at: instant)
        return "\(local.date) \(local.clockText)"
    }

    private func who(_ event: JSONValue) -> String {
        let own = name(event["actor"]?["id"])
        guard let other = event["facts"]?["on_behalf_of"] else { return own }
        return "\(own) for \(name(other))"
    }

    private func name(_ id: JSONValue?) -> String {
        let id = Self.text(id)
        return SafeWords.name(names[id] ?? id, columnsMax: 36)
    }

    private static func text(_ value: JSONValue?) -> String { value?.stringValue ?? "" }
}
