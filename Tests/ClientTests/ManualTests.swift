import JSONTree
import Manuals
import Testing

@testable import countersign

/// Goal: every command and every option is in the manual, with a sentence that says what it is for.
struct ManualTests {
    @Test func everyCommandHasAPage() throws {
        let pages = try ManualCommand.pages()
        let names = pages.map(\.name)
        #expect(Set(names).count == names.count)
        for name in ["", "-list", "-settings-check", "-theme-preview", "-tenant-add", "-gate"] {
            #expect(names.contains("countersign" + name), "\(name)")
        }
        for page in pages {
            #expect(page.fileName == page.name + ".1")
            for section in ["NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS", "EXIT STATUS", "FILES"] {
                #expect(page.text.contains("\n.SH \(section)\n"), "\(page.name) \(section)")
            }
        }
    }

    @Test func everythingSaysWhatItIsFor() throws {
        let dump = try ManualCommand.dump()
        try Self.check(try #require(dump["command"]), "")
    }

    private static func check(_ command: JSONValue, _ above: String) throws {
        let name = above + " " + (command["commandName"]?.stringValue ?? "")
        #expect(command["abstract"]?.stringValue?.hasSuffix(".") == true, "\(name)")
        for argument in command["arguments"]?.arrayValue ?? [] {
            let value = argument["valueName"]?.stringValue ?? ""
            #expect(argument["abstract"]?.stringValue?.isEmpty == false, "\(name) \(value)")
        }
        for below in command["subcommands"]?.arrayValue ?? []
        where below["commandName"]?.stringValue != "help" {
            try check(below, name)
        }
    }

    /// A text cannot become a request of the macros, and what is typed can be copied.
    @Test func textsAreInertInThePage() throws {
        let dump = try JSONValue(
            parsing: Array(
                #"""
                {"command": {"commandName": "x", "abstract": ".SH a \\ b.", "discussion":
                "'s `--a-b`\n\n  x --all 'q'\n\nEXIT STATUS\n  0    fine\n  64   wrong",
                "arguments": [{"kind": "option", "names": [{"kind": "long", "name": "far-off"}],
                "valueName": "n", "abstract": "How far.", "defaultValue": "7"}]}}
                """#.utf8))
        let facts = Manual.Facts(version: "1", section: 8, environment: [], files: [], seeAlso: [])
        let manual = try #require(Manual(dump: dump, facts: facts))
        let text = manual.pages[0].text
        for line in [
            #"x \- \&.SH a \e b"#, #"\&.SH a \e b."#, #"\&'s \fB\-\-a\-b\fR"#,
            #"x \-\-all \(aqq\(aq"#,
            ".SH EXIT STATUS", #"\fB64\fR"#, #"\fB\-\-far\-off <n>\fR"#, "How far. Default: 7.",
        ] {
            #expect(text.contains("\n" + line + "\n"), "\(line)\n\(text)")
        }
    }
}
