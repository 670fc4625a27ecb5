import ArgumentParser

/// `countersign policy`.
struct PolicyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "policy", abstract: "Write, check, publish and explain policies.",
        discussion: """
            A policy says which calls run by themselves, which are refused and which wait for \
            whom. It is a file, YAML or JSON; what may stand in it is in Docs/Policies.md. lint, \
            test, explain and diff look at files only and ask no control plane.

              countersign policy lint refunds.yaml
              countersign policy test refunds.yaml
              countersign policy explain --file refunds.yaml --input call.json
              countersign policy diff refunds-7.yaml refunds.yaml
              countersign policy publish refunds.yaml
              countersign policy mode refunds 1 enforced

            \(ExitStatus.ordinary)
            """,
        subcommands: [
            Lint.self, Test.self, Explain.self, Diff.self, Publish.self, List.self, Show.self,
            Mode.self,
        ])
}
