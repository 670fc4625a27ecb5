/// Who may decide and who can, of a tenant with many people; the floors are the goals.
extension Suite {
    func people() throws {
        var peopling = try Peopling()
        let (coverage, stretches) = try peopling.coverage(times: options.isQuick ? 3 : 20)
        Table.add(
            "coverage of 14 days, p50, ms", Table.fixed(coverage.median, 1), floor: "200",
            ratio: coverage.median / 200)
        Table.add(
            "  \(Peopling.people) people, \(Peopling.rules) rules, \(Peopling.schedules) schedules",
            "\(stretches) parts")
        let authority = try peopling.authority(rounds: options.isQuick ? 10 : 200)
        Table.add(
            "one authority check, p50, µs", Table.fixed(authority.median, 2), floor: "20",
            ratio: authority.median / 20)
        Table.add(
            "  among \(Peopling.delegations) delegations, p99, µs",
            Table.fixed(authority.percentile(99), 2))
    }
}
