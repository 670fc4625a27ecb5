import ArgumentParser

/// `countersign policy`.
struct PolicyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "policy", abstract: "Write, check and explain policies.",
        discussion: """
            A policy says which calls run by themselves, which are refused and which wait for \
            whom. It is a file, YAML or JSON; what may stand in it is in Docs/Policies.md. These \
            commands look at files only and ask no control plane.

              countersign policy lint refunds.yaml
              countersign policy test refunds.yaml
              countersign policy explain --file refunds.yaml --input call.json
              countersign policy diff refunds-7.yaml refunds.yaml

            \(ExitStatus.discussion(.badInput))
            """,
        subcommands: [Lint.self, Test.self, Explain.self, Diff.self])
}
