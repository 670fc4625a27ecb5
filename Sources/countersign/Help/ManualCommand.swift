import ArgumentParser
import JSONTree
import Manuals
import SettingsFile

/// `countersign manual`.
struct ManualCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "manual", abstract: "Print or install the pages of the manual.",
        discussion: """
            Without --output one page is printed, that of the program or of the command that is \
            named. With it every page is written below the folder, where man finds them.

              countersign manual | man -l -
              countersign manual --output ~/.local/share/man
              man countersign-approve

            \(ExitStatus.discussion(.failed))
            """)

    @Option(
        name: .long, help: "The folder to write all pages into, below man1.", completion: .directory
    )
    var output: String?

    @Argument(help: "The command whose page is wanted, for example: settings check.")
    var command: [String] = []

    func run() throws {
        let pages = try Self.pages()
        guard let output else {
            let name = (["countersign"] + command).joined(separator: "-")
            guard let page = pages.first(where: { $0.name == name }) else {
                throw Complaint(
                    "There is no command \(command.joined(separator: " ")).",
                    next: "`countersign --help` lists them.", .usage)
            }
            return Output.text(page.text)
        }
        for page in pages {
            let path = "\(output)/man1/\(page.fileName)"
            guard PlainFile.write(path, Array(page.text.utf8)) else {
                throw Complaint(
                    "\(path) cannot be written.", next: "Choose a folder of your own.", .failed)
            }
        }
        Output.note("Wrote \(pages.count) pages below \(output)/man1.")
    }

    /// What the argument parser says of the program.
    static func dump() throws -> JSONValue {
        try JSONValue(parsing: Array(Countersign._dumpHelp().utf8))
    }

    /// Every page of the manual.
    static func pages() throws -> [Manual.Page] {
        let dump = try dump()
        let facts = Manual.Facts(
            version: Countersign.version, section: 1,
            environment: [
                ("COUNTERSIGN_URL", "The address of the control plane; goes before the settings."),
                ("COUNTERSIGN_TOKEN", "The token; goes before token_command and the login."),
                ("COUNTERSIGN_CA_FILE", "Certificates to trust instead of the system's, in PEM."),
                ("NO_COLOR", "Without colours, unless the settings say always."),
                ("EDITOR", "What opens for whole arguments; VISUAL goes before it."),
                ("XDG_CONFIG_HOME, XDG_STATE_HOME", "Where the files below are."),
            ],
            files: [
                ("~/.config/countersign/settings.toml", "The settings."),
                ("~/.config/countersign/themes/", "Your own themes."),
                ("~/.local/state/countersign/login.json", "The login; only you can read it."),
            ], seeAlso: ["countersign(1)", "countersignd(8)"])
        guard let manual = Manual(dump: dump, facts: facts) else { return [] }
        return manual.pages
    }
}
