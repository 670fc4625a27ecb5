import Approvals
package import WireAPI

/// What became different between two views of one approval, in a sentence.
package enum ViewChange {
    /// `the arguments changed and ben@acme approved`; nil when nothing that matters did.
    package static func sentence(from old: ApproverView, to new: ApproverView) -> String? {
        var parts: [String] = []
        if old.displayedDigest != new.displayedDigest { parts.append("what is shown changed") }
        if old.state != new.state { parts.append("it is \(new.state.rawValue) now") }
        if old.risk != new.risk {
            parts.append("its risk is \(new.risk.rawValue) now (it was \(old.risk.rawValue))")
        }
        parts += requirement(old.requirement, new.requirement)
        for decision in new.decisions.dropFirst(old.decisions.count) {
            parts.append("\(decision.by) decided to \(decision.verdict.rawValue)")
        }
        for comment in new.comments.dropFirst(old.comments.count) {
            parts.append("\(comment.by) left a comment")
        }
        if old.execution != new.execution, parts.isEmpty {
            parts.append("its run is \(new.execution.rawValue) now")
        }
        if parts.isEmpty, old.revision != new.revision { parts.append("it has a new revision") }
        return parts.isEmpty ? nil : parts.joined(separator: ", ")
    }

    private static func requirement(_ old: RequirementBody, _ new: RequirementBody) -> [String] {
        var parts: [String] = []
        if old.deadline != new.deadline {
            let step = new.deadline.since(old.deadline)
            let amount = Age.text(Int64(clamping: step.magnitude))
            parts.append("its deadline is \(amount) \(step > 0 ? "later" : "earlier")")
        }
        if old.group != new.group {
            parts.append("\(new.group) is asked now (it was \(old.group))")
        }
        if old.assignee != new.assignee {
            parts.append(
                new.assignee.map { "\($0) is asked now" } ?? "the whole group is asked now")
        }
        if old.quorum != new.quorum { parts.append("\(new.quorum) approvals are needed now") }
        if old.editable != new.editable { parts.append("other values may be edited now") }
        return parts
    }
}
