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
        if wants("policies") { try policies() }
        if wants("rules") { try rules() }
        if wants("scanning") { scanning() }
        if wants("backtest") { try backtest() }
        if wants("record") { try record() }
        if wants("people") { try people() }
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

    /// A policy tried on stored calls, beside reading and opening them alone.
    private func backtest() throws {
        let replaying = try Replaying()
        defer { replaying.close() }
        let count = options.stored
        let filling = try replaying.fill(count)
        let reading = try replaying.reading()
        let run = try replaying.backtest()
        guard run.replayed == count else {
            throw Trouble("\(run.replayed) of \(count) stored calls were tried")
        }
        let rate = Double(count) / run.seconds
        let floor = Double(count) / reading
        Table.add(
            "backtest, stored calls a second", Table.fixed(rate, 0), floor: Table.fixed(floor, 0),
            ratio: rate / floor)
        Table.add(
            "  \(count) calls on \(run.pages) pages, s", Table.fixed(run.seconds, 2))
        Table.add("  a million of them would take, s", Table.fixed(1e6 / rate, 1))
        Table.add("  CPU of it, s", Table.fixed(run.cpuSeconds, 2))
        Table.add("  judged otherwise", "\(run.changed)")
        Table.add("  storing them took, s", Table.fixed(filling, 1))
    }

    /// The audit log: written by many, checked by one. The column of floors has the figures that
    /// the format asks for.
    private func record() throws {
        let recording = try Recording()
        defer { recording.close() }
        let appending = try recording.append(options.isQuick ? 2_000 : 50_000)
        let count = try recording.read()
        func add(_ name: String, _ seconds: Double, wanted: Int) {
            let rate = Double(count) / seconds
            Table.add(
                name, Table.fixed(rate, 0), floor: "\(wanted)", ratio: rate / Double(wanted))
        }
        add(
            "durable events a second, \(Recording.writers) writers", appending, wanted: 5_000)
        add("  chain and tree, events a second", try recording.chain(), wanted: 150_000)
        add("  full check, events a second", try recording.verify(), wanted: 50_000)
        let proofs = try recording.prove(1_000)
        Table.add(
            "  a proof of \(count) events, made / checked, ms",
            Table.fixed(proofs.made.median, 3) + " / " + Table.fixed(proofs.checked.median, 3))
    }

    /// A submission under twenty policies of fifty rules, and what keeping them compiled spares.
    private func policies() throws {
        var medians: [(first: Double, next: Double)] = []
        for count in [0, Policing.policies] {
            let policing = try Policing(binaries: options.binaries, policies: count)
            defer { try? policing.close() }
            try policing.run(
                starts: options.isQuick ? 3 : 20, submissions: options.isQuick ? 20 : 100)
            medians.append((policing.first.median, policing.next.median))
            Table.add(
                "submission, \(count) policies of \(Policing.rules) rules, p50, ms",
                Table.fixed(policing.next.median, 2))
            Table.add("  the first after a start, p50, ms", Table.fixed(policing.first.median, 2))
            Table.add(
                "  CPU of the server a submission, ms", Table.fixed(policing.serverMilliseconds, 2))
        }
        guard let none = medians.first, let all = medians.last else { return }
        let (compiled, kept) = (all.first - none.first, all.next - none.next)
        Table.add("  its policies, compiled anew, ms", Table.fixed(compiled, 2))
        Table.add(
            "  its policies, kept compiled, ms", Table.fixed(kept, 2),
            floor: Table.fixed(compiled, 2), ratio: kept / compiled)
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
