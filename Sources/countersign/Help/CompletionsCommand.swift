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

    @Argument(
        help: "bash, zsh or fish.", completion: .list(CompletionShell.allCases.map(\.rawValue)),
        transform: { name in
            guard let shell = CompletionShell(rawValue: name) else {
                throw ValidationError("There are completions for bash, zsh and fish.")
            }
            return shell
        })
    var shell: CompletionShell

    func run() { Output.text(Countersign.completionScript(for: shell)) }
}
