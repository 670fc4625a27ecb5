import SystemClock
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
        case .readZone(let name): readZone(name)
        case .suspend: suspend()
        case .readToken(let passphrase): readToken(passphrase)
        case .wipeCopy: wipeCopy()
        case .farewell(let sentence): farewell = sentence
        case .quit(let status): end = InboxShell.End(status: Int32(clamping: status))
        }
    }

    /// A zone that cannot be followed is as good as none.
    private func readZone(_ name: String) {
        do {
            tell(.zoneRead(name, try SystemZones().zone(name)))
        } catch {
            tell(.zoneRead(name, nil))
        }
    }

    /// Stops the job, and goes on with a fresh screen when it is continued.
    func suspend() {
        terminal.suspend()
        // Before anything else is told: what came due while the program was stopped is not sent.
        tell(.resumed)
        redraw()
    }

    /// Reads the token again; when it is another one, what was asked with the old one is given up.
    private func readToken(_ passphrase: String?) {
        let tokens = setup.tokens
        let reading =
            tokens.needsTerminal
            ? terminal.whileReleased { tokens.read(passphrase) } : tokens.read(passphrase)
        switch reading {
        case .failure(let refusal): tell(.tokenRead(refusal))
        case .success(.same): tell(.tokenRead(nil))
        case .success(.other(let transport)):
            setup.transport.stop()
            setup.transport = transport
            // Before anything is given up: what is asked again must not go out under this token.
            tell(.tokenReplaced)
            let lost = underWay
            underWay = []
            let failure = TransportFailure(
                .interrupted, "The request was given up for a new token.", wasSent: true)
            for id in lost.sorted() { tell(.answered(id, .failure(failure))) }
            tell(.tokenRead(nil))
        }
        if tokens.needsTerminal { redraw() }
    }

    /// Ends the thread of the local copy before its files go.
    private func wipeCopy() {
        worker?.finish()
        worker = nil
        do throws(CacheFailure) {
            try setup.cache?.wipe()
        } catch {
            tell(.cacheFailed(error.sentence))
        }
    }

    private func edit(_ text: String) {
        let result = setup.editor.edit(text) { arguments in
            switch terminal.run(arguments) {
            case .exited(let status): .success(.exited(status))
            case .killed(let signal): .success(.killed(signal: signal))
            case .notStarted(let error):
                .failure(
                    EditorFailure(ChildFailure(program: arguments[0], error: error).sentence))
            }
        }
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
