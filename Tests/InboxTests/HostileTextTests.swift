import Approvals
import Foundation
import Inbox
import JSONTree
import TextGrid
import Testing
import WireAPI

/// What an agent wrote moves nothing, hides nothing and is never a command of the terminal.
@Suite(.enabled(if: HostileText.cases != nil, "COUNTERSIGN_CONFORMANCE names no folder"))
struct HostileTextTests {
    static let sizes = [
        GridSize(columns: 60, rows: 15), GridSize(columns: 80, rows: 24),
        GridSize(columns: 120, rows: 40),
    ]

    @Test("every hostile text through every field leaves no raw control or bidi character")
    func everyField() throws {
        for (name, text) in try #require(HostileText.cases) {
            for size in Self.sizes {
                for repertoire in [Repertoire.unicode, .ascii] {
                    look(name, text, size, repertoire)
                }
            }
        }
    }

    /// Walks through queue, detail, editor, diff, dialogs and history with the text in each place.
    private func look(
        _ name: String, _ text: String, _ size: GridSize, _ repertoire: Repertoire
    ) {
        let members = [(text, JSONValue.string(text)), ("amount", .string(text)), ("n", 1)]
        let hostile = view(
            1, tool: String(text.prefix(60)), arguments: .object(JSONObject(members)),
            summary: text, reason: text, agent: text, risk: .high)
        let driver = Driver(
            [hostile, view(2)], size: size, settings: InboxSettings(repertoire: repertoire))
        func check(_ place: String) {
            let bad = HostileText.raw(in: driver.draw(), repertoire)
            #expect(bad == nil, "\(name) in \(place) at \(size): \(bad ?? "")")
        }
        check("queue")
        driver.press("enter G")
        check("detail")
        driver.press("e j")
        check("editor")
        driver.press("enter \"x\"")
        check("field")
        driver.press("enter esc d")
        check("diff")
        driver.press("esc a")
        check("approve")
        driver.press("esc r")
        driver.tell(.paste(text))
        check("reject")
        driver.press("tab tab enter")
        check("after")
        driver.press("esc esc H enter")
        check("history")
    }
}

enum HostileText {
    /// Names and texts of the published cases, with a few that they do not have.
    static let cases: [(String, String)]? = {
        guard let folder = ProcessInfo.processInfo.environment["COUNTERSIGN_CONFORMANCE"],
            let data = FileManager.default.contents(
                atPath: "\(folder)/terminal-injection/cases.json"),
            let document = try? JSONValue(parsing: Array(data)),
            let cases = document["cases"]?.arrayValue
        else { return nil }
        let published = cases.compactMap { item -> (String, String)? in
            guard let name = item["name"]?.stringValue, let text = item["s"]?.stringValue else {
                return nil
            }
            return (name, text)
        }
        return published + [
            ("newlines", "a\nState   pending · low risk\n\n\n\n\nb"), ("wide", "日本語日本語日本語"),
            ("spaces", String(repeating: " ", count: 300) + "x"), ("empty", ""),
        ]
    }()

    /// The first cell that holds what a terminal must not see.
    static func raw(in grid: Grid, _ repertoire: Repertoire) -> String? {
        for row in 0..<grid.size.rows {
            for column in 0..<grid.size.columns {
                let cell = grid.cell(row: row, column: column)
                for scalar in grid.scalars(of: cell) {
                    let isBad =
                        scalar.properties.generalCategory == .control
                        || scalar.properties.generalCategory == .format
                        || scalar.properties.generalCategory == .lineSeparator
                        || scalar.properties.generalCategory == .paragraphSeparator
                        || scalar.properties.generalCategory == .privateUse
                        || scalar.properties.isBidiControl
                        || (repertoire == .ascii && !scalar.isASCII)
                    if isBad { return "U+\(String(scalar.value, radix: 16)) at \(row),\(column)" }
                }
            }
        }
        return nil
    }
}
