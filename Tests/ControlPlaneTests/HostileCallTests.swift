import Approvals
import ControlPlane
import ControlPlaneAPI
import Foundation
import JSONTree
import Simulation
import Testing
import WireAPI

/// Goal: whatever is called by whomever, there is an answer in the documented form, no answer is
/// the server's fault, and no answer to a person but a reveal holds what was hidden.
///
/// Method: seeded calls that are nearly right, over the real API and control plane and a store in
/// memory. A trap anywhere ends the run, so that it is found as well.
@Suite struct HostileCallTests {
    private static let people = [
        "ada@acme.test", "bob@acme.test", "eve@acme.test", "lea@acme.test", "aud@acme.test",
        Desk.admin, "mallory@rival.test", "admin@rival.test", "nobody",
    ]
    private static let agents = ["bot", "other", "spy"]
    /// As many as `COUNTERSIGN_SEEDS` says, or few enough for every day.
    private static let seeds =
        ProcessInfo.processInfo.environment["COUNTERSIGN_SEEDS"].flatMap { Int($0) } ?? 4

    @Test func everyCallIsAnsweredAndNoneTellsASecret() throws {
        for seed in UInt64(1)...UInt64(Self.seeds) {
            var statuses: [Int: Int] = [:]
            let desk = try Desk(seed: seed)
            var caller = HostileCaller(seed: seed)
            var random = SeededEntropy(seed: seed &+ 1_000)
            for step in 0..<400 {
                let (route, call) = caller.call(at: desk.clock.wall)
                let isAgent = route.roles == [.agent] && !random.chance(50)
                let names =
                    isAgent ? Self.agents.prefix(random.chance(700) ? 1 : 3) : Self.people[...]
                let name = names[Int.random(in: 0..<names.count, using: &random)]
                let answer = respond(to: call, as: name, on: desk)
                statuses[answer.status, default: 0] += 1
                expectDocumented(answer, "seed \(seed), step \(step): \(route) as \(name)")
                if !Self.agents.contains(name), route != .reveal || answer.status != 200 {
                    expectNoSecret(answer, "seed \(seed), step \(step): \(route) as \(name)")
                }
                caller.learn(answer)
                if random.chance(20) { desk.pass(seconds: 300) }
                if random.chance(50) { try desk.ring() }
            }
            _ = try desk.events()
            #expect(statuses.count >= 8, "seed \(seed) is too tame: \(statuses)")
            #expect(statuses[200, default: 0] > 20, "seed \(seed) is too wild: \(statuses)")
        }
    }

    private func respond(to call: APICall, as name: String, on desk: Desk) -> HTTPResponse {
        let api = ControlPlaneAPI()
        let result: Result<Answer, CommandFailure>
        switch api.plan(call) {
        case .respond(let response): return response
        case .observe, .hold: return .plain(200, "")
        case .perform(let command, _):
            result = Self.result { try desk.tell(command, as: name) }
        case .ask(let query, _, _):
            result = Self.result { try desk.ask(query, as: name) }
        }
        _ = api.isWorthWaiting(call, result)
        return api.response(to: call, result)
    }

    private static func result(_ body: () throws -> Answer) -> Result<Answer, CommandFailure> {
        do {
            return .success(try body())
        } catch let failure as CommandFailure {
            return .failure(failure)
        } catch {
            return .failure(.store(.damaged("\(error)")))
        }
    }

    private func expectDocumented(_ answer: HTTPResponse, _ place: String) {
        #expect((200..<500).contains(answer.status), "\(answer.status) at \(place)")
        guard answer.status >= 400 else { return }
        #expect(answer.headers["content-type"] == "application/problem+json", "\(place)")
        do {
            let problem = try Problem(wire: try JSONValue(parsing: answer.body))
            #expect(problem.status == answer.status, "\(place)")
            #expect(!problem.title.isEmpty && !problem.detail.isEmpty, "\(place)")
            #expect(!problem.nextStep.isEmpty, "\(place)")
        } catch {
            Issue.record("no problem at \(place): \(error)")
        }
    }

    private func expectNoSecret(_ answer: HTTPResponse, _ place: String) {
        let text = String(decoding: answer.body, as: UTF8.self) + "\(answer.headers)"
        for secret in HostileCaller.secrets where text.contains(secret) {
            Issue.record("\(secret) at \(place): \(text.prefix(2_000))")
        }
    }
}
