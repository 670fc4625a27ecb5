import GoldenTesting
import Keymap
import Testing

/// Goal: the key sheet and the reference say what the keys do, since they come from the same table.
struct KeySheetTests {
    @Test(arguments: Context.allCases)
    func theSheetListsWhatWorksHere(_ context: Context) {
        let rows = Keymap.standard.sheet(for: context).flatMap(\.rows)
        #expect(Set(rows.map(\.action)).count == rows.count)
        for row in rows {
            #expect(!row.keyText.isEmpty)
            for sequence in row.keys {
                let resolution = Keymap.standard.resolve(sequence.strokes, in: context)
                #expect(resolution == .action(row.action))
            }
        }
        #expect(
            Set(rows.map(\.action)) == Set(Action.allCases.filter { $0.contexts.contains(context) })
        )
    }

    @Test func thePaletteOffersEveryCommand() {
        let palette = Action.palette(in: .queue)
        #expect(palette.contains(.approve) && palette.contains(.quit))
        #expect(!palette.contains(.moveDown) && !palette.contains(.setNull))
    }

    /// `Docs/Keys.md` is this text; `UPDATE_GOLDENS=1` writes both.
    @Test func theReferenceIsCurrent() throws {
        let markdown = try Keymap.markdown()
        #expect(Golden.difference(text: markdown, at: "../../Docs/Keys.md") == nil)
    }
}
