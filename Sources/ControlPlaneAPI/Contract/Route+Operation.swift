import WireAPI

extension Route {
    /// What this route takes and gives, as the document says it.
    var operation: ContractOperation {
        switch self {
        case .submit: Self.submitOperation
        case .approval: Self.approvalOperation
        case .claim: Self.claimOperation
        case .receipt: Self.receiptOperation
        case .cancel: Self.cancelOperation
        case .claudeCodeHook: Self.claudeCodeHookOperation
        case .me: ContractOperation("Who am I", gives: [.ok("MeAnswer", "Who is asking.")])
        case .beginStepUp, .confirmStepUp, .resetStepUp, .permitStepUp: stepUpOperation
        case .inbox: Self.inboxOperation
        case .decision: Self.decisionOperation
        case .decisions: Self.decisionsOperation
        case .extend: Self.changing("Give more time", "ExtendBody")
        case .reassign: Self.changing("Hand to another group or person", "ReassignBody")
        case .comment, .reviewing: notingOperation
        case .reveal: Self.revealOperation
        case .history: Self.historyOperation
        case .listTenants, .addTenant, .changeTenant, .removeTenant: tenantOperation
        case .listGroups, .addGroup: groupOperation
        case .listMembers, .putMember: memberOperation
        case .listAgents: Self.listing("agents", "AgentList")
        case .addAgent: Self.adding("agent", "AgentBody", "AgentInfo")
        case .listTokens: Self.listing("tokens, without their secrets", "TokenList")
        case .addToken: Self.adding("token", "TokenBody", "TokenView")
        case .removeGroup, .removeMember, .removeAgent, .removeToken: removalOperation
        case .listPolicies: Self.listing("versions of all policies", "PolicyList")
        case .policy: Self.policyOperation
        case .publishPolicy: Self.publishPolicyOperation
        case .changePolicyMode: Self.changePolicyModeOperation
        case .listDelegations, .lend, .revokeDelegation: peopleOperation
        case .escalationPlan, .planEscalation, .acknowledge: escalationOperation
        case .listSchedules, .putSchedule, .removeSchedule, .listShifts: scheduleOperation
        case .calendar, .putCalendar, .listOverrides, .addOverride, .removeOverride:
            scheduleOperation
        case .coverage, .offShift, .onShift: coverageOperation
        case .listSwaps, .offerSwap, .takeSwap, .withdrawSwap: coverageOperation
        case .memberReach, .setMemberReach, .groupReach, .setGroupReach: coverageOperation
        case .explanation, .policyDifference: explainingOperation
        case .shadowReport, .reviewShadow: shadowOperation
        case .backtest: Self.backtestOperation
        case .auditCheckpoint, .auditCheckpoints, .auditEvents, .auditDisclosures: auditOperation
        case .auditInclusion, .auditConsistency, .auditKeys, .logFile, .story: auditOperation
        case .halt, .liftHalt, .listErasures, .proposeErasure, .confirmErasure: auditOperation
        case .listBreakGlass, .reviewBreakGlass: auditOperation
        case .listGrants, .grant, .revokeGrant: grantOperation
        case .health, .ready, .metrics, .contract: servingOperation
        }
    }

    private var tenantOperation: ContractOperation {
        if self == .listTenants { return Self.listing("tenants", "TenantList") }
        if self == .addTenant { return Self.adding("tenant", "TenantBody", "TenantView") }
        return self == .changeTenant
            ? Self.changeTenantOperation
            : Self.removing("tenant", "Refused while it holds approvals.")
    }

    private static let changeTenantOperation = ContractOperation(
        "Change a tenant's defaults", "What is left out stays as it is.", sends: "TenantBody",
        gives: [.ok("TenantView", "The tenant as it is now.")])

    private var memberOperation: ContractOperation {
        self == .listMembers
            ? Self.listing("members", "MemberList") : Self.putMemberOperation
    }

    private var groupOperation: ContractOperation {
        self == .listGroups
            ? Self.listing("groups", "GroupList") : Self.adding("group", "GroupBody", "GroupView")
    }

    private var removalOperation: ContractOperation {
        if self == .removeGroup {
            return Self.removing("group", "Refused while something needs it.")
        }
        if self == .removeMember { return Self.removing("member", "Their tokens end with them.") }
        return self == .removeAgent
            ? Self.removing("agent", "Its tokens end with it.")
            : Self.removing("token", "It ends at once.")
    }

    private var servingOperation: ContractOperation {
        if self == .health {
            return ContractOperation("Is the program alive", gives: [.text("It is.")])
        }
        if self == .ready { return Self.readyOperation }
        return self == .metrics ? Self.metricsOperation : Self.contractOperation
    }

    private var stepUpOperation: ContractOperation {
        if self == .beginStepUp { return Self.beginStepUpOperation }
        if self == .confirmStepUp { return Self.confirmStepUpOperation }
        return self == .resetStepUp ? Self.resetStepUpOperation : Self.permitStepUpOperation
    }

