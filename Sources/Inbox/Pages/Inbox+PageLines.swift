import Approvals
import JSONTree
import TextGrid
import WireAPI

// What stands on a page, line by line.
extension Inbox {
    /// The lines of a page for the present width.
    package func pageLines(_ subject: PageSubject) -> [PageLine] {
        let columns = max(20, layout.body.columns - 3)
        let lines = unwrappedLines(subject)
        return lines.flatMap { page -> [PageLine] in
            guard page.line.columns > columns else { return [page] }
            let wrapped = page.line.wrapped(to: columns - Self.hangingColumns)
            return wrapped.enumerated().map { place, line in
                PageLine(
                    place == 0 ? line : Line([.spaces(Self.hangingColumns)]) + line, page.target)
            }
        }
    }

    /// How far the rest of a long line is moved in.
    private static let hangingColumns = 6

    /// A page as text, its lines as long as they are.
    func pageText(_ subject: PageSubject) -> String {
        unwrappedLines(subject).map { $0.line.text + "\n" }.joined()
    }

    private func unwrappedLines(_ subject: PageSubject) -> [PageLine] {
        if case .audit = subject { return auditLines(subject) }
        if pages[subject] == nil, let trouble = pages.trouble(of: subject) {
            return [PageLine(Line(trouble, .warning))]
        }
        switch (subject, pages[subject]) {
        case (.found(let words), .found(let found)?):
            let lines = AuditLines(events: found, pinned: logWatch.pinned, zone: settings.zone)
            return lines.found(words)
        case (.story, .story(let story, let check)?):
            return StoryLines(story: story, check: check, zone: settings.zone).lines
        case (.why(let id), .explanation(let answer)?):
            return reviewLines(id, answer) + ExplanationLines(answer).lines
        case (.policies, .policies(let list)?): return policyListLines(list)
        case (.policy(let name, let version), .policies?):
            guard let view = pages.version(name, version) else {
                return [PageLine(Line("This version is not there any more.", .warning))]
            }
            return versionLines(view)
        case (.difference, .difference(let answer)?): return Self.lines(answer)
        case (.shadow, .shadow(let report)?): return shadowLines(report)
        case (.delegations, .delegations(let list)?): return delegationLines(list)
        case (.delegation(let id), .delegations?): return delegationLines(id)
        case (.coverage, .coverage(let view)?):
            return CoverageLines(
                coverage: view, zone: settings.zone, now: serverTime,
                columns: layout.body.columns - 3
            ).lines
        case (.schedules, .schedules(let list)?): return scheduleLines(list)
        case (.week(let name, let week), .shifts(let list)?): return weekLines(name, week, list)
        case (.why, _), (.policies, _), (.policy, _), (.difference, _), (.shadow, _),
            (.story, _), (.audit, _), (.found, _), (.delegations, _), (.delegation, _),
            (.coverage, _), (.schedules, _), (.week, _), (.overrides, _), (.swaps, _):
            return [PageLine(Line("Asking the control plane.", .dim))]
        }
    }

    private func policyListLines(_ list: [PolicyView]) -> [PageLine] {
        guard !list.isEmpty else {
            return [
                PageLine(Line("No policy is published: people are asked about every call.")),
                PageLine(Line()),
                PageLine(Line("Write one as a file and try it before it counts:", .dim)),
                PageLine(Line("  countersign policy lint refunds.yaml")),
                PageLine(Line("  countersign policy test refunds.yaml")),
                PageLine(Line("  countersign policy publish refunds.yaml")),
                PageLine(Line("Published as a shadow, it only watches.", .dim)),
            ]
        }
        var lines: [PageLine] = []
        var last: String?
        for view in list.sorted(by: Self.precedes) {
            if !(last?.isSame(as: view.id) ?? false) {
                if last != nil { lines.append(PageLine(Line())) }
                lines.append(PageLine(Line(SafeWords.name(view.id), .heading)))
                last = view.id
            }
            lines.append(
                PageLine(row(of: view), .page(.policy(view.id, version: view.version))))
        }
        return lines
    }

    /// By name, the newest version first.
    private static func precedes(_ left: PolicyView, _ right: PolicyView) -> Bool {
        guard left.id.isSame(as: right.id) else {
            return left.id.utf8.lexicographicallyPrecedes(right.id.utf8)
        }
        return left.version > right.version
    }

    private func row(of view: PolicyView) -> Line {
        var line: Line = [
            Span("  version \(view.version)  ", .text),
            Span(
                view.share.map { "\(view.status) \($0) %" } ?? view.status,
                Self.role(ofStatus: view.status)),
            Span("  by \(SafeWords.name(view.publishedBy, columnsMax: 30))", .dim),
            Span(", \(age(of: view.publishedAt))", .dim),
        ]
        if let proposal = view.proposal {
            line = line + [Span("  proposed: \(proposal.words)", .warning)]
        }
        if let note = view.document["change"]?["note"]?.stringValue {
            line = line + [Span("  \(SafeWords.name(note, columnsMax: 60))", .agentWords)]
        }
        return line
    }

    private static func role(ofStatus status: String) -> TextGrid.Role {
        switch status {
        case "enforced": .success
        case "shadow", "canary": .accent
        case _: .dim
        }
    }

