import Approvals
import Audit
import ControlPlane
import JSONTree
import Policies

/// Holds every call, grant and shadow against what the policies say, computed anew.
struct GrantedCheck {
    let world: World
    let store: any StoreReader
    let tenant: TenantName
    private var uses: [GrantID: Int] = [:]

    init(of world: World, _ store: any StoreReader, _ tenant: TenantName) {
        self.world = world
        self.store = store
        self.tenant = tenant
    }

    mutating func run() throws(StoreFailure) {
        let events = try store.events(of: tenant, from: 0, limit: .max)
        for event in events {
            let json: JSONValue
            do {
                json = try JSONValue(parsing: event.line)
            } catch {
                throw .damaged("event \(event.sequence) cannot be read")
            }
            guard json["type"] == "approval.requested",
                let id = json["subject"]?["id"]?.stringValue.flatMap(ApprovalID.init),
                let approval = try store.approval(id, of: tenant)
            else { continue }
            try check(approval)
        }
        try checkGrants()
        checkOrder(events)
    }

    private func complain(_ about: Approval, _ sentence: String) {
        world.checker.complain("\(about.id): \(sentence)")
    }

    private mutating func check(_ approval: Approval) throws(StoreFailure) {
        guard let cents = approval.arguments["amount_cents"]?.intValue else {
            if case .grant(let text) = approval.provenance, let id = GrantID(text) {
                uses[id, default: 0] += 1
            }
            return
        }
        if case .grant(let text) = approval.provenance {
            try checkUse(of: GrantID(text), on: approval, cents)
        }
        guard approval.tool.rawValue == SimulatedPolicies.tool else { return }
        let verdicts = approval.policyRecord?["verdicts"]?.arrayValue ?? []
        guard verdicts.count == 1, let verdict = verdicts.first,
            let version = verdict["policy"]?["version"]?.intValue
        else { return complain(approval, "\(verdicts.count) versions of a policy decided it") }
        let effect = SimulatedPolicies.effect(version: Int(version), cents)
        if verdict["effect"]?.stringValue != effect.rawValue {
            complain(approval, "version \(version) said another thing than its rules")
        }
        if verdict["mode"] == "canary" { world.checker.count("canary decided") }
        checkRelease(approval, effect)
        checkShadows(of: approval, cents, decidedBy: version)
    }

    private func checkRelease(_ approval: Approval, _ effect: EffectKind) {
        switch (effect, approval.provenance) {
        case (.deny, _):
            if approval.isReleased { complain(approval, "it was refused, and released") }
            world.checker.count("denied")
        case (.allow, .policy?): world.checker.count("allowed")
        case (.allow, _) where world.checker.heldUnderHalt.contains(approval.id):
            world.checker.count("held under a halt")
        case (.allow, _): complain(approval, "it runs by itself, and something else settled it")
        case (.requireApproval, .policy?):
            complain(approval, "people are asked, and a policy settled it")
        case (.requireApproval, _): break
        }
    }

    /// The second version watches what it does not decide, and leans as its rules say.
    private func checkShadows(of approval: Approval, _ cents: Int64, decidedBy version: Int64) {
        let marks = approval.shadowMarks
        guard version == 1 else {
            if !marks.isEmpty { complain(approval, "a version watched what it decided") }
            return
        }
        guard marks.count == 1, let mark = marks.first, mark.version == 2 else {
            return complain(approval, "\(marks.count) shadows watched it")
        }
        let live = SimulatedPolicies.effect(version: 1, cents)
        let isLaxer = SimulatedPolicies.effect(version: 2, cents) < live
        if mark.leaning != (isLaxer ? .laxer : .same) {
            complain(approval, "the shadow leans \(mark.leaning) on \(cents)")
        }
        if isLaxer { world.checker.count("shadow laxer") }
    }

    /// A grant answers the rule that asked, within its bounds and its time, and never a refusal.
    private mutating func checkUse(
        of id: GrantID?, on approval: Approval, _ cents: Int64
    ) throws(StoreFailure) {
        guard let id, let grant = try store.grant(id, of: tenant) else {
            return complain(approval, "a grant released it that there is not")
        }
        uses[id, default: 0] += 1
        world.checker.count("grant used")
        let verdict = approval.policyRecord?["verdicts"]?[0]?["effect"]
        if let verdict, verdict != "require_approval" {
            complain(approval, "a grant overrode \(verdict.text())")
        }
        if Self.withoutVersion(approval.requirement.rule) != grant.terms.rule {
            complain(approval, "a grant of another rule released it")
        }
        if approval.agent != grant.agent || approval.tool != grant.tool {
            complain(approval, "another agent's or tool's grant released it")
        }
        for bound in grant.bounds {
            guard case .max(let most) = bound.limit, JSONNumber(cents).compare(to: most) > 0
            else { continue }
            complain(approval, "a grant up to \(most) released \(cents)")
        }
        if approval.createdAt >= grant.expiresAt || approval.createdAt < grant.grantedAt {
            complain(approval, "a grant released it outside of its time")
        }
        if let claimed = approval.claim?.at, claimed >= grant.expiresAt {
            world.checker.count("claimed after its grant was over")
        }
    }

    /// A rule without the version that it stands in: a later version with it still asks the same.
    private static func withoutVersion(_ rule: String) -> String {
        let halves = rule.split(separator: "@")
        guard halves.count == 2, let name = halves[1].split(separator: "#").last else {
            return rule
        }
        return "\(halves[0])#\(name)"
    }

    private func checkGrants() throws(StoreFailure) {
        for grant in try store.grants(of: tenant, limit: .max) {
            let used = uses[grant.id] ?? 0
            if grant.uses != used {
                world.checker.complain(
                    "\(grant.id): it counts \(grant.uses) uses and released \(used) calls")
            }
            if let most = grant.usesMax, used > most {
                world.checker.complain("\(grant.id): used \(used) times, and was for \(most)")
            }
            world.checker.count("grant \(grant.state(at: world.clock.wall).rawValue)")
        }
    }

    /// In the order of the log, nothing is released by a grant before it was given or after it
    /// was taken back, or more often than it was for.
    private func checkOrder(_ events: [AuditRecord]) {
        var open: [String: Int] = [:]
        for event in events {
            guard let json = try? JSONValue(parsing: event.line),
                let type = json["type"]?.stringValue
            else { continue }
            let subject = json["subject"]?["id"]?.stringValue ?? ""
            switch type {
            case "grant.created": open[subject] = Int(json["facts"]?["uses"]?.intValue ?? .max)
            case "grant.revoked": open[subject] = nil
            case "approval.decided" where json["actor"]?["kind"] == "grant":
                let grant = json["actor"]?["id"]?.stringValue ?? ""
                guard let left = open[grant], left > 0 else {
                    world.checker.complain(
                        "event \(event.sequence): the grant \(grant) released a call after its end")
                    continue
                }
                open[grant] = left - 1
            case _: continue
            }
        }
    }
}
