import Approvals
import WireAPI

/// What is known of the person whose token goes with the requests.
///
/// A decision without an answer is asked again with its key, and that counts as the same decision
/// only under the token of whoever made it. So nothing that was kept is sent for somebody of whom
/// the server did not say who they are.
enum TokenHolder: Hashable, Sendable {
    /// Nothing was answered yet in this run.
    case unproven
    /// The server said who it is.
    case proven
    /// Another token came into use: the server is asked for nothing but whose it is.
    case replaced
}

/// A decision of somebody else that was sent and never acknowledged.
package struct Abandoned: Hashable, Sendable {
    /// Who made it; only under their token can it be asked again.
    let by: MeAnswer
    let draft: Draft
}

extension Inbox {
    /// From here on everything is sent with another token.
    mutating func tokenReplaced() {
        keepHeld("another token is in use")
        network.holder = .replaced
        poller.startAnew()
        if bulk?.phase == .review { bulk = nil }
        overlays.removeAll {
            if case .revealed = $0 { true } else { $0.decides }
        }
    }

    /// Asks who this is, when the server did not say and nothing else would ask.
    mutating func askWho() {
        guard network.holder == .unproven, poller.isOnline, !network.isOpen(.me) else { return }
        if let until = network.whoRestsUntil, now < until { return }
        send(Requests.me(), for: .me)
    }

    /// Asks now and then, beside the polls, whether anything became different about this person
    /// and their tenant: a halt, a shift, a role.
    mutating func askWhoAgain() {
        guard network.holder == .proven, !network.isOpen(.me), let last = network.whoAnsweredAt,
            now.since(last) >= Self.whoAgainMilliseconds
        else { return }
        send(Requests.me(), for: .me)
    }

    private static let whoAgainMilliseconds: Int64 = 30_000

    /// When `askWho` asks again.
    var whoDueAt: Timestamp? {
        network.holder == .unproven && poller.isOnline ? network.whoRestsUntil : nil
    }

    mutating func answeredMe(_ result: Result<HTTPResponse, TransportFailure>) {
        switch result {
        case .failure(let failure): whoIsUnknown(failure.sentence)
        case .success(let response) where response.status == 200:
            switch Answers.read(MeAnswer.self, from: response) {
            case .failure(let error):
                say(.warning, error.sentence)
                whoIsUnknown(error.sentence)
            case .success(let fresh): take(fresh)
            }
        case .success(let response) where response.status == 401:
            if network.holder == .replaced { refused(response) }
        case .success(let response): whoIsUnknown(Answers.problem(in: response).detail)
        }
    }

    private mutating func whoIsUnknown(_ sentence: String) {
        network.whoRestsUntil = now.adding(milliseconds: Self.viewFailedMilliseconds)
        guard network.holder == .replaced else { return }
        poller.failed(sentence, retryAfter: nil, at: now, using: &seed)
    }

    private mutating func take(_ fresh: MeAnswer) {
        clock.heard(fresh.serverTime, at: now)
        let before = me
        let abandoned = outbox.abandoned
        if network.holder == .replaced { poller.hurry() }
        network.holder = .proven
        network.whoAnsweredAt = now
        me = fresh
        sayHalt(before: before)
        sayGlass(before: before)
        if let before, !before.isSamePerson(as: fresh) { forgetEverything(of: before) }
        if before.map({ !$0.says(fresh) }) ?? true { save([.putMe(fresh)]) }
        takeUp(abandoned)
        // The list may have come first, and the next news of it may be a long time away.
        if poller.isComplete { askForLog() }
    }

    /// Says once that releases are halted, and once that they go on.
    private mutating func sayHalt(before: MeAnswer?) {
        guard let me, before?.halt != me.halt else { return }
        guard let halt = me.halt else {
            if before != nil { say(.success, "The halt is lifted: releases go on.") }
            return
        }
        say(
            .problem,
            "HALTED by \(SafeWords.name(halt.by)): \(halt.reason). Calls wait and can be rejected; "
                + "a second person lifts it.")
    }

    /// Says once to a lead that somebody broke glass.
    private mutating func sayGlass(before: MeAnswer?) {
        guard let newest = me?.breakGlass?.newest, before?.breakGlass?.newest.id != newest.id
        else { return }
        say(
            .problem,
            "BREAK-GLASS by \(SafeWords.name(newest.by)): \(newest.reason ?? "erased"). Review it: "
                + "countersign break-glass review \(newest.id) --note …")
    }

    /// The token speaks for somebody else than the local copy: nothing of it is theirs.
    private mutating func forgetEverything(of before: MeAnswer) {
        let doubtful = outbox.doubtful.map { Abandoned(by: before, draft: $0) }
        let abandoned = outbox.abandoned + doubtful
        forgetWhatIsInMemory()
        outbox.abandoned = abandoned
        copy = LocalCopy(isUseless: copy.isUseless)
        poller.hurry()
        save([.removeEverything])
        let removed = "This token is another person's: what was kept here was removed."
        guard let sentence = abandonedSentence(doubtful) else {
            say(.warning, removed)
            return
        }
        say(.problem, "\(removed) \(sentence)")
    }

    /// What nobody but those who decided it can find out; nil when there is nothing.
    func abandonedSentence(_ abandoned: [Abandoned]) -> String? {
        guard let first = abandoned.first else { return nil }
        let name = SafeWords.name(first.by.name)
        guard abandoned.allSatisfy({ $0.by.isSamePerson(as: first.by) }), abandoned.count == 1
        else {
            let names = Set(abandoned.map { SafeWords.name($0.by.name) }).sorted()
            return "\(abandoned.count) decisions of \(names.joined(separator: ", ")) were sent and "
                + "not confirmed: whoever made them must log in and look at them."
        }
        return "\(name) sent a decision (\(first.draft.verdict.rawValue) "
            + "\(short(first.draft.id))) that was not confirmed: \(name) must log in and "
            + "look at it."
    }

    /// Whoever made them is back: their decisions are asked again with their keys.
    private mutating func takeUp(_ abandoned: [Abandoned]) {
        guard let me else { return }
        let mine = abandoned.filter { $0.by.isSamePerson(as: me) }
        guard !mine.isEmpty else { return }
        outbox.abandoned.removeAll { $0.by.isSamePerson(as: me) }
        for item in mine {
            var outgoing = Outbox.Outgoing(draft: item.draft)
            outgoing.doubt = "another token was in use"
            outgoing.retryAt = now
            outbox.outgoing[item.draft.id] = outgoing
        }
        save(mine.map { .putDraft($0.draft) })
    }
}

extension MeAnswer {
    /// True when nothing but the server's clock differs.
    fileprivate func says(_ other: MeAnswer) -> Bool {
        var same = self
        same.serverTime = other.serverTime
        return same == other
    }

    /// True for the same member of the same tenant.
    fileprivate func isSamePerson(as other: MeAnswer) -> Bool {
        id.utf8.elementsEqual(other.id.utf8) && tenant == other.tenant
    }
}

extension Outbox {
    /// Decisions that may have arrived: sent without an answer, in this run or in an earlier one.
    fileprivate var doubtful: [Draft] {
        (outgoing.values.map(\.draft) + drafts.values.filter { $0.stage == .sent })
            .sorted { $0.id < $1.id }
    }
}
