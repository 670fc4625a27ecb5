import ArgumentParser

/// `countersign policy`.
struct PolicyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "policy", abstract: "Write, check, publish and explain policies.",
        discussion: """
            A policy says which calls run by themselves, which are refused and which wait for \
            whom. It is a file, YAML or JSON; what may stand in it is in Docs/Policies.md. lint \
            and test look at files only and ask no control plane; neither do explain and diff \
            when they are given files.

              countersign policy lint refunds.yaml
              countersign policy test refunds.yaml
              countersign policy backtest --candidate refunds.yaml
              countersign policy publish refunds.yaml
              countersign policy shadow refunds 1
              countersign policy mode refunds 1 enforced
              countersign policy explain 01a2043d-9860-7e0e-b08c-0ba87d4786f6

            \(ExitStatus.ordinary)
            """,
        subcommands: [
            Lint.self, Test.self, Explain.self, Diff.self, Publish.self, List.self, Show.self,
            Mode.self, Shadow.self, Reviewed.self, Backtest.self,
        ])
}
