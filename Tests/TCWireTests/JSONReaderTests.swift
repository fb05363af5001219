import TCCore
import TCWire
import Testing

@Suite struct JSONReaderTests {
    private func written(_ text: String) throws -> String {
        var writer = JSONWriter()
        writer.value(try JSONReader.parse(text))
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    private func refusal(_ bytes: [UInt8]) -> String {
        do throws(JSONError) {
            return "accepted: \(try JSONReader.parse(bytes))"
        } catch {
            return error.error.message
        }
    }

    @Test func `what is read is written as it came`() throws {
        for text in [
            "{\"b\":[1,{\"a\":null}],\"a\":\"\"}", "-0", "1.50", "1E+400",
            "123456789012345678901234567890", "\"é😀\u{FFFF}\"", "[]", "{}", "[true,false]",
        ] {
            #expect(try written(text) == text)
        }
        #expect(try written(" { \"a\" :\t[ 1 ,\r\n 2 ] } ") == "{\"a\":[1,2]}")
    }

    @Test func `escapes are resolved`() throws {
        let text = #""\"\\\/\b\f\n\r\t\u0041\u00e9\u20AC\ud83d\uDE97\u0000""#
        #expect(
            try JSONReader.parse(text)
                == .string("\"\\/\u{08}\u{0C}\n\r\tA\u{E9}\u{20AC}\u{1F697}\0"))
    }

    @Test func `of a repeated key the last value stands at the first place`() throws {
        #expect(try written("{\"a\":1,\"b\":2,\"a\":{\"a\":3}}") == "{\"a\":{\"a\":3},\"b\":2}")
        #expect(try written("{\"a\":1,\"\\u0061\":2}") == "{\"a\":2}")
        // The same to a person and to Swift's ==, but other bytes.
        let alike = try JSONReader.parse("{\"\u{E9}\":1,\"e\u{301}\":2}").object
        #expect(alike?.count == 2)
        #expect(alike?["e\u{301}"]?.number?.int64 == 2)
    }

    @Test func `a hundred thousand keys, each twice, take no quadratic time`() throws {
        let members = (0..<200_000).map { "\"key\($0 % 100_000)\":\($0)" }.joined(separator: ",")
        let object = try #require(try JSONReader.parse("{\(members)}").object)
        #expect(object.count == 100_000)
        #expect(object.members[70_000].key == "key70000")
        #expect(object.members[70_000].value.number?.int64 == 170_000)
    }

    @Test func `an object's members can be set, kept in place and removed`() throws {
        var object = JSONObject()
        object["a"] = .bool(true)
        object["b"] = .null
        object["a"] = .string("x")
        object["c"] = nil
        #expect(object.keys == ["a", "b"])
        #expect(object["a"]?.string == "x")
        object["a"] = nil
        #expect(object.keys == ["b"])
        #expect(object["b"]?.isNull == true)
    }

    @Test(
        arguments: [
            ("", "column 1: expected a value, got the end"),
            ("[1,]", "column 4: expected a value, got ']'"),
            ("[1 2]", "column 4: expected ',' or ']' after an element, got '2'"),
            ("{\"a\":1,}", "column 8: expected a key in quotes, got '}'"),
            ("{\"a\" 1}", "column 6: expected ':' after the key, got '1'"),
            ("{\"a\":1", "column 7: expected ',' or '}' after a member, got the end"),
            ("{a:1}", "column 2: expected a key in quotes, got 'a'"),
            ("tru", "column 1: expected 'true', got 't'"),
            ("nulL", "column 1: expected 'null', got 'n'"),
            ("01", "column 2: a number must not have a leading zero"),
            ("-", "column 2: expected a digit, got the end"),
            ("1.", "column 3: expected a digit after the decimal point, got the end"),
            ("1e+", "column 4: expected a digit in the exponent, got the end"),
            ("\"é\tx\"", "column 3: a control character in a string must be escaped"),
            ("\"abcdefghijk", "column 13: expected '\"' at the end of the string, got the end"),
            ("\"\\x\"", "column 3: expected one of \"\\/bfnrtu after the backslash, got 'x'"),
            ("\"\\u12G4\"", "column 6: expected four hexadecimal digits, got 'G'"),
            ("\"\\uD83D\"", "column 2: a lone surrogate names no character"),
            ("\"\\uDE97\\uD83D\"", "column 2: a lone surrogate names no character"),
            ("\"\\uD83D\\n\"", "column 2: a lone surrogate names no character"),
            ("\u{FEFF}{}", "column 1: a byte order mark is not JSON; write plain UTF-8"),
            ("1 2", "column 3: expected nothing after the value, got '2'"),
            ("{\n \"a\": }", "line 2, column 7: expected a value, got '}'"),
            ("NaN", "column 1: expected a value, got 'N'"),
        ])
    func `what is no JSON is refused with its column`(text: String, message: String) {
        #expect(refusal(Array(text.utf8)) == message)
    }

