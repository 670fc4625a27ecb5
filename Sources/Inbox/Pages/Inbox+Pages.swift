import Approvals
import Audit
import Keymap
import TextGrid
import WireAPI

// Pages are read above the lists, and lead to each other.
extension Inbox {
    /// Opens a page and asks for what it shows.
    mutating func showPage(_ subject: PageSubject) {
        overlays.append(.page(PagePane(subject)))
        if pages[subject] == nil || subject.isAlwaysAsked { load(subject) }
        goToFirstTarget(of: subject)
    }

    mutating func showPolicies() {
        overlays.removeAll(where: \.isPage)
        showPage(.policies)
    }

    /// Opens the page that an action is for; false when it is for none.
    mutating func showsPage(_ action: Action) -> Bool {
        if action == .policies {
            showPolicies()
        } else if action == .audit {
            showAudit()
        } else if action == .delegations {
            showDelegations()
        } else if action == .coverage {
            overlays.removeAll(where: \.isPage)
            showPage(.coverage)
        } else if action == .shifts {
            showShifts()
        } else {
            return false
        }
        return true
    }

    /// Shows the latest events; whoever may not read them sees what this inbox knows by itself.
    mutating func showAudit() {
        overlays.removeAll(where: \.isPage)
        let subject = PageSubject.audit
        overlays.append(.page(PagePane(subject)))
        if Route.auditSearch.roles.contains(where: { me?.roles.contains($0) ?? false }) {
            load(subject)
        }
    }

    mutating func showWhy() {
        guard let id = subject else { return }
        showPage(.why(id))
    }

    /// Tells the whole story of the approval under the cursor.
    mutating func showStory() {
        guard let id = subject else { return }
        showPage(.story(id, pinned: logWatch.pinned))
    }

    /// Asks for what a page shows, once.
    mutating func load(_ subject: PageSubject) {
        for source in subject.sources where !network.isOpen(.page(source)) {
            send(Requests.page(source), for: .page(source))
        }
    }

    mutating func answeredPage(
        _ subject: PageSubject, _ result: Result<HTTPResponse, TransportFailure>
    ) {
        switch result {
        case .failure(let failure): pages.failed(failure.sentence, for: subject)
        case .success(let response) where response.status == 200: take(response, for: subject)
        case .success(let response):
            let problem = Answers.problem(in: response)
            pages.failed("\(problem.detail) \(problem.nextStep)", for: subject)
        }
    }

    private mutating func take(_ response: HTTPResponse, for subject: PageSubject) {
        let content: Result<Pages.Content, UnreadableAnswer> =
            switch subject {
            case .why:
                Answers.read(ExplanationAnswer.self, from: response).map { .explanation($0) }
            case .story(_, let pinned):
                Answers.read(StoryView.self, from: response).map {
                    .story($0, StoryCheck($0, against: pinned))
                }
            case .policies, .policy:
                Answers.read(PolicyList.self, from: response).map { .policies($0.items) }
            case .difference:
                Answers.read(PolicyDifferenceAnswer.self, from: response).map { .difference($0) }
            case .shadow: Answers.read(ShadowReport.self, from: response).map { .shadow($0) }
            case .delegations, .delegation:
                Answers.read(DelegationList.self, from: response).map { .delegations($0.items) }
            case .audit, .found:
                Answers.read(FoundEvents.self, from: response).map { .found($0) }
            case .coverage: Answers.read(CoverageView.self, from: response).map { .coverage($0) }
            case .schedules:
                Answers.read(ScheduleList.self, from: response).map { .schedules($0.items) }
            case .week: Answers.read(ShiftList.self, from: response).map { .shifts($0.items) }
            case .swaps: Answers.read(SwapList.self, from: response).map { .swaps($0.items) }
            case .overrides:
                Answers.read(OverrideList.self, from: response).map { .overrides($0.items) }
            }
        switch content {
        case .success(let content):
            pages.took(content, for: subject)
            readZones(of: pages.schedules)
            goToFirstTarget(of: subject)
        case .failure(let error): pages.failed(error.sentence, for: subject)
        }
    }

