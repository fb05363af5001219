import TCCore
import Testing

@testable import TCParquet

@Suite struct RoundTripTests {
    private let directory = TestDirectory()

    private func open(_ bytes: [UInt8]) throws -> ParquetFile {
        try ParquetFile(path: directory.file("table.parquet", bytes))
    }

    @Test(arguments: 0..<24 as Range<UInt64>)
    func `what is written is read, whatever the values, pages, groups and order`(
        seed: UInt64
    ) throws {
        var random = SeededRandom(seed: seed)
        let rows = [1, 2, 127, 128, 129, 256, 1000, 3001, 20_000].randomElement(using: &random)!
        let table = TestTable(randomRows: rows, &random)
        let file = try open(
            table.bytes(
                groupRows: Bool.random(using: &random)
                    ? .max : Int.random(in: max(1, rows / 5)...rows, using: &random),
                rowsPerPage: [128, 130, 1000, 16_384].randomElement(using: &random)!,
                level: [1, 3, 7].randomElement(using: &random)!,
                isPermuted: Bool.random(using: &random)))
        #expect(file.rowCount == rows)
        let step = [1, 7, 100, 5000, Int.max].randomElement(using: &random)!
        let read = try table.read(file, step: step)
        #expect(read == table, "seed \(seed)")
        for (column, values) in table.values.enumerated() {
            let reader = try ColumnReader(file: file, column: column)
            for _ in 0..<20 {
                let start = Int.random(in: 0..<rows, using: &random)
                let end = Int.random(in: start...rows, using: &random)
                let part = try TestTable.read(reader, values, start..<end, .max)
                #expect(part == values[start..<end], "seed \(seed), rows \(start)..<\(end)")
                if case .numbers(let numbers) = values {
                    try checkSearch(reader, numbers, start..<end, &random)
                }
            }
        }
    }

    /// A search finds what a look at every value does.
    private func checkSearch(
        _ reader: ColumnReader, _ numbers: [UInt64?], _ rows: Range<Int>,
        _ random: inout SeededRandom
    ) throws {
        let known = numbers.compactMap { $0.map(Double.init(bitPattern:)) }
        let bounds = [known.randomElement(using: &random) ?? 0, 0].sorted()
        let limits = ValueLimits(
            below: bounds[0], above: Bool.random(using: &random) ? bounds[1] : .infinity)
        var found: [Int: UInt64] = [:]
        try reader.findDoubles(rows: rows, beyond: limits) { found[$0] = $1.bitPattern }
        var expected: [Int: UInt64] = [:]
        for row in rows {
            guard let bits = numbers[row], limits.matches(Double(bitPattern: bits)) else {
                continue
            }
            expected[row] = bits
        }
        #expect(found == expected, "rows \(rows) beyond \(limits)")
    }

    @Test func `a file without rows has its columns and nothing else`() throws {
        var table = TestTable()
        table.add("ts", .times([]))
        table.add("speed", .doubles([]))
        table.add("extra", .texts([]))
        let file = try open(table.bytes())
        #expect(file.rowCount == 0)
        #expect(file.rowGroups.isEmpty)
        #expect(file.columns == table.columns)
        #expect(try table.read(file) == table)
    }

    @Test func `extremes keep every bit`() throws {
        var table = TestTable()
        table.add("ts", .times([.min, .max, 0, -1, .min, .max, .min + 1, 1]))
        table.add(
            "number",
            .doubles([
                .greatestFiniteMagnitude, -.greatestFiniteMagnitude, .leastNonzeroMagnitude,
                -.leastNonzeroMagnitude, -0.0, 0.0, nil, .infinity,
            ]))
        table.add(
            "text", .texts([nil, "é", "\u{0}", "日本語", "\u{10FFFF}", nil, "a\nb", "\""]))
        #expect(try table.read(open(table.bytes())) == table)
    }

    @Test func `a required text may be empty, and an optional one is then null`() throws {
        var table = TestTable()
        table.add("required", .coded(["", "b", "", "a"]), isOptional: false)
        table.add("optional", .texts(["x", nil, nil, "y"]))
        let file = try open(table.bytes())
        #expect(try table.read(file) == table)
        #expect(file.chunk(rowGroup: 0, column: 0).nullCount == 0)
        #expect(file.chunk(rowGroup: 0, column: 1).nullCount == 2)
    }

