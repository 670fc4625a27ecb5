import Cryptography
import Testing

/// Goal: the primitives are the published ones, and what was changed does not open.
struct CryptographyTests {
    @Test(arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    ])
    func sha256(text: String, hex: String) throws {
        let digest = SHA256.hash(Array(text.utf8))
        #expect(digest.hex == hex)
        #expect(digest.text == "sha256:\(hex)")
        #expect(Digest(text: "sha256:\(hex)") == digest)
        var pieces = SHA256()
        for byte in text.utf8 {
            pieces.update([byte])
        }
        #expect(pieces.finalized() == digest)
    }

    @Test(arguments: [
        "", "sha256:", "ba7816", "sha512:" + String(repeating: "0", count: 64),
        "sha256:" + String(repeating: "A", count: 64),
        "sha256:" + String(repeating: "0", count: 63),
    ])
    func noDigest(text: String) {
        #expect(Digest(text: text) == nil)
    }

    @Test func digestsDiffer() throws {
        let one = try #require(Digest(bytes: Array(repeating: 0, count: 32)))
        for place in 0..<32 {
            var bytes = one.bytes
            bytes[place] = 1
            #expect(Digest(bytes: bytes) != one)
        }
    }

    /// Method: test case 2 of RFC 4231.
    @Test func hmac() {
        let digest = hmacSHA256(
            key: Array("Jefe".utf8), Array("what do ya want for nothing?".utf8))
        #expect(digest.hex == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")
        #expect(hmacSHA256(key: [], []).bytes.count == 32)
    }

    /// Method: test cases 14 and 16 of the GCM specification.
    @Test func sealsAsPublished() throws {
        let zeros = try #require(SealingKey(bytes: Array(repeating: 0, count: 32)))
        let nonce = [UInt8](repeating: 0, count: 12)
        let plain = [UInt8](repeating: 0, count: 16)
        #expect(
            Hexadecimal.encode(zeros.seal(plain, nonce: nonce, authenticating: []))
                == "000000000000000000000000"
                + "cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919")
    }

    @Test func opensOnlyWhatIsWhole() throws {
        let key = try #require(SealingKey(bytes: Array(0..<32)))
        let other = try #require(SealingKey(bytes: Array(1..<33)))
        let place = Array("approval/1".utf8)
        for plain in [[], Array("secret".utf8)] {
            let sealed = key.seal(plain, nonce: Array(0..<12), authenticating: place)
            #expect(try key.open(sealed, authenticating: place) == plain)
            #expect(throws: SealFailure.notAuthentic) {
                try key.open(sealed, authenticating: Array("approval/2".utf8))
            }
            #expect(throws: SealFailure.notAuthentic) {
                try other.open(sealed, authenticating: place)
            }
            for index in sealed.indices {
                var changed = sealed
                changed[index] ^= 1
                #expect(throws: SealFailure.notAuthentic) {
                    try key.open(changed, authenticating: place)
                }
            }
        }
        #expect(throws: SealFailure.tooShort) {
            try key.open(Array(repeating: 0, count: 27), authenticating: [])
        }
    }

    @Test func keysShowNothing() throws {
        let key = try #require(SealingKey(bytes: Array(repeating: 0xAB, count: 32)))
        #expect("\(key)" == "a sealing key")
        var shown = ""
        dump(key, to: &shown)
        #expect(!shown.contains("171"))
        #expect(SealingKey(bytes: Array(repeating: 0, count: 31)) == nil)
    }

    @Test func constantTime() {
        #expect(constantTimeEquals([], []))
        #expect(constantTimeEquals([1, 2], [1, 2]))
        #expect(!constantTimeEquals([1, 2], [1, 3]))
        #expect(!constantTimeEquals([1, 2], [1]))
    }

    /// Method: the vectors of RFC 4648, in the alphabet for URLs and without padding.
    @Test(arguments: [
        ("", ""), ("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("foob", "Zm9vYg"),
        ("fooba", "Zm9vYmE"), ("foobar", "Zm9vYmFy"), ("~~>?", "fn4-Pw"), ("???", "Pz8_"),
    ])
    func base64URL(plain: String, text: String) {
        #expect(Base64URL.encode(Array(plain.utf8)) == text)
        #expect(Base64URL.decode(text) == Array(plain.utf8))
    }

    @Test(arguments: ["Z", "Zg==", "Zh", "Zm9", "Z+8/", "Zm 8", "é"])
    func noBase64URL(text: String) {
        #expect(Base64URL.decode(text) == nil)
    }

    @Test(arguments: ["a", "AB", "0g", "0 "])
    func noHexadecimal(text: String) {
        #expect(Hexadecimal.decode(text) == nil)
    }
}
