import ArgumentParser

/// `countersign completions`.
struct CompletionsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "completions", abstract: "Print the completions for a shell.",
        discussion: """
            Commands, options, files, themes and colours are completed.

              countersign completions bash > ~/.local/share/bash-completion/completions/countersign
              countersign completions zsh > ~/.zfunc/_countersign
              countersign completions fish > ~/.config/fish/completions/countersign.fish

            For zsh the folder must be in fpath before compinit is called.

            \(ExitStatus.discussion())
            """)

    /// The shells there are completions for.
    enum Shell: String, CaseIterable, ExpressibleByArgument {
        case bash, zsh, fish
    }

    @Argument(help: "bash, zsh or fish.")
    var shell: Shell

    func run() {
        let shell: CompletionShell =
            switch self.shell {
            case .bash: .bash
            case .zsh: .zsh
            case .fish: .fish
            }
        Output.text(Countersign.completionScript(for: shell))
    }
}
