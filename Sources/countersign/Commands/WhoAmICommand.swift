import CurlTransport
import Approvals
import ArgumentParser
import TextGrid
import WireAPI

/// `countersign whoami`.
struct WhoAmICommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "whoami", abstract: "Say whose token is in use, and what it may do.",
        discussion: ExitStatus.ordinary)

    @OptionGroup var common: CommonOptions

    func run() throws {
        let session = try Session.current()
        let me: MeAnswer = try session.client().get(.me)
        if common.json { return Output.json(me.wire) }
        var table = TextTable("\(me.kind)", me.name)
        table.add("tenant", me.tenant.rawValue)
        table.add("roles", me.roles.map(\.rawValue).joined(separator: ", "))
        table.add("groups", me.groups.map(\.rawValue).joined(separator: ", "))
        if me.isOperator { table.add("operator", "may manage tenants") }
        table.add("shift", Self.shift(of: me))
        if me.stepUp != .none { table.add("step-up", me.stepUp.rawValue) }
        table.add("server", session.address.text)
        Output.lines(table.lines)
    }

    private static func shift(of me: MeAnswer) -> String {
        let until = me.shiftUntil.map { " until \(Words.time($0))" } ?? ""
        return (me.isOnShift ? "on" : "off") + until
    }
}
