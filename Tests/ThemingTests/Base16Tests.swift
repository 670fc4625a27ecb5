import TextGrid
import Testing
import Theming

/// Goal: a base16 scheme becomes a theme that can be read, or is refused in one sentence.
struct Base16Tests {
    private static func scheme(_ changes: [String: String] = [:], isNested: Bool = false) -> String
    {
        var colors = [
            "base00": "101418", "base01": "1c2228", "base02": "2a3138", "base03": "4a535c",
            "base04": "8a949e", "base05": "c8d0d8", "base06": "e0e6ec", "base07": "f4f8fc",
            "base08": "a03030", "base09": "d08040", "base0A": "e0c060", "base0B": "80b060",
            "base0C": "60b0b0", "base0D": "6090d0", "base0E": "b080c0", "base0F": "806040",
        ]
        colors.merge(changes) { $1 }
        let lines = colors.sorted { $0.key < $1.key }.map { name, color in
            isNested ? "  \(name): \"#\(color)\"  # a colour" : "\(name): \"\(color)\""
        }
        return "name: \"Deep Water\"\nauthor: somebody\n"
            + (isNested ? "palette:\n" : "") + lines.joined(separator: "\n")
    }

    @Test(arguments: [false, true])
    func whatComesOutCanBeRead(_ isNested: Bool) throws {
        let imported = try Base16.theme(yaml: Self.scheme(isNested: isNested))
        #expect(imported.theme.name == "Deep Water")
        #expect(imported.remarks.contains { $0.hasPrefix("base08 was #a03030 and is #") })
        for role in Role.allCases {
            for depth in [ColorDepth.truecolor, .palette256] {
                let contrast = Contrast.of(
                    imported.theme.style(for: role, at: depth),
                    on: imported.theme.background.reduced(to: depth))
                #expect(contrast >= (role == .border ? 3 : 4.5), "\(role) at \(depth): \(contrast)")
            }
        }
    }

    @Test func aNameCanBeGiven() throws {
        let imported = try Base16.theme(yaml: Self.scheme(), name: "mine")
        #expect(imported.theme.name == "mine")
    }

    @Test func whatCannotBeUsedIsSaid() {
        #expect(throws: Base16.Refusal.missing("base00")) { try Base16.theme(yaml: "hello: world") }
        #expect(throws: Base16.Refusal.badColor("base0B", "green")) {
            try Base16.theme(yaml: Self.scheme(["base0B": "green"]))
        }
        #expect(throws: Base16.Refusal.self) {
            try Base16.theme(yaml: Self.scheme(["base05": "202428"]))
        }
        let sentence = Base16.Refusal.unreadable(1.24).description
        #expect(sentence.contains("1.2 to 1"))
    }
}
