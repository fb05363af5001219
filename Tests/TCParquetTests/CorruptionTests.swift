import Glibc
import TCCore
import Testing

@testable import TCParquet

/// Damage to a file of ours is an error or changes nothing; it never gives wrong rows or a crash.
@Suite struct CorruptionTests {
    /// Small tables that between them use every encoding, nulls and several pages.
    private static let tables: [TestTable] = {
        var random = SeededRandom(seed: 7)
        var tables: [TestTable] = []
        func add(_ name: String, _ values: TestValues) {
            var table = TestTable()
            table.add(name, values)
            tables.append(table)
        }
        let rows = 0..<140
        add("ts", .times(rows.map { Int64($0) * 1000 - ($0 > 70 ? 50_000 : 0) }))
        add("few", .doubles(rows.map { $0 % 3 == 0 ? nil : Double($0 / 9) }))
        add("many", .doubles((0..<40).map { _ in Double(random.next()) }))
        add("nulls", .doubles([Double?](repeating: nil, count: 140)))
        add("words", .words(rows.map { UInt8($0 / 40) }, ["P", "R", "N"]))
        add("coded", .coded(rows.map { "vehicle \($0 / 50)" }))
        add("repeated", .texts(rows.map { $0 % 2 == 0 ? nil : "text \($0 % 5)" }))
        add("unique", .texts((0..<30).map { "\($0 * 7919)" }))
        return tables
    }()

    private let directory = TestDirectory()

    /// Everything that the file tells about the table.
    private struct Answer: Equatable {
        let table: TestTable
        let pages: [[PageInfo]]
        let attachment: [UInt8]?
        let value: String?

        init(_ path: String, _ expected: TestTable) throws {
            let file = try ParquetFile(path: path)
            table = try expected.read(file)
            pages = try file.rowGroups.indices.flatMap { group in
                try file.columns.indices.map { try file.pages(rowGroup: group, column: $0) }
            }
            attachment = try file.attachment("note")
            value = file.keyValues["tc.test"]
        }
    }

    @Test(arguments: 0..<8)
    func `every flipped bit is noticed or harmless`(index: Int) throws {
        let table = CorruptionTests.tables[index]
        let bytes = try table.bytes(attachments: [("note", [1, 2, 3, 4])])
        let whole = try Answer(directory.file("whole", bytes), table)
        #expect(whole.table == table)
        var noticed = 0
        for bit in 0..<bytes.count * 8 {
            var damaged = bytes
            damaged[bit / 8] ^= 1 << UInt8(bit % 8)
            let path = directory.file("damaged", damaged)
            do {
                let answer = try Answer(path, table)
                #expect(answer == whole, "\(table.columns[0].name), bit \(bit)")
            } catch let error as TCError {
                noticed += 1
                if error.kind != .io || !error.message.contains(path) {
                    Issue.record("bit \(bit): \(error)")
                }
            }
        }
        // Only who created the file, the unread halves of some headers and the like may go unseen.
        #expect(noticed > bytes.count * 8 * 9 / 10)
    }

    @Test(arguments: 0..<8)
    func `a file cut short at any length is refused`(index: Int) throws {
        let bytes = try CorruptionTests.tables[index].bytes()
        for length in 0..<bytes.count {
            let path = directory.file("short", Array(bytes[0..<length]))
            #expect(throws: TCError.self) { try ParquetFile(path: path) }
        }
    }

    @Test(arguments: 0..<8)
    func `bytes overwritten, moved and cut out are noticed or harmless`(index: Int) throws {
        let table = CorruptionTests.tables[index]
        let bytes = try table.bytes()
        var random = SeededRandom(seed: UInt64(index))
        for round in 0..<200 {
            var damaged = bytes
            let from = Int.random(in: 0..<bytes.count, using: &random)
            let length = min(Int.random(in: 1...64, using: &random), bytes.count - from)
            switch round % 4 {
            case 0: for place in from..<from + length { damaged[place] = 0 }
            case 1: for place in from..<from + length { damaged[place] = UInt8.random(in: 0...255) }
            case 2: damaged.removeSubrange(from..<from + length)
            default: damaged.insert(contentsOf: bytes[from..<from + length], at: from)
            }
            guard let file = try? ParquetFile(path: directory.file("damaged", damaged)),
                let read = try? table.read(file)
            else { continue }
            #expect(read == table, "round \(round)")
        }
    }

