import TCWire
import Testing

struct TextEncodingTests {
    /// RFC 4648, section 10.
    @Test(arguments: [
        ("", ""), ("f", "MY======"), ("fo", "MZXQ===="), ("foo", "MZXW6==="), ("foob", "MZXW6YQ="),
        ("fooba", "MZXW6YTB"), ("foobar", "MZXW6YTBOI======"),
    ])
    func `RFC 4648 gives base32`(text: String, encoded: String) {
        let bytes = Array(text.utf8)
        #expect(Base32.encode(bytes) == encoded.filter { $0 != "=" })
        #expect(Base32.decode(encoded) == bytes)
        #expect(Base32.decode(encoded.lowercased().filter { $0 != "=" }) == bytes)
    }

    @Test func `base32 brings every length back`() {
        for count in 0..<64 {
            let bytes = (0..<count).map { UInt8(truncatingIfNeeded: 97 * $0 + count) }
            #expect(Base32.decode(Base32.encode(bytes)) == bytes)
        }
    }

    @Test func `base32 lets groups through and nothing else`() {
        #expect(Base32.decode("mzxw 6yt-b") == Array("fooba".utf8))
        // A digit too many, bits behind the end, digits and letters of no alphabet, padding inside.
        for text in ["MZXW6YTBO", "M", "MZX", "MZ", "MZXW0", "MZXW8", "MZXW1", "MY==MY==", "MÝ"] {
            #expect(Base32.decode(text) == nil, "\(text)")
        }
    }

    @Test func `a URI holds only what may stand anywhere in it`() {
        #expect(percentEncoded("aZ09-._~") == "aZ09-._~")
        #expect(percentEncoded("a b+c/ü?&=%") == "a%20b%2Bc%2F%C3%BC%3F%26%3D%25")
        #expect(queryEncoded([("a b", "c&d"), ("e", "")]) == "a%20b=c%26d&e=")
        #expect(queryEncoded([]) == "")
    }

    @Test func `XML holds any text`() {
        #expect(xmlEscaped("a<b>&\"c\"'é") == "a&lt;b&gt;&amp;&quot;c&quot;'é")
        #expect(xmlEscaped("\n\u{0}\u{1F}") == "\n\u{FFFD}\u{FFFD}")
    }
}
