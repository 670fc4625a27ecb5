import Approvals
import Audit
import Cryptography
import JSONTree
package import TextGrid
import WireAPI

// The audit log may only grow. The server signs what it holds; whoever kept an earlier signed
// statement notices when it signs another history.
extension Inbox {
    /// Asks with the feed whether the log still begins with what was seen before.
    mutating func askForLog() {
        guard poller.isOnline, network.holder == .proven, logWatch.finding == nil,
            !network.isOpen(.logCheckpoint), !network.isOpen(.logConsistency),
            !network.isOpen(.logKeys)
        else { return }
        if let askedAt = logWatch.askedAt, now.since(askedAt) < LogWatch.pauseMilliseconds {
            return
        }
        logWatch.askedAt = now
        if let size = logWatch.pinned?.size {
            send(Requests.logConsistency(from: size), for: .logConsistency)
        } else {
            send(Requests.logCheckpoint(), for: .logCheckpoint)
        }
    }

    mutating func answeredLogCheckpoint(_ result: Result<HTTPResponse, TransportFailure>) {
        guard case .success(let response) = result, response.status == 200 else { return }
        take(logWatch.judge(String(decoding: response.body, as: UTF8.self), at: serverTime))
    }

    mutating func answeredLogConsistency(_ result: Result<HTTPResponse, TransportFailure>) {
        guard case .success(let response) = result else { return }
        // Only a proof ends this; what is not answered at all is said as a bad connection.
        logWatch.unprovenSince = logWatch.unprovenSince ?? now
        switch response.status {
        case 200:
            guard case .success(let proof) = Answers.read(ConsistencyView.self, from: response)
            else { return }
            take(logWatch.judge(proof, at: serverTime))
        case 404, 409:
            // It has nothing so long: what it signed last says how long it is.
            send(Requests.logCheckpoint(), for: .logCheckpoint)
        case _: return
        }
    }

    private mutating func take(_ verdict: LogWatch.Verdict) {
        switch verdict {
        case .unclear: return
        case .unchanged:
            logWatch.unprovenSince = nil
            if logWatch.pin?.keys.isEmpty ?? false { askForLogKeys() }
        case .grew(let pin): admit(pin)
        case .contradicted(let pin):
            logWatch.pin = pin
            save([.putLogPin(pin)])
            effects.append(.bell)
        }
    }

    /// Pins what grew as far as its signatures are known, and asks for the keys otherwise.
    private mutating func admit(_ fresh: LogPin) {
        let admission = logWatch.admit(fresh, believing: settings.logKeys)
        switch admission {
        case .held: logWatch.unprovenSince = logWatch.unprovenSince ?? now
        case .pinned, .pinnedWithQuestion:
            logWatch.unprovenSince = nil
            if let pin = logWatch.pin { save([.putLogPin(pin)]) }
        }
        if admission != .pinned { askForLogKeys() }
    }

    private mutating func askForLogKeys() {
        guard !network.isOpen(.logKeys) else { return }
        send(Requests.logKeys(), for: .logKeys)
    }

    mutating func answeredLogKeys(_ result: Result<HTTPResponse, TransportFailure>) {
        guard logWatch.finding == nil, case .success(let response) = result,
            response.status == 200,
            case .success(let list) = Answers.read(LogKeyList.self, from: response)
        else { return }
        switch logWatch.judge(list, believing: settings.logKeys) {
        case .unclear: return
        case .pinned(let pin, let changes):
            logWatch.held = nil
            logWatch.unprovenSince = nil
            logWatch.pin = pin
            logWatch.learned += changes.map(\.key)
            save([.putLogPin(pin)])
            if let change = changes.last { sayRotated(change) }
        case .foreign(let pin):
            logWatch.held = nil
            logWatch.pin = pin
            save([.putLogPin(pin)])
            effects.append(.bell)
        }
    }

    private mutating func sayRotated(_ change: LogKeys.Change) {
        sayToo(
            .success,
            "The audit log has a new key, \(Hexadecimal.encode(change.key.id)), since event "
                + "\(change.sequence). The key known before signed for it; nothing to do.")
    }

    /// The lines below the header: first what must not be overlooked, then the tour.
    package func linesBelowHeader(columns: Int) -> [Line] {
        logLines(columns: columns) + tourLines(columns: columns)
    }

    /// What is wrong with the audit log, in red, as long as it is so.
    private func logLines(columns: Int) -> [Line] {
        guard columns >= InboxLayout.columnsMin, let sentence = logSentence else { return [] }
        let line = Line(sentence, logWatch.finding == nil ? .warning : .danger)
        let drawn = settings.repertoire == .ascii ? line.inASCII() : line
        return Array(drawn.wrapped(to: columns - 2).prefix(Self.logLinesMax))
    }

    private static let logLinesMax = 3

    private var unprovenSentence: String? {
        guard let since = logWatch.unprovenSince,
            now.since(since) >= LogWatch.patienceMilliseconds
        else { return nil }
        return
            "The server has not proved for \(Age.text(now.since(since))) that its audit log only "
            + "grew. Ask whoever runs it."
    }

    /// What is wrong with the audit log, and what to do.
    package var logSentence: String? {
        guard let finding = logWatch.finding else { return unprovenSentence }
        let next = "Stop deciding and tell your auditor."
        switch finding {
        case .anotherKey(true):
            return "AUDIT LOG NOT SIGNED: no key that the control plane names signed it. \(next)"
        case .anotherKey(false):
            return "AUDIT LOG SIGNED BY ANOTHER KEY: no key that this inbox knew signed for it. "
                + "\(next) If they say that it is right: log out and in."
        case .rewritten(let events):
            return "AUDIT LOG REWRITTEN: it does not begin with the \(events) events that were "
                + "signed before. \(next)"
        case .shorter(let before, let now):
            return "AUDIT LOG CUT: \(before) events were signed before, \(now) are there now. "
                + next
        case .anotherLog(let before, let now):
            return "ANOTHER AUDIT LOG: it was \(SafeWords.name(before, columnsMax: 40)), now it is "
                + "\(SafeWords.name(now, columnsMax: 40)). \(next)"
        }
    }
}
