import GoldenTesting
import Inbox
import JSONTree
import TextGrid
import Testing
import WireAPI

/// Values that nobody declared and that the scanner hid: what people see and can do.
@Suite struct FoundValueTests {
    private static let command =
        "curl -sf -H 'Authorization: Bearer ‹GitHub token · 40›' https://api.acme.test/v1/deploys"

    private static let found = view(
        1, tool: "run_shell",
        arguments: [
            "cmd": ["$redacted": "r1", "shown": .string(command)], "cwd": "/srv/app",
            "to": ["$redacted": "r2", "shown": "‹IBAN · 22›"], "pin": ["$redacted": "r3"],
        ],
        redacted: [
            RedactedBody(
                pointer: "/cmd", handle: "r1", kind: "string", found: ["provider_key"],
                shown: command),
            RedactedBody(
                pointer: "/to", handle: "r2", kind: "string", found: ["iban"],
                shown: "‹IBAN · 22›"),
            RedactedBody(pointer: "/pin", handle: "r3", kind: "string"),
        ], summary: "deploys with ‹GitHub token · 40›")

    private func driver(_ size: String) -> Driver {
        let sides = size.split(separator: "x").compactMap { Int($0) }
        return Driver([Self.found], size: GridSize(columns: sides[0], rows: sides[1]))
    }

    @Test(
        "the detail, with the cursor on a command that held a key", arguments: ["60x15", "80x24"])
    func detail(_ size: String) {
        let driver = driver(size)
        driver.press("enter")
        while driver.inbox.detailLine?.pointer != pointer("/cmd") { driver.press("j") }
        let difference = Golden.difference(driver.draw(), "found-\(size)")
        #expect(difference == nil, "\(difference ?? "")")
    }

    @Test("the editor keeps what is hidden as it is")
    func editor() {
        let driver = driver("80x24")
        driver.press("e")
        let difference = Golden.difference(driver.draw(), "found-editor-80x24")
        #expect(difference == nil, "\(difference ?? "")")
    }

    @Test("what stands beside a handle is shown words, and is found by the search")
    func search() throws {
        let search = try #require(ArgumentSearch("deploys"))
        #expect(search.matches(in: Self.found.arguments) == [pointer("/cmd")])
    }

    @Test("words that the server did not send beside the handle make it no handle")
    func forged() {
        var view = Self.found
        view.redacted[0].shown = "rm -rf /"
        let driver = Driver([view])
        driver.press("enter")
        #expect(driver.shows("$redacted"))
    }
}
