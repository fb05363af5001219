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

    @Test func `an escape is found at every place of strings of every length`() throws {
        var wrong: [String] = []
        for length in 0..<20 {
            for place in 0...length {
                for special in ["\"", "\\", "\u{1F}", "é", "\0\n"] {
                    var characters = Array(repeating: "x", count: length)
                    characters.insert(special, at: place)
                    let value = characters.joined()
                    let written = text { $0.string(value) }
                    if try JSONReader.parse(written) != .string(value) { wrong.append(written) }
                }
            }
        }
        #expect(wrong.isEmpty)
    }

    @Test func `a writer that is reset begins anew and a copy goes its own way`() {
        var writer = JSONWriter()
        writer.beginArray()
        writer.string(String(repeating: "long ", count: 1000))
        var copy = writer
        writer.reset()
        writer.int(1 as Int)
        copy.endArray()
        #expect(writer.bytes == Array("1".utf8))
        #expect(writer.withBytes { $0.count } == 1)
        #expect(copy.count == 5004)
        #expect(copy.bytes.last == UInt8(ascii: "]"))
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

    @Test func `random doubles read back bit for bit and have no digit too many`() {
        var random = SystemRandomNumberGenerator()
        var wrong: [String] = []
        var writer = JSONWriter()
        for round in 0..<60_000 {
            let value: Double
            switch round % 3 {
            case 0: value = Double(bitPattern: random.next())
            case 1: value = Double(Int64(bitPattern: random.next()) >> Int64(round % 60))
            default:
                let scale = (0..<round % 12).reduce(1.0) { scale, _ in scale * 10 }
                value = Double(Int64(bitPattern: random.next()) >> Int64(20 + round % 40)) / scale
            }
            guard value.isFinite else { continue }
            writer.reset()
            writer.double(value)
            let written = String(decoding: writer.bytes, as: UTF8.self)
            if Double(written)?.bitPattern != value.bitPattern
                || significantDigits(written) != significantDigits(value.description)
            {
                wrong.append("\(value.debugDescription) as \(written)")
            }
        }
        #expect(wrong.isEmpty)
    }

    /// Without sign, point, exponent and the zeros on both sides.
    private func significantDigits(_ text: String) -> [UInt8] {
        let mantissa = text.utf8.prefix { $0 != UInt8(ascii: "e") }.filter(isASCIIDigit)
        let zero = UInt8(ascii: "0")
        return Array(Array(mantissa.drop { $0 == zero }.reversed()).drop { $0 == zero }.reversed())
    }

    private func isASCIIDigit(_ byte: UInt8) -> Bool { byte >= 48 && byte <= 57 }

    @Test func `whole numbers are written to the last digit`() {
        #expect(text { $0.int(Int64.min) } == "-9223372036854775808")
        #expect(text { $0.int(Int64.max) } == "9223372036854775807")
        #expect(text { $0.uint(UInt64.max) } == "18446744073709551615")
        #expect(text { $0.uint(4_294_967_296) } == "4294967296")
        #expect(text { $0.int(0 as Int) } == "0")
        #expect(text { $0.double(9_007_199_254_740_991) } == "9007199254740991")
        #expect(text { $0.double(-2_251_799.813685247) } == "-2251799.813685247")
        #expect(text { $0.double(2_251_799.9) } == "2251799.9")
        #expect(text { $0.double(1_767_225_600_000) } == "1767225600000")
    }
}
