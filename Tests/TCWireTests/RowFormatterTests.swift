import TCCore
import TCWire
import Testing

@Suite struct RowFormatterTests {
    private func object(_ text: String) throws -> JSONObject {
        try #require(try JSONReader.parse(text).object)
    }

    private func csv(_ records: [String], columns: [String] = []) throws -> String {
        var writer = CSVWriter(columns: columns)
        for record in records { try writer.write(object(record)) }
        writer.finish()
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    private func table(_ records: [String], columns: [String] = []) throws -> String {
        var writer = TableWriter(columns: columns)
        for record in records { writer.write(try object(record)) }
        writer.finish()
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    @Test func `CSV has the union of the first records' fields as columns`() throws {
        #expect(
            try csv(["{\"a\":1,\"b\":\"x\"}", "{\"c\":true,\"a\":2.50}", "{}"])
                == "a,b,c\n1,x,\n2.50,,true\n,,\n")
        #expect(try csv(["{\"b\":1,\"c\":2}"], columns: ["a", "b"]) == "a,b,c\n,1,2\n")
        #expect(try csv([], columns: ["a", "b"]) == "a,b\n")
        #expect(try csv([]) == "")
    }

    @Test func `CSV quotes what must be quoted and tells empty from absent`() throws {
        #expect(
            try csv([
                #"{"a":"x,y","b":"say \"hi\"","c":"two\nlines","d":"\r","e":"","f":null}"#,
                #"{"a":[1,"x"],"b":{"k":null},"c":" sp ","d":"é","e":false,"f":""}"#,
            ])
                == "a,b,c,d,e,f\n\"x,y\",\"say \"\"hi\"\"\",\"two\nlines\",\"\r\",\"\",\n"
                + "\"[1,\"\"x\"\"]\",\"{\"\"k\"\":null}\", sp ,é,false,\"\"\n")
        // A blank line would be no record to most readers.
        #expect(try csv(["{\"a\":null}", "{\"a\":1}"]) == "a\n\"\"\n1\n")
        #expect(try csv(["{\"x,y\":1}"]) == "\"x,y\"\n1\n")
    }

    @Test func `a field that comes after the header is an error and its record is not written`()
        throws
    {
        var writer = CSVWriter()
        try writer.write(object("{\"a\":1}"))
        writer.flush()
        #expect(String(decoding: writer.bytes, as: UTF8.self) == "a\n1\n")
        writer.reset()
        let late = try object("{\"a\":2,\"b\":3}")
        #expect(
            throws: TCError(
                .badInput,
                "record 2 has the field 'b', which is not among the columns of the CSV that has begun",
                hint: "use --format jsonl, which takes records of any fields")
        ) { try writer.write(late) }
        try writer.write(object("{\"a\":4}"))
        writer.finish()
        #expect(String(decoding: writer.bytes, as: UTF8.self) == "4\n")
    }

    @Test func `records are held for the columns by number and by size only`() throws {
        let record = try object("{\"a\":1}")
        var writer = CSVWriter()
        for _ in 0..<999 { try writer.write(record) }
        #expect(writer.bytes.isEmpty)
        try writer.write(record)
        #expect(writer.bytes.count == 2002)

        let large = try object("{\"a\":\"\(String(repeating: "x", count: 1 << 20))\"}")
        var table = TableWriter()
        table.write(large)
        #expect(table.bytes.count > 1 << 20)
    }

    @Test func `two keys that only look alike are two columns`() throws {
        #expect(try csv(["{\"\u{E9}\":1,\"e\u{301}\":2}"]) == "\u{E9},e\u{301}\n1,2\n")
    }

    @Test func `a table aligns words left and numbers right by what a terminal shows`() throws {
        #expect(
            try table(
                [
                    "{\"n\":5,\"name\":\"é\",\"x\":1.5}", "{\"n\":120,\"name\":\"漢字\"}",
                    "{\"n\":null,\"name\":\"e\u{301}🚗\",\"x\":[1]}",
                ], columns: ["name", "unused", "n"])
                    == """
                    name    n  x
                    é       5  1.5
                    漢字  120  -
                    e\u{301}🚗     -  [1]

                    """)
        #expect(try table([]) == "")
    }

    @Test func `later rows of a table lose nothing`() throws {
        var writer = TableWriter()
        writer.write(try object("{\"a\":1,\"b\":\"x\"}"))
        writer.flush()
        writer.write(try object("{\"a\":12345,\"b\":\"\",\"c\":\"new\"}"))
        writer.finish()
        #expect(String(decoding: writer.bytes, as: UTF8.self) == "a  b\n1  x\n12345  \"\"  c=new\n")
    }

    @Test func `control characters in a table are escaped`() throws {
        #expect(
            try table(["{\"a\":\"x\\ny\\u001b[2J\\u202e\\u0085\"}"])
                == "a\nx\\ny\\u{1B}[2J\\u{202E}\\u{85}\n")
    }
}