    private func auditLines(_ subject: PageSubject) -> [PageLine] {
        let known = AuditLines.known(logWatch, sentence: logSentence, at: serverTime)
        if case .found(let found)? = pages[subject] {
            let hint = PageLine(
                Line("/ looks for an approval, tool, person, rule or time in all of it.", .dim))
            let lines = AuditLines(events: found, pinned: logWatch.pinned, zone: settings.zone)
            return known + [hint] + lines.latest
        }
        if let trouble = pages.trouble(of: subject) {
            return known + [PageLine(Line(trouble, .warning))]
        }
        return known
            + [
                PageLine(
                    isLoading(subject)
                        ? Line("Asking the control plane.", .dim)
                        : Line("Leads, auditors and admins read its events here.", .dim))
            ]
    }

    private func age(of instant: Timestamp) -> String {
        Age.text(max(0, serverTime.since(instant))) + " ago"
    }

    private func versionLines(_ view: PolicyView) -> [PageLine] {
        var lines = [PageLine(row(of: view))]
        if let proposal = view.proposal {
            let who = SafeWords.name(proposal.by, columnsMax: 40)
            lines.append(
                PageLine(
                    Line(
                        "\(who) proposed \(age(of: proposal.at)): \(proposal.words). It counts "
                            + "once a second person says the same.", .warning)))
        }
        lines.append(PageLine(Line()))
        lines += actionLines(view)
        lines.append(PageLine(Line()))
        return lines + PolicyLines(view.document).lines
    }

    /// What can be done with a version, each on a line of its own.
    private func actionLines(_ view: PolicyView) -> [PageLine] {
        var lines: [PageLine] = []
        let before = pages.versions.filter {
            $0.id.isSame(as: view.id) && $0.version < view.version
        }
        if let before = before.map(\.version).max() {
            lines.append(
                PageLine(
                    Line("> What changes from version \(before)", .accent),
                    .page(.difference(view.id, from: before, to: view.version))))
        }
        let inForce = versionInForce(besides: view)
        if let inForce, inForce != before.map(\.version).max() {
            lines.append(
                PageLine(
                    Line("> What changes from version \(inForce), which is in force", .accent),
                    .page(.difference(view.id, from: inForce, to: view.version))))
        }
        lines.append(
            PageLine(
                Line("> How it would have decided (shadow report)", .accent),
                .page(.shadow(view.id, version: view.version))))
        guard mayChangePolicies else {
            return lines + [PageLine(Line("Leads and admins change what is in force.", .dim))]
        }
        return lines
            + changes(of: view).map { words, change in
                PageLine(Line("> \(words)", .accent), .change(change))
            }
    }

    /// The other version of its policy that decides now.
    private func versionInForce(besides view: PolicyView) -> Int? {
        pages.versions.first {
            $0.id.isSame(as: view.id) && $0.version != view.version && $0.status == "enforced"
        }?.version
    }

    private func changes(of view: PolicyView) -> [(String, PolicyChange)] {
        let inForce = versionInForce(besides: view)
        func change(
            _ status: String, share: Int? = nil, _ step: PolicyChange.Step
        ) -> PolicyChange {
            PolicyChange(
                policy: view.id, version: view.version, status: status, share: share, step: step,
                inForce: inForce)
        }
        if let proposal = view.proposal {
            let isMine = me.map { $0.name.isSame(as: proposal.by) } ?? false
            let withdraw = (
                "Take the proposal back", change(view.status, share: view.share, .withdraw)
            )
            return isMine
                ? [withdraw]
                : [
                    (
                        "Confirm: \(proposal.words)",
                        change(proposal.status, share: proposal.share, .confirm)
                    ), withdraw,
                ]
        }
        return ["shadow", "canary", "enforced", "retired"].compactMap { status in
            guard status != view.status || status == "canary" else { return nil }
            let needsTwo = [status, view.status].contains { $0 == "enforced" || $0 == "canary" }
            let words = Self.words(of: status, view)
            return (
                needsTwo ? "\(words); a second person confirms" : words,
                change(
                    status, share: status == "canary" ? view.share : nil,
                    needsTwo ? .propose : .direct)
            )
        }
    }

    private static func words(of status: String, _ view: PolicyView) -> String {
        switch status {
        case "shadow": "Let it only watch (shadow)"
        case "canary" where view.share != nil: "Change its share (canary)"
        case "canary": "Give it a share of the calls (canary)"
        case "enforced": "Put it in force"
        case _: "Retire it"
        }
    }

    private static func lines(_ answer: PolicyDifferenceAnswer) -> [PageLine] {
        guard !answer.changes.isEmpty else {
            return [PageLine(Line("The two versions say the same.", .dim))]
        }
        // What lets more through is read first.
        let sorted = answer.changes.enumerated().sorted {
            ($0.element.weight, $0.offset) < ($1.element.weight, $1.offset)
        }.map(\.element)
        return sorted.flatMap { change -> [PageLine] in
            var head: Line = [Span(change.kind, .text), Span("  \(change.sentence)", .text)]
            if let leaning = change.leaning {
                head = [Span("\(leaning)  ", leaning.isLaxer ? .danger : .dim)] + head
            }
            let before = change.before.map {
                PageLine(Line("    - \($0.text(.compact).cut(to: 400))", .removed))
            }
            let after = change.after.map {
                PageLine(Line("    + \($0.text(.compact).cut(to: 400))", .added))
            }
            return [PageLine(head), before, after].compactMap(\.self)
        }
    }
}

extension PolicyChangeView {
    fileprivate var weight: Int { leaning?.isLaxer ?? false ? 0 : 1 }
}

extension String {
    var isLaxer: Bool { utf8.elementsEqual("laxer".utf8) }

    /// No more of a long text than a page can show.
    func cut(to count: Int) -> String {
        self.count <= count ? self : String(prefix(count)) + "..."
    }
}
