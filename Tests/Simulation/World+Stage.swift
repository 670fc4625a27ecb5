import Approvals
import JSONTree
import WireAPI

// Who lives in a world.
extension World {
    func populate() throws {
        guard let tenant = TenantName("acme") else { return }
        let admin = try server.initialise(tenant)
        try call(
            .changeTenant, naming: "acme", admin,
            [
                "name": "acme", "fail_open_tools": [.string(Self.failOpenTool)],
                "retention_days": 184,
            ])
        let first = "approver1@acme.test"
        let token = try addPerson(first, ["approver"], ["on-call"], admin)
        approvers.append(
            SimulatedApprover(name: first, token: token, in: self, entropy: entropy.branch()))
        var people: [String: DirectApprover] = [:]
        for index in 2...4 {
            let email = "approver\(index)@acme.test"
            people[email] = try addDirect(email, ["on-call"], admin)
        }
        let lea = try addPerson("lea@acme.test", ["lead"], ["on-call"], admin)
        try govern(lea: lea, admin)
        try escalate(lea: lea, admin, people)
        let erasers = SimulatedErasers(
            people: [lea, admin], in: self, entropy: entropy.branch())
        agenda.plan(in: 0) { erasers.start() }
        let halts = SimulatedHalts(people: [lea, admin], in: self, entropy: entropy.branch())
        agenda.plan(in: 0) { halts.start() }
        try addAuditor(admin)
        try addAgents(admin)
    }

    private func addAgents(_ admin: String) throws {
        for index in 1...4 {
            let name = "bot-\(index)"
            var body: JSONObject = ["name": .string(name)]
            if index <= 2 { body["owner"] = .string("approver\(index + 1)@acme.test") }
            try call(.addAgent, admin, .object(body))
            let token = try newToken(["agent": .string(name)], admin)
            agents.append(
                SimulatedAgent(
                    name: name, token: token, in: self, entropy: entropy.branch(),
                    mutation: mutation?.agents))
        }
    }

    /// The first version is in force, the second one watches; two people may change that.
    private func govern(lea: String, _ admin: String) throws {
        var documents: [String: [UInt8]] = [:]
        for version in [1, 2] {
            let document = SimulatedPolicies.document(version: version)
            try call(.publishPolicy, lea, ["document": document])
            documents["\(SimulatedPolicies.name).\(version).json"] = try document.canonicalBytes()
        }
        self.documents = documents
        for person in [lea, admin] {
            try call(
                .changePolicyMode, naming: SimulatedPolicies.name, person,
                ["version": 1, "status": "enforced"])
        }
        for (name, token) in [("lea@acme.test", lea), ("root@acme.test", admin)] {
            let lead = SimulatedLead(
                name: name, token: token, in: self, entropy: entropy.branch())
            agenda.plan(in: 0) { lead.start() }
        }
    }

    /// A second group may decide when nobody answers, and somebody without a group borrows
    /// authority; those who have it come and go, and take turns.
    private func escalate(
        lea: String, _ admin: String, _ people: [String: DirectApprover]
    ) throws {
        try call(.addGroup, admin, ["name": "second"])
        let deputy = "deputy@acme.test"
        _ = try addDirect("second@acme.test", ["second"], admin)
        _ = try addDirect(deputy, [], admin)
        let steps: JSONValue = [
            ["after_s": 8, "to": ["group": "second"], "may_decide": true],
            ["after_s": 6, "to": ["people": [.string(deputy)]]],
        ]
        try call(
            .planEscalation, naming: "on-call", lea,
            ["version": 0, "steps": steps, "repeat": 1])
        let coming = SimulatedPeople(
            admin: admin, people: people.filter { $0.key != "approver4@acme.test" }, deputy: deputy,
            in: self, entropy: entropy.branch())
        agenda.plan(in: 0) { coming.start() }
        let other = try addPerson("luc@acme.test", ["lead"], [], admin)
        let shifts = SimulatedShifts(
            leads: [lea, other], people: people, in: self, entropy: entropy.branch())
        if let schedule = shifts.schedule(version: 0) {
            try call(.putSchedule, naming: SimulatedShifts.schedule, lea, schedule.wire)
        }
        agenda.plan(in: 0) { shifts.start() }
    }

    private func addAuditor(_ admin: String) throws {
        let token = try addPerson("aud@acme.test", ["auditor"], [], admin)
        proof = ExportProof(of: self, as: token, policies: documents)
        let follower = SimulatedFollower(token: token, in: self)
        self.follower = follower
        agenda.plan(in: 0) { follower.start() }
    }

    private func addDirect(
        _ email: String, _ groups: [String], _ admin: String
    ) throws -> DirectApprover {
        let token = try addPerson(email, ["approver"], groups, admin)
        let direct = DirectApprover(
            name: email, token: token, in: self, entropy: entropy.branch())
        agenda.plan(in: 0) { direct.start() }
        return direct
    }

    private func addPerson(
        _ email: String, _ roles: [String], _ groups: [String], _ admin: String
    ) throws -> String {
        try call(
            .putMember, admin,
            [
                "email": .string(email), "roles": .array(roles.map { .string($0) }),
                "groups": .array(groups.map { .string($0) }),
            ])
        return try newToken(["member": .string(email)], admin)
    }

    private func newToken(_ body: JSONValue, _ admin: String) throws -> String {
        let answer = try call(.addToken, admin, body)
        return answer["token"]?.stringValue ?? ""
    }

    @discardableResult private func call(
        _ route: Route, naming name: String = "", _ token: String, _ body: JSONValue
    ) throws -> JSONValue {
        let request = HTTPRequest(
            route.method, route.path(naming: name),
            headers: ["content-type": "application/json"], body: Array(body.text().utf8))
        var got: HTTPResponse?
        server.receive(request, token: token) { got = $0 }
        let text = String(decoding: got?.body ?? [], as: UTF8.self)
        precondition((200..<300).contains(got?.status ?? 0), "setting the stage: \(text)")
        return try JSONValue(parsing: got?.body ?? [])
    }
}
