import Approvals
import WireAPI

/// How long the ways are: to the person's terminal, and to the control plane and back.
package struct Pace: Sendable {
    /// Milliseconds of a slow line; nil while it is fast enough or not known.
    package private(set) var slowLine: Int?
    /// Milliseconds of the last answer of the control plane, when that was long.
    package private(set) var slowServer: Int64?
    private var asked: [RequestID: Timestamp] = [:]

    /// From here on a line is slow.
    static let slowLineMilliseconds = 150
    /// A slow line is fast again below this: a line in between does not flicker.
    static let fastLineMilliseconds = 100
    /// From here on an answer took long.
    static let slowServerMilliseconds: Int64 = 1_000

    /// The way to the terminal and back took so long.
    mutating func measured(line milliseconds: Int) {
        let limit = slowLine == nil ? Self.slowLineMilliseconds : Self.fastLineMilliseconds
        slowLine = milliseconds > limit ? milliseconds : nil
    }

    /// A request was sent that the control plane answers at once if it can.
    mutating func asked(_ id: RequestID, at now: Timestamp) { asked[id] = now }

    /// A request is over; only an answer says something about the control plane.
    mutating func ended(
        _ id: RequestID, _ result: Result<HTTPResponse, TransportFailure>, at now: Timestamp
    ) {
        guard let since = asked.removeValue(forKey: id), case .success = result else { return }
        let took = now.since(since)
        slowServer = took > Self.slowServerMilliseconds ? took : nil
    }

    /// What to say in the header, the line first; each is short.
    package var warnings: [String] {
        [
            slowLine.map { "slow line: \($0) ms" },
            slowServer.map { "server slow: \($0 / 1_000).\($0 % 1_000 / 100) s" },
        ].compactMap(\.self)
    }
}

extension Inbox {
    /// True when as few bytes as possible are sent: the settings say so, or the line is slow.
    package var sparesBytes: Bool { settings.isLowBandwidth ?? (pace.slowLine != nil) }

    /// True while the pane beside the list shows what it showed before: on a slow line it waits
    /// until the cursor stands still, and on any a moment for what is being fetched, so that
    /// nothing flickers. Decision keys are deaf for longer than that.
    package var detailRests: Bool {
        guard let until = detailRestsUntil else { return false }
        return now < until
    }

    var detailRestsUntil: Timestamp? {
        // What lies above the pane must be seen.
        guard focus == .list, overlays.isEmpty, strokes.isEmpty, let subject,
            messageLines(layout).count <= 1
        else { return nil }
        if sparesBytes, network.hadSubject {
            return network.subjectSince.adding(milliseconds: Arming.detailRestMilliseconds)
        }
        let isHere = shelf[subject].map { $0.isFresh || !poller.isOnline } ?? false
        guard !isHere, viewTroubles[subject] == nil else { return nil }
        return max(network.subjectSince, network.onlineSince)
            .adding(milliseconds: Arming.fetchRestMilliseconds)
    }

    /// How long decision keys are deaf after the selection became another one: a detail that waits
    /// is shown first.
    var subjectPauseMilliseconds: Int64 {
        Arming.pauseMilliseconds + (sparesBytes ? Arming.detailRestMilliseconds : 0)
    }
}
