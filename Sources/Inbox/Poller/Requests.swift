package import Approvals
import Cryptography
import JSONTree
package import WireAPI

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
        after cursor: String?, limit: Int, matching word: String? = nil, needsReview: Bool = false
    ) -> HTTPRequest {
        let place = cursor.map { "&cursor=\(PercentEncoding.encode($0))" } ?? ""
        let search = word.map { "&matching=\(PercentEncoding.encode($0))" } ?? ""
        return HTTPRequest(
            .get,
            Route.history.path + "?limit=\(limit)" + place + search
                + (needsReview ? "&needs_review=true" : ""),
            headers: accepting)
    }

    /// Sending the same draft twice decides once: the key is the draft's.
    static func decision(_ draft: Draft, code: StepUpBody? = nil) -> HTTPRequest {
        let body = DecisionBody(
            verdict: draft.verdict, displayedDigest: draft.displayedDigest,
            edits: draft.edits.isEmpty ? nil : draft.edits, comment: draft.comment,
            fullyShown: draft.isFullyShown, stepUp: code)
        return post(
            .decision, draft.id, body.wire,
            [("if-match", "\"\(draft.revision)\""), ("idempotency-key", draft.key)])
    }

    /// Each decision with its own key: sending a batch twice decides nothing twice.
    static func decisions(
        _ drafts: [Draft], codes: [ApprovalID: StepUpBody] = [:]
    ) -> HTTPRequest {
        let body = BulkDecisionBody(
            items: drafts.map { draft in
                BulkDecisionItem(
                    id: draft.id, revision: draft.revision, verdict: draft.verdict,
                    displayedDigest: draft.displayedDigest,
                    edits: draft.edits.isEmpty ? nil : draft.edits, comment: draft.comment,
                    fullyShown: draft.isFullyShown, stepUp: codes[draft.id],
                    idempotencyKey: draft.key)
            })
        return post(Route.decisions.method, Route.decisions.path, body.wire, [])
    }

    static func note(_ dialog: NoteDialog) -> HTTPRequest {
        let texts = dialog.fields.map(\.text.text)
        let ifMatch = [("if-match", "\"\(dialog.revision)\"")]
        switch dialog.purpose {
        case .comment:
            return post(.comment, dialog.id, CommentBody(text: texts[0]).wire, [])
        case .extend:
            let body = ExtendBody(seconds: dialog.seconds ?? 0, reason: nonEmpty(texts[1]))
            return post(.extend, dialog.id, body.wire, ifMatch)
        case .reassign:
            let isPerson = texts[0].contains("@")
            let body = ReassignBody(
                group: isPerson ? nil : GroupName(texts[0]), member: isPerson ? texts[0] : nil,
                reason: nonEmpty(texts[1]))
            return post(.reassign, dialog.id, body.wire, ifMatch)
        case .reveal(let pointer, _):
            let body = RevealBody(pointer: "\(pointer)", reason: texts[0])
            return post(.reveal, dialog.id, body.wire, [])
        }
    }

    static func reviewing(_ id: ApprovalID, isActive: Bool) -> HTTPRequest {
        post(.reviewing, id, ReviewingBody(active: isActive).wire, [])
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
