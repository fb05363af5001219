import TCWire
import Testing

@Suite struct Base64URLTests {
    @Test func `texts are those of RFC 4648 without padding`() {
        let vectors = [
            "": "", "f": "Zg", "fo": "Zm8", "foo": "Zm9v", "foob": "Zm9vYg", "fooba": "Zm9vYmE",
            "foobar": "Zm9vYmFy",
        ]
        for (bytes, text) in vectors {
            #expect(Base64URL.encode(Array(bytes.utf8)) == text)
            #expect(Base64URL.decode(text) == Array(bytes.utf8))
        }
        #expect(Base64URL.encode([0xFB, 0xFF, 0xBF]) == "-_-_")
        #expect(Base64URL.decode("-_-_") == [0xFB, 0xFF, 0xBF])
    }

    @Test func `bytes of any length come back`() {
        for length in 0..<200 {
            let bytes = (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 37 &+ length) }
            let text = Base64URL.encode(bytes)
            #expect(text.utf8.count == Base64URL.encodedCount(length))
            #expect(Base64URL.decodedCount(text.utf8.count) == length)
            #expect(Base64URL.decode(text) == bytes)
        }
    }

    /// Every text of up to three characters out of all bytes: those that are read are as many as there
    /// are bytes to stand for, and each of them is what its bytes are written as.
    @Test func `bytes have one spelling and no other text is read`() {
        for length in [1, 2] {
            var read = 0
            for first in UInt8.min...UInt8.max {
                for second in length == 1 ? 0...0 : UInt8.min...UInt8.max {
                    let text = length == 1 ? [first] : [first, second]
                    guard let bytes = text.withUnsafeBufferPointer({ Base64URL.decode($0) }) else {
                        continue
                    }
                    read += 1
                    #expect(Array(Base64URL.encode(bytes).utf8) == text)
                }
            }
            #expect(read == (length == 1 ? 0 : 256))
        }
    }

    @Test func `padding, whitespace, the other alphabet and loose bits are refused`() {
        for text in [
            "Zg==", "Zm8=", "Zm9v\n", " Zm9v", "Zm 9v", "Zm9v=", "+/+/", "Zh", "Zm9", "Zm9vZ", "A",
            "Zm9vä", "Zm9\u{0}", "====",
        ] {
            #expect(Base64URL.decode(text) == nil, "\(text)")
        }
    }

    @Test func `a wrong character is found at any place`() {
        let text = Array(Base64URL.encode([UInt8](repeating: 0xA5, count: 33)).utf8)
        for place in text.indices {
            for wrong in [UInt8(ascii: "="), UInt8(ascii: "+"), 0, 0x80, 0xFF] {
                var changed = text
                changed[place] = wrong
                let decoded = changed.withUnsafeBufferPointer { Base64URL.decode($0) }
                #expect(decoded == nil, "\(wrong) at \(place)")
            }
        }
    }
}
