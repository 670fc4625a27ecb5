import Approvals
import ControlPlane
import Logging
import ServiceLifecycle
import SystemClock

/// Settles approvals when their time has come: one task that sleeps until the next due instant.
///
/// It is only a reminder. Every decision and claim compares the clock inside its own transaction,
/// so a late timer delays a notice and never lets a late decision through.
struct DeadlineTimer: Service {
    /// How many approvals are settled in one transaction.
    static let batchMax = 200
    /// The longest sleep while something is due later: a wall clock that jumps is noticed by then.
    static let sleepMax: Int64 = 5_000
    /// How soon a commit makes the timer look at what is due next.
    static let pauseMilliseconds: Int64 = 100
    /// How often it looks whether every pending approval has a timer.
    static let auditMilliseconds: Int64 = 60_000
    /// How long it waits after a failure.
    static let retryMilliseconds: Int64 = 1_000

    let store: any RunningStore
    let controlPlane: ControlPlane
    let clock: SystemClock
    let bell: Bell
    let figures: Figures
    let logger: Logger

    func run() async throws {
        await withTaskCancellationOrGracefulShutdownHandler {
            while !bell.isClosed { await turn() }
        } onCancelOrGracefulShutdown: {
            bell.close()
        }
    }

    private func turn() async {
        let sleep: Int64?
        do {
            sleep = try await settleAndLookAhead()
        } catch {
            logger.warning("timer", metadata: ["reason": "\(error.reason)"])
            sleep = Self.retryMilliseconds
        }
        guard let sleep else { return await bell.sleep() }
        await bell.sleep(atMost: .milliseconds(sleep))
        guard !bell.isClosed else { return }
        await pause(milliseconds: min(sleep, Self.pauseMilliseconds))
    }

    /// Milliseconds until there is something to do.
    private func settleAndLookAhead() async throws(CommandFailure) -> Int64? {
        try await audit()
        let damaged = figures.damaged
        let due = try store.read { (reader) throws(CommandFailure) in
            try stored { () throws(StoreFailure) in
                guard !damaged.isEmpty else { return try reader.nextDue() }
                let all = try reader.due(
                    at: Timestamp(milliseconds: .max), limit: damaged.count + 1)
                return all.first { !damaged.contains($0) }?.dueAt
            }
        }
        guard let due else { return Self.auditMilliseconds }
        let left = due.since(Timestamp(milliseconds: clock.wallMilliseconds))
        guard left <= 0 else { return min(left, Self.sleepMax) }
        let expiry = try await settle(skipping: damaged)
        report(expiry.damaged)
        let count = expiry.count
        if count > 0 {
            figures.timerSettled(count, lateMilliseconds: -left)
            logger.info("expired", metadata: ["count": "\(count)", "late_ms": "\(-left)"])
        }
        return count < Self.batchMax ? Self.pauseMilliseconds : 0
    }

    /// Gives back a timer that a pending approval lost, which only damage from outside can do.
    private func audit() async throws(CommandFailure) {
        guard figures.beginsAudit(at: clock.wallMilliseconds, every: Self.auditMilliseconds)
        else { return }
        await sweep()
        let isWhole = try store.read { (reader) throws(CommandFailure) in
            try stored { () throws(StoreFailure) in try reader.untimed(limit: 1).isEmpty }
        }
        guard !isWhole else { return }
        let controlPlane = controlPlane
        let count = try await store.written { (writer, _) throws(CommandFailure) in
            do throws(StoreFailure) {
                return try controlPlane.repairTimers(in: writer, limit: Self.batchMax)
            } catch {
                throw .store(error)
            }
        }.get()
        figures.timersRepaired(count)
        logger.error("timers repaired", metadata: ["count": "\(count)"])
    }

    /// What goes wrong with old values holds no deadline up; the next try is a minute later.
    private func sweep() async {
        do {
            try await eraseOld()
        } catch {
            logger.warning("retention", metadata: ["reason": "\(error.reason)"])
        }
    }

    /// Erases a batch of what is older than its tenant keeps it; the next one a minute later.
    private func eraseOld() async throws(CommandFailure) {
        let now = Timestamp(milliseconds: clock.wallMilliseconds)
        let controlPlane = controlPlane
        // Looked at every time, so that a jump is seen before anything is written after it.
        let isBelieved = try believesClock(at: now)
        let isDue = try store.read { (reader) throws(CommandFailure) in
            try stored { () throws(StoreFailure) in
                try controlPlane.keepsTooLong(in: reader, at: now)
            }
        }
        guard isDue else { return }
        guard isBelieved else {
            let reason = "the clock jumped, or the log is far from it: waiting for a steady day"
            return logger.warning("retention", metadata: ["reason": "\(reason)"])
        }
        let sweep = try await store.written { (writer, surroundings) throws(CommandFailure) in
            try controlPlane.eraseOld(in: writer, with: &surroundings, limit: Self.batchMax)
        }.get()
        guard sweep.approvals > 0 else { return }
        logger.info("erased for their age", metadata: ["approvals": "\(sweep.approvals)"])
    }

    private func believesClock(at now: Timestamp) throws(CommandFailure) -> Bool {
        let controlPlane = controlPlane
        var trust = figures.clockTrust
        let steady = clock.monotonicMilliseconds
        let isBelieved = try store.read { (reader) throws(CommandFailure) in
            var looked = trust
            let isBelieved = try stored { () throws(StoreFailure) in
                try looked.isBelieved(wall: now.milliseconds, steady: steady) {
                    () throws(StoreFailure) in try controlPlane.newestEvent(in: reader)
                }
            }
            return (isBelieved, looked)
        }
        trust = isBelieved.1
        figures.clockTrust = trust
        return isBelieved.0
    }

    /// A damaged approval holds nobody else up, and stays as it is: nothing of it can run.
    private func report(_ damaged: Set<DueApproval>) {
        guard !damaged.isEmpty else { return }
        figures.found(damaged)
        for one in damaged {
            logger.error(
                "damaged", metadata: ["approval": "\(one.approval)", "tenant": "\(one.tenant)"])
        }
    }

    private func settle(
        skipping damaged: Set<DueApproval>
    ) async throws(CommandFailure) -> Expiry {
        let controlPlane = controlPlane
        return try await store.written { (writer, surroundings) throws(CommandFailure) in
            do throws(StoreFailure) {
                return try controlPlane.expireDue(
                    in: writer, with: &surroundings, limit: Self.batchMax,
                    skipping: damaged)
            } catch {
                throw .store(error)
            }
        }.get()
    }
}
