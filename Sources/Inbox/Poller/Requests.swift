package import Approvals
import Audit
import Cryptography
import JSONTree
package import WireAPI
import ZoneTime

/// How the inbox asks the control plane.
package enum Requests {
    package static func me() -> HTTPRequest {
        HTTPRequest(.get, Route.me.path, headers: accepting)
    }

    package static func feed(since cursor: String?, wait: Int, limit: Int) -> HTTPRequest {
        var query = ["limit=\(limit)"]
        if let cursor { query.append("since=\(PercentEncoding.encode(cursor))") }
        if wait > 0 { query.append("wait=\(wait)") }
        return HTTPRequest(
            .get, Route.inbox.path + "?" + query.joined(separator: "&"), headers: accepting,
            waitSeconds: wait)
    }

    package static func view(_ id: ApprovalID) -> HTTPRequest {
        HTTPRequest(.get, Route.approval.path(naming: id.rawValue), headers: accepting)
    }

    package static func history(
        after cursor: String?, limit: Int, matching word: String? = nil, tool: String? = nil,
        agent: String? = nil, needsReview: Bool = false
    ) -> HTTPRequest {
        let wanted = [
            ("cursor", cursor), ("matching", word), ("tool", tool), ("agent", agent),
            ("needs_review", needsReview ? "true" : nil),
        ]
        let query = wanted.compactMap { name, value in
            value.map { "&\(name)=\(PercentEncoding.encode($0))" }
        }
        return HTTPRequest(
            .get, Route.history.path + "?limit=\(limit)" + query.joined(), headers: accepting)
    }

    static func logCheckpoint() -> HTTPRequest {
        HTTPRequest(.get, Route.auditCheckpoint.path, headers: ["accept": "text/plain"])
    }

    static func logConsistency(from size: Int64) -> HTTPRequest {
        HTTPRequest(
            .get, Route.auditConsistency.path + "?from=\(size)", headers: accepting)
    }

    static func logKeys() -> HTTPRequest {
        HTTPRequest(.get, Route.auditKeys.path, headers: accepting)
    }

    static func grants() -> HTTPRequest {
        HTTPRequest(.get, Route.listGrants.path + "?state=all", headers: accepting)
    }

    /// Sending the same draft twice decides once: the key is the draft's.
    static func decision(
        _ draft: Draft, code: StepUpBody? = nil, seen: Checkpoint? = nil
    ) -> HTTPRequest {
        let body = DecisionBody(
            verdict: draft.verdict, displayedDigest: draft.displayedDigest,
            edits: draft.edits.isEmpty ? nil : draft.edits, comment: draft.comment,
            grant: draft.grant, fullyShown: draft.isFullyShown, stepUp: code,
            checkpoint: checkpoint(seen))
        return post(
            .decision, draft.id, body.wire,
            [("if-match", "\"\(draft.revision)\""), ("idempotency-key", draft.key)])
    }

    /// Each decision with its own key: sending a batch twice decides nothing twice.
    static func decisions(
        _ drafts: [Draft], codes: [ApprovalID: StepUpBody] = [:], seen: Checkpoint? = nil
    ) -> HTTPRequest {
        let body = BulkDecisionBody(
            items: drafts.map { draft in
                BulkDecisionItem(
                    id: draft.id, revision: draft.revision, verdict: draft.verdict,
                    displayedDigest: draft.displayedDigest,
                    edits: draft.edits.isEmpty ? nil : draft.edits, comment: draft.comment,
                    fullyShown: draft.isFullyShown, stepUp: codes[draft.id],
                    checkpoint: checkpoint(seen),
                    idempotencyKey: draft.key)
            })
        return post(Route.decisions.method, Route.decisions.path, body.wire, [])
    }

    private static func checkpoint(_ seen: Checkpoint?) -> CheckpointBody? {
        guard let seen, let size = Int(exactly: seen.size) else { return nil }
        return CheckpointBody(size: size, root: seen.root)
    }

    static func note(_ dialog: NoteDialog, of id: ApprovalID) -> HTTPRequest? {
        let texts = dialog.fields.map(\.text.text)
        let ifMatch = [("if-match", "\"\(dialog.revision)\"")]
        switch dialog.purpose {
        case .comment:
            return post(.comment, id, CommentBody(text: texts[0]).wire, [])
        case .extend:
            let body = ExtendBody(seconds: dialog.seconds ?? 0, reason: nonEmpty(texts[1]))
            return post(.extend, id, body.wire, ifMatch)
        case .reassign:
            let isPerson = texts[0].contains("@")
            let body = ReassignBody(
                group: isPerson ? nil : GroupName(texts[0]), member: isPerson ? texts[0] : nil,
                reason: nonEmpty(texts[1]))
            return post(.reassign, id, body.wire, ifMatch)
        case .reveal(let pointer, _):
            let body = RevealBody(pointer: "\(pointer)", reason: texts[0])
            return post(.reveal, id, body.wire, [])
        case .revoke(let grant):
            let body = GrantRevokeBody(reason: nonEmpty(texts[0]))
            return post(
                .post, Route.revokeGrant.path(naming: grant.rawValue), body.wire, [])
        case .policyMode, .lend, .override, .swap, .rotation, .search: return nil
        }
    }

    static func reviewing(_ id: ApprovalID, isActive: Bool) -> HTTPRequest {
        post(.reviewing, id, ReviewingBody(active: isActive).wire, [])
    }

    static func acknowledge(_ id: ApprovalID) -> HTTPRequest {
        let route = Route.acknowledge
        return HTTPRequest(
            route.method, route.path(naming: id.rawValue), headers: accepting)
    }

    static func page(_ subject: PageSubject) -> HTTPRequest {
        let target =
            switch subject {
            case .why(let id): Route.explanation.path(naming: id.rawValue)
            case .story(let id, let pinned):
                Route.story.path(naming: id.rawValue) + (pinned.map { "?size=\($0.size)" } ?? "")
            case .policies, .policy: Route.listPolicies.path
            case .difference(let name, let from, let to):
                Route.policyDifference.path(naming: name) + "?from=\(from)&to=\(to)"
            case .shadow(let name, let version):
                Route.shadowReport.path(naming: name, version: version)
            case .audit: Route.auditSearch.path + "?limit=\(AuditLines.eventsMax)"
            case .found(let words):
                Route.auditSearch.path + "?limit=\(AuditLines.eventsMax)"
                    + words.query.map { "&\($0)=\(PercentEncoding.encode($1))" }.joined()
            case .delegations, .delegation: Route.listDelegations.path + "?past=true"
            case .coverage: Route.coverage.path + "?days=14"
            case .schedules: Route.listSchedules.path
            case .week(let name, let week):
                Route.listShifts.path(naming: name.rawValue)
                    + "?from=\(PercentEncoding.encode(week.start.rfc3339))"
                    + "&to=\(PercentEncoding.encode(week.end.rfc3339))"
            case .overrides(let name): Route.listOverrides.path(naming: name.rawValue)
            case .swaps(let name): Route.listSwaps.path(naming: name.rawValue)
            }
        return HTTPRequest(.get, target, headers: accepting)
    }

    static func policyMode(_ change: PolicyChange) -> HTTPRequest {
        let route = Route.changePolicyMode
        let body = PolicyModeBody(
            version: change.version, status: change.status, share: change.share,
            ack: change.ack)
        return post(route.method, route.path(naming: change.policy), body.wire, [])
    }

    /// Lends authority, or only asks what would come of it.
    static func lend(_ body: DelegationBody, isPreview: Bool) -> HTTPRequest {
        var body = body
        body.preview = isPreview ? true : nil
        return post(Route.lend.method, Route.lend.path, body.wire, [])
    }

    static func endDelegation(_ id: String) -> HTTPRequest {
        let route = Route.revokeDelegation
        return HTTPRequest(route.method, route.path(naming: id), headers: accepting)
    }

    /// Makes an override, or only asks what would come of it.
    static func addOverride(
        _ body: OverrideBody, on name: GroupName, isPreview: Bool
    ) -> HTTPRequest {
        var body = body
        body.preview = isPreview ? true : nil
        let route = Route.addOverride
        return post(route.method, route.path(naming: name.rawValue), body.wire, [])
    }

    static func swap(_ step: SwapStep) -> HTTPRequest {
        switch step {
        case .offer(let name, let body):
            let route = Route.offerSwap
            return post(route.method, route.path(naming: name.rawValue), body.wire, [])
        case .take(let view):
            let route = Route.takeSwap
            return HTTPRequest(route.method, route.path(naming: view.id), headers: accepting)
        case .withdraw(let view):
            let route = Route.withdrawSwap
            return HTTPRequest(route.method, route.path(naming: view.id), headers: accepting)
        }
    }

    static func putSchedule(_ name: GroupName, _ body: ScheduleBody) -> HTTPRequest {
        let route = Route.putSchedule
        return post(route.method, route.path(naming: name.rawValue), body.wire, [])
    }

    static func removeOverride(_ id: String) -> HTTPRequest {
        let route = Route.removeOverride
        return HTTPRequest(route.method, route.path(naming: id), headers: accepting)
    }

    /// Goes off shift, or only asks what would come of it.
    static func offShift(isPreview: Bool) -> HTTPRequest {
        let body = OffShiftBody(preview: isPreview ? true : nil)
        return post(Route.offShift.method, Route.offShift.path, body.wire, [])
    }

    static func onShift() -> HTTPRequest {
        HTTPRequest(Route.onShift.method, Route.onShift.path, headers: accepting)
    }

    static func reviewed(
        _ policy: String, _ version: Int, _ approvals: [ApprovalID]
    ) -> HTTPRequest {
        let route = Route.reviewShadow
        return post(
            route.method, route.path(naming: policy, version: version),
            ReviewedBody(approvals: approvals).wire, [])
    }

    private static let accepting = ["accept": "application/json"]

    private static func post(
        _ route: Route, _ id: ApprovalID, _ body: JSONValue, _ headers: [(String, String)]
    ) -> HTTPRequest {
        post(route.method, route.path(naming: id.rawValue), body, headers)
    }

    private static func post(
        _ method: HTTPMethod, _ target: String, _ body: JSONValue, _ headers: [(String, String)]
    ) -> HTTPRequest {
        var all = accepting
        all["content-type"] = "application/json"
        for (name, value) in headers { all[name] = value }
        return HTTPRequest(method, target, headers: all, body: Array(body.text(.compact).utf8))
    }

    private static func nonEmpty(_ text: String) -> String? {
        text.allSatisfy(\.isWhitespace) ? nil : text
    }
}