    @Test func `UTF-8 that is not well-formed is refused with its byte`() throws {
        for bytes: [UInt8] in [
            [0x80], [0xC0, 0x80], [0xC1, 0xBF], [0xE0, 0x9F, 0xBF], [0xED, 0xA0, 0x80],
            [0xF0, 0x8F, 0xBF, 0xBF], [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xFF],
            [0xE2, 0x82], [0xC3], [0xC3, 0x28], [0xF0, 0x9F, 0x98],
        ] {
            let error = #expect(throws: JSONError.self) {
                try JSONReader.parse(Array("[\"0123456789".utf8) + bytes + Array("\"]".utf8))
            }
            #expect(error?.offset == 12)
            #expect(error?.message == "invalid UTF-8")
        }
        for text in [
            "\u{80}", "\u{7FF}", "\u{800}", "\u{D7FF}", "\u{E000}", "\u{10000}", "\u{10FFFF}",
        ] {
            #expect(try JSONReader.parse("\"\(text)\"") == .string(text))
        }
    }

    @Test func `nesting is limited`() throws {
        func nested(_ depth: Int) -> String {
            String(repeating: "[{\"a\":", count: depth / 2) + "0"
                + String(repeating: "}]", count: depth / 2)
        }
        _ = try JSONReader.parse(nested(Limits.nestingDepth))
        #expect(
            refusal(Array(nested(Limits.nestingDepth + 2).utf8))
                == "column 385: nests deeper than 128 arrays and objects")
        #expect(refusal([UInt8](repeating: 0x5B, count: 1_000_000)).contains("nests deeper"))
    }

    @Test(
        arguments: [
            ("0", 0, 0), ("-0", 0, 0), ("9223372036854775807", .max, 9_223_372_036_854_775_807),
            ("-9223372036854775808", .min, nil), ("9223372036854775808", nil, 1 << 63),
            ("-9223372036854775809", nil, nil), ("18446744073709551615", nil, .max),
            ("18446744073709551616", nil, nil), ("1.0", 1, 1), ("1e3", 1000, 1000),
            ("-2.50e1", -25, nil), ("1.5", nil, nil), ("1e-1", nil, nil), ("10e-1", 1, 1),
            ("1e19", nil, 10_000_000_000_000_000_000), ("1e20", nil, nil),
            ("0e99999999999999999999", 0, 0), ("1e99999999999999999999", nil, nil),
            ("1e-99999999999999999999", nil, nil), ("-0.0e5", 0, 0),
            ("-9.223372036854775808e18", .min, nil), ("0.00000000000000000001e20", 1, 1),
        ] as [(String, Int64?, UInt64?)])
    func `whole numbers are exact to 64 bits`(
        text: String, signed: Int64?, unsigned: UInt64?
    ) throws {
        let number = try #require(try JSONReader.parse(text).number)
        #expect(number.text == text)
        #expect(number.int64 == signed)
        #expect(number.uint64 == unsigned)
    }

    @Test func `doubles are the nearest, and nil past the largest`() throws {
        func double(_ text: String) throws -> Double? { try JSONReader.parse(text).number?.double }
        #expect(try double("0.1") == 0.1)
        #expect(try double("-0")?.sign == .minus)
        #expect(try double("1e400") == nil)
        #expect(try double("-1e400") == nil)
        #expect(try double("1e-400") == 0)
        #expect(try double("123456789012345678901234567890") == 1.2345678901234568e29)
        #expect(JSONNumber(1.5).text == "1.5")
        #expect(JSONNumber(Int64.min).int64 == .min)
        #expect(JSONNumber(UInt64.max).uint64 == .max)
        #expect(JSONNumber(7 as Int).text == "7")
    }

    @Test func `a value can be stepped over where it stands`() throws {
        let text = Array(" {\"a\":[1,\"x\"]} , true".utf8)
        try text.withUnsafeBufferPointer { bytes in
            var scanner = JSONScanner(bytes)
            #expect(try scanner.skipValue() == 1..<14)
            #expect(scanner.position == 14)
            #expect(throws: JSONError.self) { try scanner.expectEnd() }
            var later = JSONScanner(bytes, from: 17)
            #expect(try later.skipValue() == 17..<21)
            try later.expectEnd()
        }
    }
}
