import ArgumentParser
import JSONTree
import Manuals
import SettingsFile

/// `countersignd manual`.
struct PrintManual: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "manual", abstract: "Print or install the pages of the manual.",
        discussion: """
            Without --output one page is printed, that of the program or of the command that is \
            named. With it every page is written below the folder, where man finds them.

              countersignd manual | man -l -
              countersignd manual --output /usr/local/share/man
              man countersignd-serve
            """)

    @Option(help: "The folder to write all pages into, below man8.", completion: .directory)
    var output: String?

    @Argument(help: "The command whose page is wanted, for example: serve.")
    var command: [String] = []

    func run() throws {
        let pages = try Self.pages()
        guard let output else {
            let name = (["countersignd"] + command).joined(separator: "-")
            guard let page = pages.first(where: { $0.name == name }) else {
                throw ValidationError(
                    "There is no command \(command.joined(separator: " ")). "
                        + "`countersignd --help` lists them.")
            }
            return StandardOutput.print(page.text)
        }
        for page in pages {
            let path = "\(output)/man8/\(page.fileName)"
            guard PlainFile.write(path, Array(page.text.utf8)) else {
                StandardOutput.complain("\(path) cannot be written. Choose a folder of your own.")
                throw ExitCode.failure
            }
        }
        StandardOutput.complain("Wrote \(pages.count) pages below \(output)/man8.")
    }

    /// Every page of the manual.
    private static func pages() throws -> [Manual.Page] {
        let dump = try JSONValue(parsing: Array(Countersignd._dumpHelp().utf8))
        let facts = Manual.Facts(
            version: Countersignd.version, section: 8,
            environment: [
                ("COUNTERSIGN_KEY", "The key of the store, instead of the file in its folder.")
            ],
            files: [
                ("DATA/key", "The key of what is sealed in the store; back it up apart.")
            ], seeAlso: ["countersign(1)", "countersignd(8)"])
        return Manual(dump: dump, facts: facts)?.pages ?? []
    }
}
