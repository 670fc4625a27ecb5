import ArgumentParser
import JSONTree
import WireAPI

/// `countersign audit trust`.
struct AuditTrustCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "trust", abstract: "Print a trust file with the keys that the server names.",
        discussion: """
            The keys come from the control plane itself: whoever forged its log can have forged \
            them. Print the file once, at the beginning, compare the keys on another way (a call, \
            a signed mail), and keep it apart from the exports.

              countersign audit trust > trust.json

            \(ExitStatus.ordinary)
            """)

    @OptionGroup var common: CommonOptions

    func run() throws {
        let list: LogKeyList = try Session.current().client().get(.auditKeys)
        Output.json([
            "log_vkeys": .array(list.keys.map { .string($0) }), "max_clock_skew_ms": 5_000,
            "origin": .string(list.origin), "witness_vkeys": [],
        ])
        Output.note("These keys are what the server says. Compare them on another way.")
    }
}