    private var notingOperation: ContractOperation {
        self == .comment
            ? Self.noting("Leave a note", "CommentBody")
            : Self.noting("Say that I am looking at it", "ReviewingBody")
    }

    private var shadowOperation: ContractOperation {
        self == .shadowReport ? Self.shadowReportOperation : Self.reviewShadowOperation
    }

    private var explainingOperation: ContractOperation {
        self == .explanation ? Self.explanationOperation : Self.policyDifferenceOperation
    }

    private static let metricsOperation = ContractOperation(
        "Figures for Prometheus", gives: [.text("One figure a line.")])

    private static let readyOperation = ContractOperation(
        "Can it take work", gives: [.text("The store can be written.")], problems: [503])

    private static let contractOperation = ContractOperation(
        "This document", gives: [.text("OpenAPI 3.1.", type: "application/yaml")])

    private static let policyOperation = ContractOperation(
        "List the versions of a policy", gives: [.ok("PolicyList", "All of them.")])

    private static let publishPolicyOperation = ContractOperation(
        "Publish the next version of a policy",
        "Refused, with every place that is wrong, when one of its tests fails or it could not be"
            + " meant as it stands. A status of `enforced` waits for a second person.",
        sends: "PolicyBody", gives: [.ok("PolicyView", "The version.")], problems: [409])

    private static let changePolicyModeOperation = ContractOperation(
        "Bring a version of a policy into another status",
        "What is in force changes only when a second person sends the same: until then the answer"
            + " has a `proposal`. Sending the status that it has withdraws the proposal.",
        sends: "PolicyModeBody", gives: [.ok("PolicyView", "The version as it is now.")],
        problems: [404])

    private static let listGrantsOperation = ContractOperation(
        "List the standing grants",
        "Those of one's groups; a lead, an auditor and an admin see all.",
        with: [
            .item(
                "state", "`active` (when left out), `ended` or `all`.", bytesMax: 10,
                example: "active")
        ],
        gives: [.ok("GrantList", "The grants.")])

    private static let oneGrantOperation = ContractOperation(
        "Read a standing grant", gives: [.ok("GrantView", "The grant.")], problems: [404])

    private var grantOperation: ContractOperation {
        if self == .listGrants { return Self.listGrantsOperation }
        return self == .grant ? Self.oneGrantOperation : Self.revokeGrantOperation
    }

    private static let revokeGrantOperation = ContractOperation(
        "Take a standing grant back",
        "From then on a person is asked again. Its grantor, the group, a lead and an admin may."
            + " One that holds no more stays as it is.",
        sends: "GrantRevokeBody", isBodyOptional: true,
        gives: [.ok("GrantView", "The grant as it is now.")], problems: [404])

    private static let putMemberOperation = ContractOperation(
        "Add a member, or change the one with this e-mail", sends: "MemberBody",
        gives: [.ok("MemberView", "The member as it is now.")], problems: [409])

    private static let beginStepUpOperation = ContractOperation(
        "Begin a second factor",
        "Answers the secret this once; it counts from its first code on. Needs an admin's enrolment"
            + " code, or a code of the active one that it replaces.",
        sends: "StepUpBeginBody", isBodyOptional: true,
        gives: [.made("StepUpEnrolment", "What an authenticator needs.")])

    private static let resetStepUpOperation = removing(
        "member's second factor", "Not one's own: another admin does it.")

    private static let permitStepUpOperation = ContractOperation(
        "Hand out an enrolment code for a member's second factor",
        "Counts once and for a day; an earlier one counts no more. An admin who has a second factor"
            + " sends a code of their own.",
        sends: "StepUpBody", isBodyOptional: true,
        gives: [.made("StepUpPermit", "The code, for that member alone.")], problems: [404])

    private static let confirmStepUpOperation = ContractOperation(
        "Confirm a second factor with its first code", sends: "StepUpBody",
        gives: [.ok("MeAnswer", "Who is asking, with a second factor.")])

    private static func listing(_ what: String, _ schema: String) -> ContractOperation {
        ContractOperation("List the \(what)", gives: [.ok(schema, "All of them.")])
    }

    private static func adding(
        _ what: String, _ sends: String, _ gives: String
    ) -> ContractOperation {
        ContractOperation(
            "Add a \(what)", sends: sends, gives: [.made(gives, "What was made.")],
            problems: [404, 409])
    }

    private static func removing(_ what: String, _ text: String) -> ContractOperation {
        ContractOperation("Remove a \(what)", text, gives: [.gone], problems: [409])
    }

    private static func changing(_ summary: String, _ sends: String) -> ContractOperation {
        ContractOperation(
            summary, with: [.match], sends: sends,
            gives: [.ok("ApproverView", "The approval as it is now.", tagged: true)],
            problems: [409, 412, 428])
    }

