import Glibc

/// The figures, in the order in which they are printed.
struct Suite {
    let options: Options

    init(_ options: Options) { self.options = options }

    func run() throws {
        raiseDescriptorLimit()
        Table.heading()
        if wants("pairs") { try pairs() }
        if wants("waiters") { try waiters() }
        if wants("polls") { try polls() }
        if wants("typing") { typing() }
        if wants("rules") { try rules() }
        if wants("scanning") { scanning() }
    }

    /// A key at the `/` line of the inbox over many rows.
    private func typing() {
        let rows = options.isQuick ? 10_000 : 100_000
        guard var typing = Typing(rows: rows) else { return }
        typing.run()
        Table.add(
            "a key of a query, \(rows) rows, p50 / p99, ms",
            Table.fixed(typing.keys.median, 2) + " / "
                + Table.fixed(typing.keys.percentile(99), 2))
        Table.add("  the first key of it, p50, ms", Table.fixed(typing.first.median, 2))
    }

    /// What the scanner finds and what a call costs; left out without the conformance data.
    private func scanning() {
        guard let folder = options.data, let scanning = Scanning(conformance: folder) else {
            Table.add("scanning", "no data")
            return
        }
        scanning.run()
    }

    private func wants(_ name: String) -> Bool {
        options.only.isEmpty || options.only.contains(name)
    }

    /// Each waiting poll is a descriptor here and one in the server, which inherits the limit.
    private func raiseDescriptorLimit() {
        var limit = rlimit()
        getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        limit.rlim_cur = limit.rlim_max
        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    }

    /// Durable create and decide pairs a second, beside two bare SQLite commits a pair.
    private func pairs() throws {
        let floor = try Floor(binaries: options.binaries)
        let bare = try floor.pairsPerSecond(seconds: options.seconds)
        for clients in [1, 32] {
            let plant = try Plant(binaries: options.binaries)
            let load = try PairLoad(plant, clients: clients)
            try load.run(seconds: options.seconds)
            Table.add(
                "pairs a second, \(clients) client\(clients == 1 ? "" : "s")",
                Table.fixed(load.perSecond, 0), floor: Table.fixed(bare, 0),
                ratio: load.perSecond / bare)
            Table.add(
                "  pair, median / p99, ms",
                Table.fixed(load.milliseconds.median, 2) + " / "
                    + Table.fixed(load.milliseconds.percentile(99), 1))
            Table.add(
                "  CPU of the server a pair, ms",
                Table.fixed(load.serverMillisecondsPerPair, 2))
            try plant.close()
        }
        try floor.close()
    }

    /// From sending a decision until the waiting agent has the whole answer.
    private func waiters() throws {
        for clients in [1, 32] {
            let plant = try Plant(binaries: options.binaries)
            let load = try WaiterLoad(plant, clients: clients)
            try load.run(rounds: options.isQuick ? 100 : 1_000)
            Table.add(
                "decision to waiter, \(clients) at once, p50, ms",
                Table.fixed(load.milliseconds.median, 2))
            Table.add("  p99, ms", Table.fixed(load.milliseconds.percentile(99), 2))
            try plant.close()
        }
    }

    /// Resident memory and CPU of the server with many waiting polls, and what waking one costs.
    private func polls() throws {
        let plant = try Plant(binaries: options.binaries)
        let load = try PollLoad(plant, count: options.polls)
        try load.run()
        Table.add("\(load.count) waiting polls, resident MB", Table.fixed(load.megabytes, 1))
        Table.add("  KiB a poll above the idle server", Table.fixed(load.kibibytesPerPoll, 1))
        Table.add("  CPU of the server while they wait, ms/s", Table.fixed(load.idleCPU, 1))
        Table.add("  waking one of them, ms", Table.fixed(load.wakeMilliseconds, 2))
        try plant.close()
    }
}
