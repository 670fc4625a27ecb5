import JSONTree
import Testing

/// Goal: no bytes whatever make the parser trap, and what it accepts it can print and read again.
///
/// Method: known documents are damaged at random places by a seeded generator.
struct MutationTests {
    private static let seeds = [
        #"{"a":[1,-2.5e3,true,false,null,"x\u00e9\ud83d\ude00\n"],"b":{"":{}},"c":"é😀"}"#,
        #"[[[[[[0]]]]],"\\\"\/\b\f\n\r\t",1E400,-0,0.1,123456789012345678901234567890]"#,
        "{" + (0..<18).map { "\"k\($0)\":\($0)" }.joined(separator: ",") + "}",
    ].map { Array($0.utf8) }

    private static let spice =
        Array("{}[]\",:\\ud8eE+-.019 \n".utf8) + [0x00, 0x1F, 0x80, 0xC3, 0xED, 0xF4, 0xFF]

    @Test func damagedDocuments() throws {
        let seed: UInt64 = 0x5EED_0001
        var random = SplitMix64(state: seed)
        var accepted = 0
        for round in 0..<30_000 {
            var bytes = Self.seeds[round % Self.seeds.count]
            for _ in 0...Int.random(in: 0..<4, using: &random) {
                Self.damage(&bytes, &random)
            }
            guard let value = Self.parsed(bytes) else { continue }
            accepted += 1
            let printed = value.bytes()
            try #require(try JSONValue(parsing: printed) == value, "seed \(seed), round \(round)")
            try #require(try JSONValue(parsing: value.text(.compact.inert)) == value)
            Self.canonical(value)
        }
        #expect(accepted > 1_000)
    }

    private static func parsed(_ bytes: [UInt8]) -> JSONValue? {
        do {
            return try JSONValue(parsing: bytes)
        } catch {
            #expect((0...bytes.count).contains(error.offset))
            return nil
        }
    }

    /// The canonical form, when there is one, reads back and is its own canonical form.
    private static func canonical(_ value: JSONValue) {
        guard let form = try? value.canonicalBytes() else { return }
        #expect((try? JSONValue(parsing: form).canonicalBytes()) == form)
    }

    private static func damage(_ bytes: inout [UInt8], _ random: inout SplitMix64) {
        guard let place = bytes.indices.randomElement(using: &random) else { return }
        let byte = spice.randomElement(using: &random) ?? 0
        switch Int.random(in: 0..<5, using: &random) {
        case 0: bytes[place] = byte
        case 1: bytes.insert(byte, at: place)
        case 2: bytes.remove(at: place)
        case 3: bytes.removeSubrange(place..<min(bytes.count, place + 7))
        default: bytes.insert(contentsOf: bytes[place..<min(bytes.count, place + 9)], at: place)
        }
    }
}

/// A small seeded generator, so that a failure can be played again.
struct SplitMix64: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}
