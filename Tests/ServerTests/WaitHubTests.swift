import Approvals
import ControlPlane
import Cryptography
import Testing

@testable import ServerShell

@Suite("Requests wait for what they asked about, and miss nothing")
struct WaitHubTests {
    private let hub = WaitHub()
    private let first: ApprovalID
    private let second: ApprovalID
    private let acme: TenantName
    private let rival: TenantName

    init() throws {
        first = try #require(ApprovalID("01a2043d-9860-7e0e-b08c-0ba87d4786f6"))
        second = try #require(ApprovalID("01a2043d-9860-7e0e-b08c-0ba87d4786f7"))
        acme = try #require(TenantName("acme"))
        rival = try #require(TenantName("rival"))
    }

    private func change(_ id: ApprovalID, of tenant: TenantName) -> CommittedChange {
        CommittedChange(tenant: tenant, approval: id, position: 1)
    }

    /// Begins to wait, and returns once the request is asleep.
    private func waiting(_ subject: WaitHub.Subject) async throws -> Task<Bool, Never> {
        let ticket = try #require(hub.enter(until: 60_000, for: .one(of: acme)))
        let asleep = hub.sleepers
        let mark = hub.mark
        let task = Task { [hub] in
            let goesOn = await hub.wait(ticket, for: subject, since: mark)
            hub.leave(ticket)
            return goesOn
        }
        while hub.sleepers == asleep { await Task.yield() }
        return task
    }

    /// A commit between the look at the store and the wait ends the wait before it begins.
    @Test func nothingIsMissed() async throws {
        let ticket = try #require(hub.enter(until: 60_000, for: .one(of: acme)))
        let mark = hub.mark
        hub.announce([change(second, of: rival)])
        #expect(await hub.wait(ticket, for: .approval(first), since: mark))
    }

    /// One token cannot take the places of all, and gets its own back.
    @Test func placesOfOneToken() throws {
        var tickets: [WaitHub.Ticket] = []
        for _ in 0..<WaitHub.feedWaitsMax {
            tickets.append(try #require(hub.enter(until: 60_000, for: .one(of: acme))))
        }
        #expect(hub.enter(until: 60_000, for: .one(of: acme)) == nil)
        let other = WaitHub.Claimant(token: SHA256.hash([2]), tenant: acme, isFeed: true)
        #expect(hub.enter(until: 60_000, for: other) != nil)
        let approvals = WaitHub.Claimant(token: SHA256.hash([1]), tenant: acme, isFeed: false)
        #expect(hub.enter(until: 60_000, for: approvals) != nil)
        hub.leave(tickets[0])
        hub.leave(tickets[0])
        #expect(hub.enter(until: 60_000, for: .one(of: acme)) != nil)
        #expect(hub.enter(until: 60_000, for: .one(of: acme)) == nil)
    }

    /// Many tokens of one tenant cannot take the places of the others.
    @Test func placesOfOneTenant() throws {
        var tickets: [WaitHub.Ticket] = []
        for place in 0..<WaitHub.tenantWaitsMax {
            let token = SHA256.hash([UInt8(place % 200)])
            let claimant = WaitHub.Claimant(token: token, tenant: acme, isFeed: false)
            tickets.append(try #require(hub.enter(until: 60_000, for: claimant)))
        }
        #expect(hub.enter(until: 60_000, for: .one(of: acme)) == nil)
        #expect(hub.enter(until: 60_000, for: .one(of: rival)) != nil)
        hub.leave(tickets[0])
        #expect(hub.enter(until: 60_000, for: .one(of: acme)) != nil)
    }

    /// Who waits for an approval is woken by that one alone.
    @Test func approvals() async throws {
        let task = try await waiting(.approval(first))
        hub.announce([change(second, of: acme)])
        #expect(hub.sleepers == 1)
        hub.announce([change(first, of: acme)])
        #expect(await task.value)
        #expect(hub.count == 0)
    }

    /// Who waits for a feed is woken by every change of that tenant, and by no other's.
    @Test func feeds() async throws {
        let task = try await waiting(.feed(acme))
        hub.announce([change(first, of: rival)])
        #expect(hub.sleepers == 1)
        hub.announce([change(first, of: rival), change(second, of: acme)])
        #expect(await task.value)
    }

    /// One commit wakes everybody whom it concerns.
    @Test func manyWaiters() async throws {
        var tasks: [Task<Bool, Never>] = []
        for _ in 0..<20 { tasks.append(try await waiting(.approval(first))) }
        for _ in 0..<20 { tasks.append(try await waiting(.feed(acme))) }
        hub.announce([change(first, of: acme)])
        for task in tasks { #expect(await task.value) }
        #expect(hub.sleepers == 0)
    }

    /// A wait ends when its time is over, and not before.
    @Test func endOfTime() async throws {
        let task = try await waiting(.approval(first))
        hub.tick(at: 59_999)
        #expect(hub.sleepers == 1)
        hub.tick(at: 60_000 + 2 * WaitHub.tickMilliseconds)
        #expect(await task.value == false)
    }

    /// A request that began late, after its own end, is over at the next tick.
    @Test func lateBeginner() async throws {
        hub.tick(at: 100_000)
        let task = try await waiting(.approval(first))
        hub.tick(at: 100_000 + 2 * WaitHub.tickMilliseconds)
        #expect(await task.value == false)
    }

    /// A client that went away frees its place, whether it went before the wait or during it.
    @Test func vanishedClients() async throws {
        let early = try #require(hub.enter(until: 60_000, for: .one(of: acme)))
        hub.abandon(early)
        #expect(await hub.wait(early, for: .approval(first), since: hub.mark) == false)
        hub.leave(early)
        let late = try #require(hub.enter(until: 60_000, for: .one(of: acme)))
        let task = Task { [hub, first] in
            await hub.wait(late, for: .approval(first), since: hub.mark)
        }
        while hub.sleepers == 0 { await Task.yield() }
        hub.abandon(late)
        #expect(await task.value == false)
        hub.leave(late)
        hub.abandon(late)
        #expect(hub.count == 0)
    }

    /// A shutdown ends every wait, and nobody waits afterwards.
    @Test func shutdown() async throws {
        let tasks = [try await waiting(.approval(first)), try await waiting(.feed(acme))]
        hub.close()
        for task in tasks { #expect(await task.value == false) }
        let ticket = try #require(hub.enter(until: 60_000, for: .one(of: acme)))
        #expect(await hub.wait(ticket, for: .feed(acme), since: hub.mark) == false)
    }
}

@Suite("A bell wakes one sleeper")
struct BellTests {
    /// Rung before anybody sleeps, it wakes the next one at once, and once only.
    @Test func rungBefore() async {
        let bell = Bell()
        bell.ring()
        bell.ring()
        await bell.sleep()
        let task = Task { await bell.sleep() }
        bell.close()
        await task.value
        #expect(bell.isClosed)
    }

    /// Closed, nobody sleeps any more.
    @Test func closed() async {
        let bell = Bell()
        bell.close()
        await bell.sleep()
        await bell.sleep(atMost: .seconds(3_600))
    }
}

extension WaitHub.Claimant {
    fileprivate static func one(of tenant: TenantName) -> WaitHub.Claimant {
        WaitHub.Claimant(token: SHA256.hash([1]), tenant: tenant, isFeed: true)
    }
}
