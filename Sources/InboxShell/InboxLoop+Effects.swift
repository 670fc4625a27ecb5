import CurlTransport
import Glibc
import Inbox
import InboxCache
import Terminal
import WireAPI

extension InboxLoop {
    /// Carries out one effect.
    func carryOut(_ effect: InboxEffect) {
        switch effect {
        case .request(let id, let request):
            underWay.insert(id)
            setup.transport.start(TransferID(id.rawValue), request)
        case .cancel(let id):
            guard underWay.remove(id) != nil else { return }
            setup.transport.cancel(TransferID(id.rawValue))
        case .wake(let at): wakeAt = at
        case .save(let changes): worker?.save(changes)
        case .load(let query): worker?.load(query)
        case .openEditor(let text): edit(text)
        case .copy(let text): copy(text)
        case .flushTypedAhead: forgetTypedAhead()
        case .redraw: redraw()
        case .bell: if inbox.settings.ringsBell { terminal.bell() }
        case .notify(let arrived, let highRisk):
            terminal.notify(ArrivalWords.text(arrived: arrived, highRisk: highRisk))
        case .reloadSettings: reloadSettings()
        case .useTheme(let name): useTheme(name)
        case .suspend: suspend()
        case .quit(let status): end = InboxShell.End(status: Int32(clamping: status))
        }
    }

    /// Stops the job, and goes on with a fresh screen when it is continued.
    func suspend() {
        let before = terminal.size
        terminal.suspend()
        if terminal.size != before { tell(.resized(terminal.size)) }
        tell(.resumed)
        redraw()
    }

    private func edit(_ text: String) {
        let before = terminal.size
        let result = setup.editor.edit(text) { arguments in
            switch terminal.run(arguments) {
            case .exited(let status): .success(.exited(status))
            case .killed(let signal): .success(.killed(signal: signal))
            case .notStarted(let error):
                .failure(
                    EditorFailure(ChildFailure(program: arguments[0], error: error).sentence))
            }
        }
        if terminal.size != before { tell(.resized(terminal.size)) }
        tell(.editorReturned(result))
        redraw()
    }

    /// Drops key presses that nobody has seen the effect of; signals and sizes stay.
    private func forgetTypedAhead() {
        tcflush(STDIN_FILENO, TCIFLUSH)
        typed.removeAll { event in
            switch event {
            case .key, .paste, .pasteRefused, .mouse: true
            case .lineMeasured, .resized, .suspendRequested, .hangup, .terminated: false
            }
        }
    }
}
