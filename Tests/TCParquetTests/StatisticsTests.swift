import Testing

@testable import TCParquet

@Suite struct StatisticsTests {
    private let directory = TestDirectory()

    private func open(_ bytes: [UInt8]) throws -> ParquetFile {
        try ParquetFile(path: directory.file("table.parquet", bytes))
    }

    @Test func `pages tell their rows, nulls and bounds`() throws {
        var table = TestTable()
        table.add("ts", .times((0..<300).map { 1000 + Int64($0) }))
        table.add("number", .doubles((0..<300).map { $0 < 128 ? nil : Double($0) - 200 }))
        table.add("word", .words((0..<300).map { UInt8($0 / 128) }, ["zebra", "ant"]))
        let file = try open(table.bytes())
        let times = try file.pages(rowGroup: 0, column: 0)
        #expect(times.map(\.rows) == [0..<128, 128..<256, 256..<300])
        #expect(times.map(\.minimum) == [.timestamp(1000), .timestamp(1128), .timestamp(1256)])
        #expect(times.map(\.maximum) == [.timestamp(1127), .timestamp(1255), .timestamp(1299)])
        let numbers = try file.pages(rowGroup: 0, column: 1)
        #expect(numbers.map(\.nullCount) == [128, 0, 0])
        #expect(numbers.map(\.minimum) == [nil, .double(-72), .double(56)])
        #expect(numbers.map(\.maximum) == [nil, .double(55), .double(99)])
        let words = try file.pages(rowGroup: 0, column: 2)
        #expect(
            words.map(\.minimum) == [nil, .string(Array("zebra".utf8)), .string(Array("ant".utf8))])
        let chunk = file.chunk(rowGroup: 0, column: 2)
        #expect(chunk.minimum == .string(Array("ant".utf8)))
        #expect(chunk.maximum == .string(Array("zebra".utf8)))
        #expect(chunk.nullCount == 128)
    }

    @Test func `zero bounds cover both zeros`() throws {
        var table = TestTable()
        table.add("number", .doubles([0.0, 0.0]))
        table.add("negative", .doubles([-0.0, -0.0]))
        let file = try open(table.bytes())
        for column in 0..<2 {
            guard case .double(let low) = file.chunk(rowGroup: 0, column: column).minimum,
                case .double(let high) = file.chunk(rowGroup: 0, column: column).maximum
            else {
                Issue.record("no bounds")
                return
            }
            #expect(low.sign == .minus && high.sign == .plus && low == 0 && high == 0)
        }
    }

    @Test(arguments: [
        String(repeating: "a", count: 64), String(repeating: "a", count: 65),
        String(repeating: "é", count: 40), "x" + String(repeating: "é", count: 40),
        String(repeating: "\u{D7FF}", count: 30), String(repeating: "😀", count: 30),
        String(repeating: "b", count: 60) + String(repeating: "\u{10FFFF}", count: 30),
    ])
    func `long bounds are shortened to valid text that still bounds`(text: String) throws {
        var table = TestTable()
        table.add("text", .texts([text, nil]))
        let info = try open(table.bytes()).chunk(rowGroup: 0, column: 0)
        guard case .string(let low) = info.minimum, case .string(let high) = info.maximum else {
            Issue.record("no bounds")
            return
        }
        let bytes = Array(text.utf8)
        #expect(low.count <= 64 && high.count <= 64 + 1)
        #expect(!bytes.lexicographicallyPrecedes(low) && !high.lexicographicallyPrecedes(bytes))
        #expect(Array(String(decoding: low, as: UTF8.self).utf8) == low)
        #expect(Array(String(decoding: high, as: UTF8.self).utf8) == high)
        #expect((high == bytes) == (bytes.count <= 64))
    }

    @Test func `text that nothing short exceeds has no bounds at all`() throws {
        var table = TestTable()
        table.add("text", .texts([String(repeating: "\u{10FFFF}", count: 30)]))
        let file = try open(table.bytes())
        #expect(file.chunk(rowGroup: 0, column: 0).maximum == nil)
        #expect(try file.pages(rowGroup: 0, column: 0).map(\.rows) == [0..<1])
        #expect(try table.read(file) == table)
    }

    @Test func `noise is split into streams and repetition becomes a dictionary`() throws {
        var random = SeededRandom(seed: 11)
        var table = TestTable()
        table.add("noise", .doubles((0..<5000).map { _ in Double(random.next()) }))
        table.add("steps", .doubles((0..<5000).map { _ in Double(random.next() % 100) }))
        table.add("unique", .texts((0..<5000).map { "\($0)" }))
        table.add("nothing", .doubles([Double?](repeating: nil, count: 5000)))
        let file = try open(table.bytes(rowsPerPage: 1000))
        #expect(file.chunks[0][0].encodings == [.rle, .byteStreamSplit])
        #expect(file.chunks[0][1].encodings == [.rle, .plain, .rleDictionary])
        #expect(file.chunks[0][2].encodings == [.rle, .deltaLengthByteArray])
        #expect(file.chunks[0][3].byteCount < 64)
        #expect(try table.read(file) == table)
    }

    @Test func `times that jump back at each vehicle cost less than a byte and a half a row`()
        throws
    {
        var random = SeededRandom(seed: 13)
        let times = (0..<100).flatMap { vehicle -> [Int64] in
            (0..<100).map {
                1_767_323_045_000 + Int64(vehicle * 7 + $0 * 1000) + Int64(random.next() % 20)
            }
        }
        var table = TestTable()
        table.add("ts", .times(times))
        let file = try open(table.bytes(rowsPerPage: 10_000))
        #expect(file.rowGroups[0].byteCount < 10_000)
        #expect(try table.read(file) == table)
    }
}
