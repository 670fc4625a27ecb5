import Glibc
import JSONTree
import TextGrid
import Testing

/// Goal: every case of the conformance collection is inert, as text and as JSON.
struct InjectionCasesTests {
    static let folder: String? = getenv("COUNTERSIGN_CONFORMANCE").map { String(cString: $0) }

    @Test(.enabled(if: folder != nil, "COUNTERSIGN_CONFORMANCE is not set"))
    func everyCaseIsInert() throws {
        let path = try #require(Self.folder) + "/terminal-injection/cases.json"
        let cases = try #require(JSONValue(parsing: read(path))["cases"]?.arrayValue)
        #expect(!cases.isEmpty)
        for entry in cases {
            let name = try #require(entry["name"]?.stringValue)
            let text = try #require(entry["s"]?.stringValue)
            let safe = SafeText(escaping: text)
            #expect(Inertness.isInert(safe), "\(name)")
            #expect(SafeText.original(of: safe.text) == Array(text.utf8), "\(name)")
            #expect(safe.columns == cells(of: safe), "\(name)")
            let json = SafeText.json(JSONValue.string(text).text())
            #expect(Inertness.isInert(json), "\(name)")
            #expect(try JSONValue(parsing: json.text) == .string(text), "\(name)")
        }
    }

    private func cells(of text: SafeText) -> Int {
        var grid = Grid(size: GridSize(columns: 200, rows: 1))
        return grid.put(text, at: GridPosition(row: 0, column: 0))
    }

    private func read(_ path: String) throws -> [UInt8] {
        let file = try #require(fopen(path, "r"))
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 1 << 20)
        let count = fread(&bytes, 1, bytes.count, file)
        return Array(bytes.prefix(count))
    }
}
