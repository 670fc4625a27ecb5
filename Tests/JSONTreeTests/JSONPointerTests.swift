import JSONTree
import Testing

/// Goal: pointers are RFC 6901's.
struct JSONPointerTests {
    private static let document = #"""
        {"foo":["bar","baz"],"":0,"a/b":1,"c%d":2,"e^f":3,"g|h":4,"i\\j":5,"k\"l":6," ":7,"m~n":8}
        """#

    @Test(
        arguments: [
            ("/foo", #"["bar","baz"]"#), ("/foo/0", #""bar""#), ("/", "0"), ("/a~1b", "1"),
            ("/c%d", "2"), ("/e^f", "3"), ("/g|h", "4"), ("/i\\j", "5"), ("/k\"l", "6"),
            ("/ ", "7"),
            ("/m~0n", "8"), ("/foo/2", nil), ("/foo/-", nil), ("/foo/00", nil), ("/foo/+0", nil),
            ("/foo/0/x", nil), ("/absent", nil), ("/foo/99999999999999999999", nil), ("/foo/", nil),
            ("/foo/٠", nil),
        ] as [(String, String?)])
    func lookup(text: String, expected: String?) throws {
        let pointer = try JSONPointer(parsing: text)
        let document = try JSONValue(parsing: Self.document)
        #expect(document[pointer]?.text() == expected)
        #expect(pointer.description == text)
    }

    @Test func wholeDocument() throws {
        let document = try JSONValue(parsing: Self.document)
        #expect(try document[JSONPointer(parsing: "")] == document)
    }

    @Test(arguments: ["a", "a/b", "/~", "/~2", "/a~", "#/a"])
    func malformed(text: String) {
        #expect(throws: JSONPointerError.self) { try JSONPointer(parsing: text) }
    }

    @Test func family() throws {
        let place = try JSONPointer(parsing: "/a/b")
        #expect(place.parent?.description == "/a")
        #expect(JSONPointer.root.parent == nil)
        #expect(place.appending("c~/").appending(3).description == "/a/b/c~0~1/3")
        #expect(JSONPointer.root.isPrefix(of: place))
        #expect(place.isPrefix(of: place))
        #expect(!place.isPrefix(of: JSONPointer(tokens: ["a"])))
        #expect(!place.isPrefix(of: JSONPointer(tokens: ["a", "bb"])))
        #expect(JSONPointer(tokens: ["\u{E9}"]) != JSONPointer(tokens: ["e\u{301}"]))
    }
}
