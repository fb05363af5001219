import TCCore
import TCWire
import Testing

@Suite struct JSONWriterTests {
    private func text(_ write: (inout JSONWriter) -> Void) -> String {
        var writer = JSONWriter()
        write(&writer)
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    @Test func `commas set themselves in nested values and spliced fields`() {
        let line = text { writer in
            writer.beginObject()
            writer.key("a")
            writer.int(-9_223_372_036_854_775_808)
            writer.key("b" as String)
            writer.beginArray()
            writer.bool(true)
            writer.null()
            writer.beginObject()
            writer.endObject()
            writer.endArray()
            Array("{\"c\": 1.50,\"d\":[]}".utf8).withUnsafeBufferPointer {
                writer.rawFields(ofObject: $0)
            }
            Array("{}".utf8).withUnsafeBufferPointer { writer.rawFields(ofObject: $0) }
            writer.key("t")
            writer.instant(Instant(milliseconds: 0))
            writer.endObject()
            writer.newline()
        }
        #expect(
            line
                == "{\"a\":-9223372036854775808,\"b\":[true,null,{}],\"c\": 1.50,\"d\":[],"
                + "\"t\":\"1970-01-01T00:00:00.000Z\"}\n")
    }

    @Test func `strings escape what JSON must escape and nothing else`() {
        #expect(
            text { $0.string("a\"b\\c/\u{08}\t\n\u{0C}\r\u{01}\u{1f}\u{7f}é😀") }
                == "\"a\\\"b\\\\c/\\b\\t\\n\\f\\r\\u0001\\u001f\u{7f}é😀\"")
    }

    @Test(
        arguments: [
            (0, "0"), (-0.0, "-0"), (87, "87"), (36.2, "36.2"), (-122.419416, "-122.419416"),
            (0.1 + 0.2, "0.30000000000000004"), (1e21, "1e+21"),
            (Double.leastNonzeroMagnitude, "5e-324"),
            (1.7976931348623157e308, "1.7976931348623157e+308"),
            (9_007_199_254_740_992, "9007199254740992"),
            (123_456_789.125, "123456789.125"), (-0.05, "-0.05"), (1e-9, "0.000000001"),
        ] as [(Double, String)])
    func `doubles have their shortest exact text`(value: Double, expected: String) {
        let written = text { $0.double(value) }
        #expect(Double(written) == value)
        #expect(written == expected)
    }

    @Test func `random doubles read back bit for bit`() {
        var random = SystemRandomNumberGenerator()
        for _ in 0..<200_000 {
            let value =
                Bool.random(using: &random)
                ? Double(bitPattern: random.next())
                : Double(Int64.random(in: -1_000_000_000...1_000_000_000, using: &random)) / 1000
            guard value.isFinite else { continue }
            let written = text { $0.double(value) }
            #expect(Double(written)?.bitPattern == value.bitPattern, "\(value.description)")
        }
    }
}
