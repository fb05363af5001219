import TCCore
import TCWire
import Testing

@testable import TCBench

@Suite struct YAMLTests {
    private func json(_ yaml: String) throws -> String {
        var writer = JSONWriter()
        writer.value(try YAMLReader.parse(Array(yaml.utf8)).value)
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    private func refusal(_ yaml: String) -> String {
        do {
            return "taken as " + (try json(yaml))
        } catch let error as YAMLError {
            return error.error(file: "tc.yaml").message
        } catch {
            return "\(error)"
        }
    }

    @Test func `a configuration becomes JSON and keeps its lines`() throws {
        let root = try YAMLReader.parse(
            Array(
                """
                # settings
                home: /var/lib/tc
                telemetry:
                  batch: 1000000   # rows

                  store: "parquet:/data"
                list: [1, two, {three: 3}]
                """.utf8))
        #expect(root["home"]?.line == 2)
        #expect(root["telemetry"]?.value["batch"]?.line == 4)
        #expect(root["telemetry"]?.value["store"]?.line == 6)
        #expect(root["telemetry"]?.value["store"]?.value.column == 10)
        #expect(root["nothing"] == nil)
        #expect(root.value.object?["list"]?.array?.count == 3)
        #expect(root["list"]?.value.value.array?[0].number?.int64 == 1)
    }

    @Test(
        arguments: [
            ("", "null"), ("~", "null"), ("NULL", "null"), ("nuLL", "\"nuLL\""),
            ("True", "true"), ("FALSE", "false"), ("yes", "\"yes\""), ("on", "\"on\""),
            ("12", "12"), ("-007", "-7"), ("+0", "0"), ("1:30", "\"1:30\""), ("1_000", "\"1_000\""),
            ("0x1F", "31"), ("0xG", "\"0xG\""), ("0o17", "15"), ("0o8", "\"0o8\""),
            ("0x", "\"0x\""),
            ("0x-1", "\"0x-1\""),
            ("1.50", "1.50"), (".5", "0.5"), ("5.", "5"), ("+1e+3", "1e3"), ("-.5E-7", "-0.5e-7"),
            ("1e", "\"1e\""), (".", "\".\""), ("-", "[null]"), ("1.2.3", "\"1.2.3\""),
            ("123456789012345678901234567890", "123456789012345678901234567890"),
            ("'12'", "\"12\""), ("\"true\"", "\"true\""), ("|\n  12", "\"12\""),
            ("!!str 12", "\"12\""),
            ("! 12", "\"12\""), ("!!int '12'", "12"), ("!!float 1", "1"), ("!!bool 'true'", "true"),
            ("!!null ''", "null"), ("!!seq [1]", "[1]"), ("!!map {a: 1}", "{\"a\":1}"),
            ("5m", "\"5m\""), ("2026-01-02", "\"2026-01-02\""), ("\"\\u00e9\\x41\"", "\"éA\""),
            ("---\na: 1\n...\n", "{\"a\":1}"), ("\u{FEFF}a: 1", "{\"a\":1}"),
            ("1: x\nnull: y\n2.0: z", "{\"1\":\"x\",\"null\":\"y\",\"2.0\":\"z\"}"),
            ("a: &x {b: 1}\nc: *x", "{\"a\":{\"b\":1},\"c\":{\"b\":1}}"),
        ])
    func `scalars mean what the core schema of YAML 1.2 says`(yaml: String, expected: String) throws
    {
        #expect(try json(yaml) == expected)
    }

    @Test(
        arguments: [
            ("a: 1\nb: 2\na: 3", "tc.yaml:3:1: the key 'a' stands already on line 1"),
            ("a: [1, 2", "tc.yaml:2:1"), ("a: 'x", "tc.yaml:1:6: while scanning a quoted scalar"),
            ("a: b: c", "tc.yaml:1:5"),
            ("\tx: 1", "tc.yaml:1:1"), ("a: 1\n b: 2", "tc.yaml:2:"), ("%", "tc.yaml:1:"),
            ("a: *x", "tc.yaml:1:4: the alias '*x' has no anchor before it"),
            ("a: &x [*x]", "tc.yaml:1:8: the alias '*x' has no anchor before it"),
            ("<<: {a: 1}", "tc.yaml:1:1: merge keys ('<<') are not supported"),
            ("[a]: 1", "tc.yaml:1:1: a key must be a plain word or a string"),
            ("a: 1\n---\nb: 2", "tc.yaml:2:1: a second document begins; one is expected"),
            ("a: .inf", "tc.yaml:1:4: '.inf' is no number that can be used"),
            ("a: 0x10000000000000000", "tc.yaml:1:4: '0x10000000000000000' has more than 64 bits"),
            ("a: !!int 1.5", "tc.yaml:1:4: '1.5' is not a whole number"),
            ("a: !!bool maybe", "tc.yaml:1:4: 'maybe' is not true or false"),
            ("a: !color red", "tc.yaml:1:4: the tag '!color' is not supported here"),
            ("a: !!set {b: 1}", "tc.yaml:1:4: the tag 'tag:yaml.org,2002:set' is not supported"),
        ])
    func `what is not taken is refused with its place`(yaml: String, message: String) {
        #expect(refusal(yaml).hasPrefix(message), "\(refusal(yaml))")
    }

    @Test func `bytes that are no UTF-8 are refused`() {
        for bytes: [UInt8] in [[0x61, 0x3A, 0x20, 0xFF], [0x61, 0x00], [0xFF, 0xFE, 0x61, 0x00]] {
            #expect(throws: YAMLError.self) { try YAMLReader.parse(bytes) }
        }
    }

    @Test func `aliases that multiply are refused`() {
        var yaml = "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n"
        for level in 1..<10 {
            let aliases = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ",")
            yaml += "a\(level): &a\(level) [\(aliases)]\n"
        }
        #expect(refusal(yaml).hasSuffix("has more than 100000 values, aliases followed"))
    }

    @Test func `nesting and size have limits`() {
        let deep = String(repeating: "[", count: 65) + String(repeating: "]", count: 65)
        #expect(refusal(deep) == "tc.yaml:1:65: nests deeper than 64 levels")
        #expect(!refusal(String(deep.dropFirst().dropLast())).contains("deeper"))
        let large = String(repeating: "# comment\n", count: 110_000)
        #expect(refusal(large).contains("the document has 1100000 bytes; at most 1048576"))
    }

    @Test func `a thousand broken documents never crash`() throws {
        var random = SplitMix64(seed: 7)
        let seed = Array(
            "a: &x {b: [1, 'two', \"3\"], c: |\n  t\n}\nd: *x\n? e\n: !!int 5 # f\n".utf8)
        for _ in 0..<1000 {
            var bytes = seed
            for _ in 0...random.below(4) {
                bytes[random.below(bytes.count)] = UInt8(random.below(256))
            }
            do {
                let node = try YAMLReader.parse(bytes)
                var writer = JSONWriter()
                writer.value(node.value)
                _ = try JSONReader.parse(writer.bytes)
            } catch is YAMLError {
                continue
            }
        }
    }
}
