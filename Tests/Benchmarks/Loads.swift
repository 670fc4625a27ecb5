import Glibc

/// Clients that submit and approve, one pair after the other.
final class PairLoad {
    private let plant: Plant
    private let connections: [Connection]
    private(set) var milliseconds = Sample()
    private(set) var perSecond = 0.0
    private(set) var serverMillisecondsPerPair = 0.0

    init(_ plant: Plant, clients: Int) throws {
        self.plant = plant
        connections = try (0..<clients).map { _ in try Connection(port: plant.port) }
    }

    func run(seconds: Double) throws {
        let poller = Poller()
        var began = connections.map { _ in 0.0 }
        var isSubmitting = connections.map { _ in true }
        // The first second warms up and does not count.
        let start = monotonicSeconds() + min(1, seconds / 4)
        let end = start + seconds
        var cpu: Double?
        for (number, connection) in connections.enumerated() {
            poller.watch(connection) { [self] in
                try connection.receive()
                guard let response = connection.take() else { return }
                let now = monotonicSeconds()
                if isSubmitting[number] {
                    isSubmitting[number] = false
                    return try connection.send(
                        plant.decision(on: try Plant.identifier(in: response)))
                }
                guard response.status == 200 else {
                    throw Trouble("decision: \(String(decoding: response.body, as: UTF8.self))")
                }
                if now >= start {
                    cpu = cpu ?? plant.server.cpuSeconds
                    milliseconds.add((now - began[number]) * 1e3)
                }
                isSubmitting[number] = true
                began[number] = now
                try connection.send(plant.submission())
            }
            began[number] = monotonicSeconds()
            try connection.send(plant.submission())
        }
        try poller.run { monotonicSeconds() >= end }
        perSecond = Double(milliseconds.count) / (monotonicSeconds() - start)
        let used = plant.server.cpuSeconds - (cpu ?? 0)
        serverMillisecondsPerPair = used * 1e3 / Double(max(1, milliseconds.count))
    }
}

/// Agents that wait, and decisions that end their wait.
final class WaiterLoad {
    private let plant: Plant
    private let clients: Int
    private(set) var milliseconds = Sample()

    init(_ plant: Plant, clients: Int) throws {
        self.plant = plant
        self.clients = clients
    }

    func run(rounds: Int) throws {
        let waiters = try (0..<clients).map { _ in try Connection(port: plant.port) }
        let deciders = try (0..<clients).map { _ in try Connection(port: plant.port) }
        var sent = waiters.map { _ in 0.0 }
        var answered = 0
        let poller = Poller()
        for (number, waiter) in waiters.enumerated() {
            poller.watch(waiter) { [self] in
                try waiter.receive()
                guard let response = waiter.take() else { return }
                guard response.status == 200 else { throw Trouble("poll: \(response.status)") }
                milliseconds.add((monotonicSeconds() - sent[number]) * 1e3)
                answered += 1
            }
        }
        for round in 1...max(1, rounds / clients) {
            let approvals = try deciders.map { decider in
                try decider.send(plant.submission())
                return try Plant.identifier(in: try decider.response())
            }
            for (waiter, approval) in zip(waiters, approvals) {
                try waiter.send(plant.poll(for: approval))
            }
            // The polls must wait before the decisions come: their requests are on the way.
            while try plant.waiting(deciders[0]) < clients { pause(seconds: 0.001) }
            for (number, decider) in deciders.enumerated() {
                sent[number] = monotonicSeconds()
                try decider.send(plant.decision(on: approvals[number]))
            }
            try poller.run { answered >= round * clients }
            for decider in deciders {
                guard try decider.response().status == 200 else { throw Trouble("decision") }
            }
        }
    }
}

/// Many polls that wait for one approval each of a few.
final class PollLoad {
    private let plant: Plant
    let count: Int
    private(set) var megabytes = 0.0
    private(set) var kibibytesPerPoll = 0.0
    private(set) var idleCPU = 0.0
    private(set) var wakeMilliseconds = 0.0

    init(_ plant: Plant, count: Int) throws {
        self.plant = plant
        self.count = count
    }

    func run() throws {
        let control = try Connection(port: plant.port)
        func submitted() throws -> String {
            try control.send(plant.submission())
            return try Plant.identifier(in: try control.response())
        }
        let crowd = try submitted()
        let single = try submitted()
        let before = plant.server.residentBytes
        var waiting: [Connection] = []
        for _ in 1..<count {
            let connection = try Connection(port: plant.port)
            try connection.send(plant.poll(for: crowd))
            waiting.append(connection)
        }
        let one = try Connection(port: plant.port)
        try one.send(plant.poll(for: single))
        settle()
        let resident = plant.server.residentBytes
        megabytes = Double(resident) / 1e6
        kibibytesPerPoll = Double(resident - before) / 1024 / Double(count)
        let cpu = plant.server.cpuSeconds
        pause(seconds: 3)
        idleCPU = (plant.server.cpuSeconds - cpu) * 1e3 / 3
        let sent = monotonicSeconds()
        try control.send(plant.decision(on: single))
        _ = try one.response()
        wakeMilliseconds = (monotonicSeconds() - sent) * 1e3
        withExtendedLifetime(waiting) {}
    }

    /// Waits until the server has taken in all polls: until it uses no more CPU.
    private func settle() {
        var last = plant.server.cpuSeconds
        for _ in 0..<200 {
            pause(seconds: 0.3)
            let now = plant.server.cpuSeconds
            if now - last < 0.011 { return }
            last = now
        }
    }
}