    private static func noting(_ summary: String, _ sends: String) -> ContractOperation {
        ContractOperation(
            summary, sends: sends,
            gives: [.ok("ApproverView", "The approval as it is now.", tagged: true)],
            problems: [409])
    }
}

// The operations that agents and approvers live by.
extension Route {
    private static let submitOperation = ContractOperation(
        "Submit a call to be approved",
        "The approval is durable before the answer. A tool must not run before its claim succeeds.",
        with: [.key(isRequired: true)], sends: "SubmitBody",
        gives: [
            .made("AgentView", "A new approval.", headers: ["ETag", "Location"]),
            .ok("AgentView", "The approval that the same key and body made before.", tagged: true),
        ],
        problems: [409])

    private static let approvalOperation = ContractOperation(
        "Read an approval, and wait for its decision",
        "An agent sees its own approvals as AgentView, a person sees an ApproverView. With `wait`,"
            + " the answer comes as soon as the approval is terminal, or is another one than"
            + " If-None-Match names. A decision that came before the wait is answered at once.",
        with: [.wait, .noneMatch],
        gives: [.ok("AgentView or ApproverView", "The approval.", tagged: true), .unchanged])

    private static let claimOperation = ContractOperation(
        "Claim the right to run a released call",
        "The first nonce wins; the same nonce gets the same answer again. Keep the nonce in memory"
            + " only, so that a process that crashed and restarted cannot run the tool twice.",
        sends: "ClaimBody", gives: [.ok("ClaimAnswer", "What to run, exactly.")],
        problems: [409, 410])

    private static let receiptOperation = ContractOperation(
        "Say what happened when the tool ran", sends: "ReceiptBody",
        gives: [.ok("AgentView", "The approval with its outcome.", tagged: true)],
        problems: [409])

    private static let cancelOperation = ContractOperation(
        "Abandon a pending call", sends: "CancelBody", isBodyOptional: true,
        gives: [.ok("AgentView", "The cancelled approval.", tagged: true)], problems: [409])

    private static let inboxOperation = ContractOperation(
        "The change feed of what this person may see",
        "Without `since`, the first page of the whole queue; then every page's `next` is the"
            + " `since` of the following call, also after a restart of either side. An answer is"
            + " not necessarily a change.",
        with: [
            .item(
                "since", "The `next` of the page before.", bytesMax: APILimits.cursorBytesMax,
                example: "ace026759e998b1bce44f8d0f69e8bbe.1.c-5fbb208c8e8a"),
            .wait,
            .item(
                "limit", "The most changes in one page.", range: 1...APILimits.inboxLimitMax,
                example: APILimits.inboxLimitDefault),
            .noneMatch,
        ],
        gives: [.ok("InboxAnswer", "A page of changes.", tagged: true), .unchanged],
        problems: [410])

    private static let decisionOperation = ContractOperation(
        "Approve or reject",
        "Names the revision and the digest of what was on the screen; if anything moved, it is"
            + " refused with the fresh view and never applied to it.",
        with: [.match, .key(isRequired: false)], sends: "DecisionBody",
        gives: [.ok("ApproverView", "The approval as it is now.", tagged: true)],
        problems: [409, 412, 428])

    private static let decisionsOperation = ContractOperation(
        "Decide many at once", "Each is answered by itself, with the status that it alone had got.",
        sends: "BulkDecisionBody", gives: [.ok("BulkDecisionAnswer", "One answer each, in order.")])

    private static let revealOperation = ContractOperation(
        "Be shown one redacted value",
        "Recorded with the reason. Show it briefly and keep it"
            + " nowhere.",
        sends: "RevealBody", gives: [.ok("RevealAnswer", "The value.")], problems: [409, 429])

    private static let historyOperation = ContractOperation(
        "Settled approvals, newest first",
        "A page may be shorter than `limit`, or empty, and still have a `next`: so much was looked"
            + " through.",
        with: [
            .item(
                "cursor", "The `next` of the page before.", bytesMax: APILimits.cursorBytesMax,
                example: "01a2043d-9860-7e0e-b08c-0ba87d4786f6"),
            .item(
                "limit", "The most approvals in one page.", range: 1...APILimits.historyLimitMax,
                example: APILimits.historyLimitDefault),
            .item(
                "matching", "Only those with this text in tool, summary or agent.",
                bytesMax: APILimits.matchingBytesMax, example: "refund"),
            .item(
                "tool", "Only calls of the tool of this name.",
                bytesMax: APILimits.matchingBytesMax, example: "issue_refund"),
            .item(
                "agent", "Only calls of the agent of this name.",
                bytesMax: APILimits.matchingBytesMax, example: "support-bot"),
            .item(
                "needs_review",
                "`true` for only those that a person still has to look at, of whatever age.",
                bytesMax: 5, example: "true"),
        ],
        gives: [.ok("SummaryList", "A page of approvals.")])
}
