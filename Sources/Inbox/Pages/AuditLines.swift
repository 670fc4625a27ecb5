import Approvals
import Audit
import Cryptography
import JSONTree
import TextGrid
import WireAPI
import ZoneTime

/// The page about the audit log: what this inbox saw of it.
extension AuditLines {
    /// What this inbox knows by itself.
    static func known(_ watch: LogWatch, sentence: String?, at now: Timestamp) -> [PageLine] {
        guard let pin = watch.pin, let pinned = watch.pinned else {
            return [
                PageLine(Line("No signed checkpoint of the audit log was seen yet.", .dim)),
                PageLine(Line()),
            ]
        }
        let isBad = watch.finding != nil
        var lines: [PageLine] = []
        if let sentence { lines.append(PageLine(Line(sentence, isBad ? .danger : .warning))) }
        let age = Age.text(max(0, now.since(pin.seenAt)))
        let what = "\(pinned.size) events, as signed; seen \(age) ago."
        let proof =
            isBad ? " What came later contradicts it." : " What came since only grew from it."
        lines.append(PageLine(Line(what + proof, isBad ? .text : .success)))
        lines.append(signers(pin))
        lines += note("The checkpoint that this inbox keeps", pin.note)
        if let other = pin.contradiction {
            lines += note("The checkpoint that contradicts it", other)
        }
        lines.append(
            PageLine(
                Line(
                    "countersign audit verify DIR --trust trust.json --pin FILE checks an export "
                        + "against it.", .dim)))
        return lines + [PageLine(Line())]
    }

    /// Whose signatures under the pinned note were checked.
    private static func signers(_ pin: LogPin) -> PageLine {
        let keys = pin.keys.compactMap { NoteKey(vkey: $0).map { Hexadecimal.encode($0.id) } }
        guard !keys.isEmpty else {
            return PageLine(
                Line(
                    "Its signature is not checked: the control plane has named no key for it.",
                    .warning))
        }
        let names = keys.joined(separator: " and ")
        return PageLine(Line("Signed by \(names), checked.", .success))
    }

    /// A note as it is written, so that it can be copied from the screen.
    private static func note(_ title: String, _ text: String) -> [PageLine] {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
        return [PageLine(Line(title, .heading))]
            + lines.map { PageLine(Line("  \($0)")) }
    }
}