    /// Puts the cursor on the first line that leads somewhere and does nothing by itself, until
    /// somebody moved it.
    private mutating func goToFirstTarget(of source: PageSubject) {
        guard case .page(var page) = overlays.last, page.subject.source == source.source,
            page.index == 0, page.subject.leadsOn
        else { return }
        let lines = pageLines(page.subject)
        let place = lines.firstIndex { line in
            switch line.target {
            case .page, .schedule, .change, .lend, .endDelegation: true
            // Of a week, what holds now is read first.
            case .stretch(let stretch): stretch.isNow
            case .reviewed, .removeOverride, .offerSwap, .swap, .rotation, nil: false
            }
        }
        guard let place else { return }
        // Of a report, the figures are read first.
        if case .shadow = page.subject, place >= pageRows { return }
        page.select(place, count: lines.count, rows: pageRows)
        overlays[overlays.count - 1] = .page(page)
    }

    mutating func performInPage(_ action: Action, _ page: PagePane) {
        var page = page
        let lines = pageLines(page.subject)
        let rows = pageRows
        if action == .back {
            overlays.removeLast()
            return
        } else if action == .queue {
            overlays.removeAll(where: \.isPage)
            screen = .queue
            focus = .list
            return
        } else if action == .open {
            follow(lines.indices.contains(page.index) ? lines[page.index].target : nil)
            return
        } else if action == .refresh {
            load(page.subject)
        } else if action == .filter {
            askForWords(page.subject)
            return
        } else if action == .yank {
            copyText(pageText(page.subject), "the page")
            return
        } else if showsPage(action) || performInWeek(action, page) {
            return
        } else if action == .top {
            page.select(0, count: lines.count, rows: rows)
        } else if action == .bottom {
            page.select(.max, count: lines.count, rows: rows)
        } else if let step = Self.step(action, rows: rows) {
            page.select(page.index + step, count: lines.count, rows: rows)
        }
        overlays[overlays.count - 1] = .page(page)
    }

    /// Goes to the line that was clicked; a second click on it is enter.
    mutating func pointedInPage(_ page: PagePane, line: Int) {
        var page = page
        page.select(line, count: pageLines(page.subject).count, rows: pageRows)
        overlays[overlays.count - 1] = .page(page)
    }

    private mutating func follow(_ target: PageTarget?) {
        switch target {
        case .page(let subject): showPage(subject)
        case .schedule(let name): showWeek(of: name, at: serverTime)
        case .change(let change):
            if change.hasForm {
                openForm(NoteDialog(.policyMode(change)))
            } else {
                openQuestion(.policyMode(change))
            }
        case .reviewed(let policy, let version, let approvals):
            send(
                Requests.reviewed(policy, version, approvals),
                for: .reviewed(policy, version: version))
        case .lend(let isForOthers): openForm(NoteDialog(.lend(isForOthers: isForOthers)))
        case .endDelegation(let view): openQuestion(.endDelegation(view))
        case .stretch(let stretch): openForm(NoteDialog(.override(stretch)))
        case .removeOverride(let view): askToRemove(view)
        case .offerSwap(let stretch): openForm(NoteDialog(.swap(stretch)))
        case .swap(let step): askSwap(step)
        case .rotation(let changed): openForm(NoteDialog(.rotation(changed)))
        case nil: say(.info, "This line is only to be read.")
        }
    }

    private mutating func openForm(_ form: NoteDialog) {
        overlays.append(.note(form))
        arming.disarm(at: now)
        effects.append(.flushTypedAhead)
    }

    /// Asks before something is done; what was typed ahead does not answer it.
    mutating func openQuestion(_ subject: Question.Subject) {
        overlays.append(.question(Question(subject)))
        arming.disarm(at: now)
        effects.append(.flushTypedAhead)
    }

    /// How many lines of a page the screen shows, below its title.
    package var pageRows: Int { max(1, layout.body.rows - 1) }

    /// What is in the way of showing anything else but this.
    package func pageTrouble(_ subject: PageSubject) -> String? { pages.trouble(of: subject) }

    /// True while the server is asked for what a page shows.
    package func isLoading(_ subject: PageSubject) -> Bool {
        network.isOpen(.page(subject.source))
    }
}

extension PageSubject {
    /// True for a list that is asked for whenever it is opened.
    fileprivate var isAlwaysAsked: Bool {
        switch self {
        case .week, .found: return true
        case _: break
        }
        return [.policies, .delegations, .coverage, .schedules].contains(self)
    }

    /// Everything that the page is made of.
    fileprivate var sources: [PageSubject] {
        guard case .week(let name, _) = self else { return [source] }
        return [self, .schedules, .overrides(name), .swaps(name)]
    }
}

extension Overlay {
    /// True for a page.
    var isPage: Bool { if case .page = self { true } else { false } }
}
