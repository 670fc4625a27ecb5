import Approvals
import ArgumentParser
import TextGrid
import WireAPI

/// `countersign watch`.
struct WatchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "watch", abstract: "Print every change of the queue as it happens.",
        discussion: """
            First everything that waits now is printed, then each change, a line for each. With \
            --json every line is one object: {"kind", "id", "approval"}. It goes on through \
            restarts of the control plane until it is stopped (Ctrl-C).

            \(ExitStatus.ordinary)
            """)

    @OptionGroup var common: CommonOptions

    func run() throws {
        let client = try Session.current().client()
        var cursor: String?
        var pause: UInt32 = 250_000
        var isSilent = false
        while true {
            do throws(Complaint) {
                let page: InboxAnswer = try client.get(
                    .inbox, query: [("since", cursor), ("wait", cursor == nil ? nil : "20")],
                    waitSeconds: cursor == nil ? 0 : 20)
                for change in page.items { show(change, page) }
                cursor = page.next
                pause = 250_000
                isSilent = false
            } catch {
                if error.isCursorReset {
                    cursor = nil
                    continue
                }
                guard error.status == .unreachable else { throw error }
                if !isSilent { Output.note("\(error.sentence) Trying again.") }
                isSilent = true
                Pause.microseconds(pause)
                pause = min(pause * 2, 30_000_000)
            }
        }
    }

    private func show(_ change: InboxChange, _ page: InboxAnswer) {
        if common.json { return Output.json(change.wire) }
        guard let row = change.approval else {
            return Output.line("gone      " + SafeText(escaping: change.id.rawValue))
        }
        let left = Words.left(until: row.deadline, at: page.serverTime)
        let state = row.state == .pending ? left : row.state.rawValue
        Output.line(
            SafeText(escaping: state).padded(to: 10) + SafeText(escaping: row.id.rawValue) + " "
                + SafeText(escaping: row.risk.rawValue).padded(to: 9)
                + SafeText(escaping: row.tool) + "  " + SafeText(escaping: row.summary ?? ""))
    }
}
