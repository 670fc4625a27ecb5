import Approvals
import ControlPlane
import Foundation
import JSONTree
import Testing
import WireAPI

@testable import ControlPlaneAPI

@Suite("The document, the types and the routes say the same")
struct APIContractTests {
    /// The copy for readers is what the server serves; `UPDATE_GOLDENS=1` writes it anew.
    @Test func copyIsCurrent() throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Docs/openapi.yaml")
        if ProcessInfo.processInfo.environment["UPDATE_GOLDENS"] == "1" {
            try Contract.yaml.write(to: file, atomically: true, encoding: .utf8)
        }
        #expect(try String(contentsOf: file, encoding: .utf8) == Contract.yaml)
    }

    /// Every type of the wire, by its name in the document.
    static let types: [(String, any WireValue.Type)] = [
        ("CheckpointList", CheckpointList.self), ("CheckpointView", CheckpointView.self),
        ("ConsistencyView", ConsistencyView.self), ("DisclosureList", DisclosureList.self),
        ("DisclosureView", DisclosureView.self), ("EventList", EventList.self),
        ("EventProof", EventProof.self), ("HaltBody", HaltBody.self), ("HaltView", HaltView.self),
        ("BreakGlassBody", BreakGlassBody.self), ("BreakGlassView", BreakGlassView.self),
        ("BreakGlassReviewBody", BreakGlassReviewBody.self),
        ("BreakGlassList", BreakGlassList.self), ("BreakGlassDebt", BreakGlassDebt.self),
        ("LogKeyList", LogKeyList.self), ("ErasureBody", ErasureBody.self),
        ("ErasureView", ErasureView.self), ("ErasureList", ErasureList.self),
        ("DelegationBody", DelegationBody.self), ("DelegationView", DelegationView.self),
        ("DelegationList", DelegationList.self),
        ("EscalationPlanBody", EscalationPlanBody.self),
        ("EscalationPlanView", EscalationPlanView.self),
        ("EscalationStepBody", EscalationStepBody.self),
        ("EscalationStepView", EscalationStepView.self),
        ("EscalationTargetBody", EscalationTargetBody.self),
        ("EscalationView", EscalationView.self),
        ("RotationBody", RotationBody.self), ("ScheduleBody", ScheduleBody.self),
        ("CalendarBody", CalendarBody.self), ("StoryView", StoryView.self),
        ("StoryEventView", StoryEventView.self),
        ("OverrideBody", OverrideBody.self), ("RotationView", RotationView.self),
        ("OnDutyView", OnDutyView.self), ("ScheduleView", ScheduleView.self),
        ("ScheduleList", ScheduleList.self), ("ShiftView", ShiftView.self),
        ("ShiftList", ShiftList.self), ("OverrideView", OverrideView.self),
        ("OverrideAnswer", OverrideAnswer.self), ("OverrideList", OverrideList.self),
        ("CoverageSpanView", CoverageSpanView.self),
        ("CoverageRowView", CoverageRowView.self),
        ("CoverageView", CoverageView.self),
        ("DutyView", DutyView.self),
        ("QuietHoursBody", QuietHoursBody.self),
        ("QuietHoursView", QuietHoursView.self),
        ("AbsenceBody", AbsenceBody.self),
        ("AbsenceView", AbsenceView.self),
        ("ReachBody", ReachBody.self),
        ("ReachView", ReachView.self),
        ("OffShiftBody", OffShiftBody.self),
        ("ShiftChangeAnswer", ShiftChangeAnswer.self),
        ("SwapBody", SwapBody.self), ("SwapView", SwapView.self),
        ("SwapAnswer", SwapAnswer.self), ("SwapList", SwapList.self),
        ("AgentBody", AgentBody.self), ("AgentInfo", AgentInfo.self),
        ("AgentList", AgentList.self), ("AgentView", AgentView.self),
        ("ApprovalSummary", ApprovalSummary.self), ("ApproverView", ApproverView.self),
        ("BulkDecisionAnswer", BulkDecisionAnswer.self),
        ("BulkDecisionBody", BulkDecisionBody.self), ("BulkDecisionItem", BulkDecisionItem.self),
        ("BulkDecisionResult", BulkDecisionResult.self), ("CancelBody", CancelBody.self),
        ("ClaimAnswer", ClaimAnswer.self), ("ClaimBody", ClaimBody.self),
        ("ClaimView", ClaimView.self), ("CommentBody", CommentBody.self),
        ("CommentView", CommentView.self), ("ContextBody", ContextBody.self),
        ("DecisionBody", DecisionBody.self), ("DecisionView", DecisionView.self),
        ("ExtendBody", ExtendBody.self), ("FieldProblemBody", FieldProblemBody.self),
        ("GrantBody", GrantBody.self), ("GrantBoundBody", GrantBoundBody.self),
        ("GrantBoundView", GrantBoundView.self), ("GrantList", GrantList.self),
        ("GrantRevokeBody", GrantRevokeBody.self), ("GrantView", GrantView.self),
        ("GroupBody", GroupBody.self), ("GroupList", GroupList.self), ("GroupView", GroupView.self),
        ("HistoryEntry", HistoryEntry.self), ("HookAnswer", HookAnswer.self),
        ("HookEventBody", HookEventBody.self), ("InboxAnswer", InboxAnswer.self),
        ("InboxChange", InboxChange.self), ("LinkBody", LinkBody.self), ("MeAnswer", MeAnswer.self),
        ("MemberBody", MemberBody.self), ("MemberList", MemberList.self),
        ("MemberView", MemberView.self), ("OriginBody", OriginBody.self),
        ("PartyBody", PartyBody.self), ("PolicyBody", PolicyBody.self),
        ("PolicyList", PolicyList.self), ("PolicyModeBody", PolicyModeBody.self),
        ("PolicyProposalView", PolicyProposalView.self), ("PolicyView", PolicyView.self),
        ("AgreementMatrix", AgreementMatrix.self), ("AgreementRow", AgreementRow.self),
        ("AgreementWithPeople", AgreementWithPeople.self), ("BacktestBody", BacktestBody.self),
        ("BacktestPage", BacktestPage.self), ("ExplainedPart", ExplainedPart.self),
        ("ExplainedPolicy", ExplainedPolicy.self), ("ExplainedRule", ExplainedRule.self),
        ("ExplanationAnswer", ExplanationAnswer.self), ("GroupLoad", GroupLoad.self),
        ("PolicyCaseView", PolicyCaseView.self), ("PolicyChangeView", PolicyChangeView.self),
        ("PolicyDifferenceAnswer", PolicyDifferenceAnswer.self),
        ("ReviewedAnswer", ReviewedAnswer.self), ("ReviewedBody", ReviewedBody.self),
        ("ShadowReport", ShadowReport.self), ("Problem", Problem.self),
        ("ProvenanceBody", ProvenanceBody.self), ("ReassignBody", ReassignBody.self),
        ("ReceiptBody", ReceiptBody.self), ("ReceiptView", ReceiptView.self),
        ("RedactedBody", RedactedBody.self), ("RequirementBody", RequirementBody.self),
        ("RevealAnswer", RevealAnswer.self), ("RevealBody", RevealBody.self),
        ("ReviewingBody", ReviewingBody.self), ("StepUpBody", StepUpBody.self),
        ("StepUpBeginBody", StepUpBeginBody.self), ("StepUpPermit", StepUpPermit.self),
        ("StepUpEnrolment", StepUpEnrolment.self), ("SubmitBody", SubmitBody.self),
        ("SummaryList", SummaryList.self), ("TenantBody", TenantBody.self),
        ("TenantList", TenantList.self), ("TenantView", TenantView.self),
        ("TokenBody", TokenBody.self), ("TokenList", TokenList.self), ("TokenView", TokenView.self),
        ("ToolRiskBody", ToolRiskBody.self),
    ]

    /// No type of the wire is missing from the document, and none is in it that is not there.
    @Test func sameTypes() {
        #expect(Set(Contract.schemas.map(\.name)) == Set(Self.types.map(\.0)))
        #expect(Contract.schemas.count == Self.types.count)
    }

    /// Each type has the document's fields and no others, required where the document says so.
    @Test(arguments: types.map(\.0))
    func sameFields(_ name: String) throws {
        let type = try #require(Self.types.first { $0.0 == name }?.1)
        let schema = try #require(Contract.schemas.first { $0.name == name })
        let whole = Contract.example(of: name)
        let value = try type.init(wire: whole)
        #expect(value.wire == whole, "an example with every field survives the code")
        #expect(Mirror(reflecting: value).children.count == schema.fields.count)
        for field in schema.fields {
            var object = try #require(whole.objectValue)
            object[field.name] = nil
            try check(type, .object(object), without: field, in: schema)
        }
        var strange = try #require(whole.objectValue)
        strange["unheard_of"] = true
        let isRefused = (try? type.init(wire: .object(strange))) == nil
        let isProblem = name == "Problem" || name == "FieldProblemBody"
        #expect(isRefused == (schema.direction == .sent) || isProblem)
    }

    private func check(
        _ type: any WireValue.Type, _ value: JSONValue, without field: ContractField,
        in schema: ContractSchema
    ) throws {
        let read = try? type.init(wire: value)
        switch schema.direction {
        case .sent: #expect((read == nil) == field.isRequired, "\(field.name)")
        case .answered:
            // What the server always sends may still be missing for an old client to read it.
            let isAlwaysSent = read.map { $0.wire[field.name] != nil } ?? true
            #expect(isAlwaysSent == field.isRequired, "\(field.name)")
        }
    }

    /// Every route accepts what the document says it takes.
    @Test(arguments: Route.allCases)
    func routeTakesItsExample(_ route: Route) throws {
        let plan = ControlPlaneAPI().plan(Self.call(route))
        switch plan {
        case .perform, .ask, .observe, .hold: break
        case .respond(let response): #expect(response.status == 200)
        }
    }

    /// Every route refuses to go without what the document requires, and what it does not name.
    @Test(arguments: Route.allCases.filter { !$0.isHook })
    func routeNeedsWhatItNeeds(_ route: Route) throws {
        let whole = Self.call(route)
        for parameter in route.operation.parameters where parameter.isRequired {
            let call = Self.call(route, without: parameter.name)
            #expect(try status(call).map { Contract.statuses(of: route).contains($0) } ?? false)
        }
        var strange = whole
        strange.target += (strange.target.contains("?") ? "&" : "?") + "unheard_of=1"
        #expect(try status(strange) == 400)
        guard route.operation.sends != nil, !route.operation.isBodyOptional else { return }
        var empty = whole
        empty.body = []
        #expect(try status(empty) == 400)
    }

    /// Everything is for somebody with a token, but for what operations need.
    @Test(arguments: Route.allCases.filter { !$0.isHook })
    func routeNeedsToken(_ route: Route) throws {
        var call = Self.call(route)
        call.headers["authorization"] = nil
        #expect(try (status(call) == 401) == route.path.hasPrefix("/v1/"))
        #expect(route.roles.isEmpty != route.path.hasPrefix("/v1/"))
    }

    /// The host of a hook runs the call when it does not understand the answer, so that whatever is
    /// wrong is a refusal with status 200.
    @Test(arguments: ["token", "query", "pending", "body", "event"])
    func hookRefusesInTheWordsOfItsHost(_ wrong: String) throws {
        var call = Self.call(.claudeCodeHook)
        switch wrong {
        case "token": call.headers["authorization"] = nil
        case "query": call.target += "&unheard_of=1"
        case "pending": call.target = Route.claudeCodeHook.path + "?pending=allow"
        case "body": call.body = [1]
        default: call.body = Array(#"{"hook_event_name":"PostToolUse"}"#.utf8)
        }
        guard case .respond(let response) = ControlPlaneAPI().plan(call) else {
            throw Unexpected(call: call)
        }
        let output = try JSONValue(parsing: response.body)["hookSpecificOutput"]
        #expect(response.status == 200 && output?["permissionDecision"] == "deny")
        #expect(output?["permissionDecisionReason"]?.stringValue?.isEmpty == false)
    }

    private struct Unexpected: Error { let call: APICall }

    private func status(_ call: APICall) throws -> Int? {
        guard case .respond(let response) = ControlPlaneAPI().plan(call) else { return nil }
        return response.status
    }

    /// The call that the document's examples describe, but for one parameter.
    static func call(_ route: Route, without left: String? = nil) -> APICall {
        let operation = route.operation
        var headers = ["authorization": "Bearer cs_x"]
        var query: [String] = []
        for parameter in operation.parameters where parameter.name != left {
            let value = parameter.example.stringValue ?? parameter.example.text()
            if parameter.place == "header" {
                headers[parameter.name.lowercased()] = value
            } else {
                query.append(parameter.name + "=" + PercentEncoding.encode(value))
            }
        }
        var body: [UInt8] = []
        if let schema = operation.sends {
            headers["content-type"] = "application/json"
            body = bodyExample(schema, route).bytes()
        }
        let isID = route.path.contains("{id}")
        let name = isID ? "01a2043d-9860-7e0e-b08c-0ba87d4786f6" : "acme"
        let target = route.path(naming: name, version: 1) + (query.isEmpty ? "" : "?")
        return APICall(
            method: route.method.rawValue, target: target + query.joined(separator: "&"),
            headers: headers, body: body, receivedAt: Timestamp(milliseconds: 0))
    }

    /// The example without the fields that exclude each other or are refused until later.
    private static func bodyExample(_ schema: String, _ route: Route) -> JSONValue {
        var object = Contract.example(of: schema).objectValue ?? JSONObject()
        object["policy"] = nil
        if schema == "DecisionBody" { object["grant"] = ["seconds": 60, "uses": 2] }
        if schema == "ErasureBody" { (object["agent"], object["member"]) = (nil, nil) }
        if schema == "TokenBody" { object["agent"] = nil }
        if schema == "ReassignBody" { object["member"] = nil }
        if route == .changeTenant { object["admin_email"] = nil }
        return .object(object)
    }

    /// Problems have names of their own, and the document knows the status of each.
    @Test func problemsAreListed() {
        let names = Contract.problems.map(\.name)
        #expect(Set(names).count == names.count)
        let responses = Contract.document["components"]?["responses"]
        for problem in Contract.problems {
            let text = responses?["Problem\(problem.status)"]?["description"]?.stringValue
            #expect(text?.contains("`\(problem.name)`") ?? false)
            #expect(problem.title.last != "." && problem.detail.last == ".")
            #expect(problem.nextStep.last == ".")
        }
    }

    /// Every reference leads somewhere.
    @Test func referencesLeadSomewhere() throws {
        var references: Set<String> = []
        Self.collect(Contract.document, into: &references)
        #expect(references.count > 50)
        for reference in references {
            let pointer = try JSONPointer(parsing: String(reference.dropFirst()))
            #expect(Contract.document[pointer] != nil, "\(reference)")
        }
    }

    private static func collect(_ value: JSONValue, into references: inout Set<String>) {
        switch value {
        case .null, .bool, .number, .string: break
        case .array(let elements): for element in elements { collect(element, into: &references) }
        case .object(let object):
            if let reference = object["$ref"]?.stringValue { references.insert(reference) }
            for member in object.members { collect(member.value, into: &references) }
        }
    }
}