    @Test func `runs of equal strings join across pages and row groups`() throws {
        var texts: [String] = []
        for (vehicle, length) in [("A", 300), ("B", 1), ("C", 1), ("D", 998), ("E", 200)] {
            texts += [String](repeating: vehicle, count: length)
        }
        var table = TestTable()
        table.add("vehicle_id", .coded(texts), isOptional: false)
        let file = try open(table.bytes(groupRows: 450))
        var runs: [String] = []
        let reader = try ColumnReader(file: file, column: 0)
        try reader.forEachRun(rows: 10..<1450) { bytes, rows in
            runs.append("\(String(decoding: bytes, as: UTF8.self)) \(rows)")
        }
        #expect(
            runs == ["A 10..<300", "B 300..<301", "C 301..<302", "D 302..<1300", "E 1300..<1450"])
    }

    @Test func `a word that is not expected is named with its file`() throws {
        var table = TestTable()
        table.add("gear", .words([1, 2, 0, 3], ["P", "R", "sideways"]))
        let file = try open(table.bytes())
        let reader = try ColumnReader(file: file, column: 0)
        var codes = [UInt8](repeating: 9, count: 4)
        let error = #expect(throws: TCError.self) {
            try reader.readWords(rows: 0..<4, into: &codes, entries: ["P", "R"])
        }
        #expect(error?.message.contains("table.parquet") == true)
        #expect(error?.message.contains("\"sideways\"") == true)
        // Rows that do not use the word are not refused.
        try reader.readWords(rows: 0..<3, into: &codes, entries: ["P", "R"])
        #expect(codes[0..<3] == [1, 2, 0])
    }

    @Test func `attachments and key values come back`() throws {
        var table = TestTable()
        table.add("ts", .times([1, 2, 3]))
        let long = (0..<100_000).map { UInt8(truncatingIfNeeded: $0 / 1000) }
        let file = try open(
            table.bytes(attachments: [("long", long), ("empty", []), ("short", [1, 2, 3])]))
        #expect(try file.attachment("long") == long)
        #expect(try file.attachment("empty") == [])
        #expect(try file.attachment("short") == [1, 2, 3])
        #expect(try file.attachment("none") == nil)
        #expect(file.keyValues["tc.test"] == "yes")
        #expect(file.byteCount < 5000)
    }
}

extension TestTable {
    /// Columns of every kind with values drawn in every manner.
    init(randomRows rows: Int, _ random: inout SeededRandom) {
        var time: Int64 = 1_767_323_045_000
        let times = (0..<rows).map { row in
            time += row % 100 == 99 ? -99_000 : Int64.random(in: 980...1020, using: &random)
            return time
        }
        add("ts", .times(times))
        add("wild", .times((0..<rows).map { _ in Int64(bitPattern: random.next()) }))
        let ids = (0..<50).map { "vehicle-\(1000 + $0)" }
        add("vehicle_id", .coded((0..<rows).map { ids[$0 * 50 / rows] }), isOptional: false)
        let shuffled = (0..<rows).map { _ in ids.randomElement(using: &random)! }
        add("shuffled", .coded(shuffled), isOptional: false)
        for nulls in [0.0, 0.01, 0.5, 0.99, 1.0] { addColumns(rows, nulls, &random) }
    }

    private mutating func addColumns(_ rows: Int, _ nulls: Double, _ random: inout SeededRandom) {
        func draw<T>(_ value: (Int) -> T?) -> [T?] {
            (0..<rows).map { Double.random(in: 0..<1, using: &random) < nulls ? nil : value($0) }
        }
        var inner = SeededRandom(seed: random.next())
        add("few \(nulls)", .doubles(draw { _ in Double(inner.next() % 700) / 10 }))
        add(
            "many \(nulls)",
            .numbers(
                draw { _ in
                    let bits = inner.next()
                    return Double(bitPattern: bits).isNaN ? 0x8000_0000_0000_0000 : bits
                }))
        add(
            "words \(nulls)",
            .words(
                draw { UInt8($0 / 90 % 5 + 1) }.map { $0 ?? 0 },
                ["off", "heat", "cool", "auto", "défrost"]))
        add("repeated \(nulls)", .texts(draw { _ in "{\"trip\":\"T\(inner.next() % 20)\"}" }))
        add("unique \(nulls)", .texts(draw { "\($0) é \(inner.next())" }))
        add(
            "runs \(nulls)",
            .doubles((0..<rows).map { $0 / 61 % 10 < Int(nulls * 10) ? nil : Double($0 / 200) }))
    }
}