    /// Without the name of our writer the reader expects no checksum of the footer, so that damage
    /// reaches the parser.
    @Test(arguments: 0..<8)
    func `damage to the footer of a file from elsewhere never crashes`(index: Int) throws {
        let table = CorruptionTests.tables[index]
        var bytes = try table.bytes()
        let creator = Array("tc test".utf8)
        let place = bytes.indices.last { bytes[$0...].starts(with: creator) }!
        bytes[place] = 0x78
        let mark = bytes.indices.last { bytes[$0...].starts(with: Array("tcf1".utf8)) }!
        bytes[mark] = 0x78
        let elsewhere = try ParquetFile(path: directory.file("elsewhere", bytes))
        #expect(try table.read(elsewhere) == table)
        for position in mark..<bytes.count {
            for value in [0, 0x15, 0x7F, 0x80, 0xFF, bytes[position] &+ 1, bytes[position] ^ 0x10] {
                var damaged = bytes
                damaged[position] = value
                guard let file = try? ParquetFile(path: directory.file("damaged", damaged)) else {
                    continue
                }
                _ = try? table.read(file)
                for column in file.columns.indices where !file.rowGroups.isEmpty {
                    _ = try? file.pages(rowGroup: 0, column: column)
                    _ = file.chunk(rowGroup: 0, column: column)
                }
            }
        }
    }

    @Test(arguments: [Encoding.plain, .byteStreamSplit, .rleDictionary, .deltaBinaryPacked])
    func `a page that claims more rows than any memory holds is refused`(
        encoding: Encoding
    ) throws {
        let rows = 1 << 61
        var page = ThriftWriter()
        page.int32(1, PageType.dataV2.rawValue)
        page.int32(2, 0)
        page.int32(3, 0)
        page.structure(8) {
            $0.int64(1, Int64(rows))
            $0.int32(2, 0)
            $0.int64(3, Int64(rows))
            $0.int32(4, encoding.rawValue)
            $0.int32(5, 0)
            $0.int32(6, 0)
        }
        page.endStructure()
        var chunk = EncodedColumn(Column(name: "number", type: .double, isOptional: false))
        chunk.bytes = page.bytes
        chunk.rows = rows
        chunk.encoding = encoding
        chunk.pages = [
            EncodedPage(
                offset: 0, byteCount: page.bytes.count, rows: rows, nullCount: 0, bounds: nil)
        ]
        var group = WrittenGroup(rows: rows)
        group.chunks = [WrittenChunk(chunk, at: 4)]
        let footer = FooterWriter(
            schema: [chunk.column], sortedBy: [], createdBy: "elsewhere", groups: [group],
            keyValues: []
        ).bytes
        let length = (0..<4).map { UInt8(truncatingIfNeeded: footer.count >> (8 * $0)) }
        let bytes = parquetMagic + chunk.bytes + footer + length + parquetMagic
        let file = try ParquetFile(path: directory.file("vast", bytes))
        #expect(file.rowCount == rows)
        var values = [0.0]
        let error = #expect(throws: TCError.self) {
            try ColumnReader(file: file, column: 0).readDoubles(rows: 5..<6, into: &values)
        }
        #expect(error?.message.contains("exceed") == true)
    }

    @Test func `a file that shrinks while it is read is an error`() throws {
        var table = TestTable()
        table.add("number", .doubles((0..<2000).map { Double($0) * 1.1 }))
        let path = try directory.file("table", table.bytes())
        let file = try ParquetFile(path: path)
        truncate(path, 100)
        let error = #expect(throws: TCError.self) { try table.read(file) }
        #expect(error?.kind == .io)
        #expect(error?.message.contains(path) == true)
    }

    @Test func `a missing file and a folder are errors that name them`() {
        for path in [directory.path + "/none", directory.path] {
            let error = #expect(throws: TCError.self) { try ParquetFile(path: path) }
            #expect(error?.kind == .io)
            #expect(error?.message.contains(path) == true)
        }
    }
}
