import ArgumentParser

/// `countersignd completions`.
struct PrintCompletions: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "completions", abstract: "Print the completions for a shell.",
        discussion: """
              countersignd completions bash > /etc/bash_completion.d/countersignd
              countersignd completions zsh > ~/.zfunc/_countersignd
              countersignd completions fish > ~/.config/fish/completions/countersignd.fish
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

    func run() { StandardOutput.print(Countersignd.completionScript(for: shell)) }
}
