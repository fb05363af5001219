import Glibc
import TCCore
import Testing

@testable import TCParquet

/// Others read what we write, and we read what others write. `TC_PYTHON` names a Python that has
/// pyarrow and, as far as they are to be tried, duckdb and polars; without it these are skipped.
@Suite(
    .enabled(
        if: getenv("TC_PYTHON") != nil,
        "set TC_PYTHON to a Python with pyarrow, duckdb and polars to compare with them"))
struct InteropTests {
    private let directory = TestDirectory()

    @Test(arguments: 0..<3 as Range<UInt64>)
    func `others read every value that we write`(seed: UInt64) throws {
        var random = SeededRandom(seed: 100 + seed)
        var table = TestTable(randomRows: [1, 300, 9000][Int(seed)], &random)
        // Python's readers have no names for times beyond the year 9999.
        table.values[1] = .times((0..<table.rows).map { _ in Int64(random.next() >> 18) })
        let path = directory.file(
            "ours.parquet", try table.bytes(groupRows: 4000, rowsPerPage: 1000))
        try runPython(PythonScripts.readOurs, [path, directory.path])
        let expected = dump(table, try ParquetFile(path: path))
        for reader in ["pyarrow", "duckdb", "polars"] {
            guard let lines = read("\(directory.path)/\(reader).txt") else { continue }
            expectEqual(lines, expected, reader)
        }
        #expect(read("\(directory.path)/pyarrow.txt") != nil)
    }

    @Test func `we read every value that others write`() throws {
        try runPython(PythonScripts.writeOthers, [directory.path])
        let names = directory.names.filter { $0.hasSuffix(".parquet") }.sorted()
        #expect(names.count >= 36)
        for name in names {
            let file = try ParquetFile(path: "\(directory.path)/\(name)")
            let expected = read("\(directory.path)/\(name.dropLast(8)).txt")
            let table = try kinds(of: file).read(file, step: 777)
            expectEqual(dump(table, file), expected ?? [], name)
        }
    }

    @Test func `damage to files of others is an error or changes values, and never crashes`() throws
    {
        try runPython(PythonScripts.writeOthers, [directory.path])
        var random = SeededRandom(seed: 21)
        var refused = 0
        for name in directory.names.filter({ $0.hasSuffix(".parquet") }).sorted() {
            let bytes = try bytes("\(directory.path)/\(name)")
            for _ in 0..<12 {
                var damaged = bytes
                for _ in 0..<Int.random(in: 1...40, using: &random) {
                    damaged[Int.random(in: 0..<bytes.count, using: &random)] =
                        UInt8(truncatingIfNeeded: random.next())
                }
                do {
                    let file = try ParquetFile(path: directory.file("damaged", damaged))
                    _ = try kinds(of: file).read(file)
                } catch { refused += 1 }
            }
        }
        #expect(refused > 0)
    }

    /// An empty table with the columns of the file, for reading it.
    private func kinds(of file: ParquetFile) -> TestTable {
        var table = TestTable()
        for column in file.columns {
            switch column.type {
            case .timestampMillis: table.add(column.name, .times([]))
            case .double: table.add(column.name, .numbers([]))
            case .string: table.add(column.name, .texts([]))
            }
        }
        return table
    }

    private func dump(_ table: TestTable, _ file: ParquetFile) -> [String] {
        var lines: [String] = []
        for (column, values) in zip(file.columns, table.values) {
            switch values {
            case .times(let times):
                lines.append("# \(column.name) time")
                lines += times.map { "\($0)" }
            case .numbers(let numbers):
                lines.append("# \(column.name) number")
                lines += numbers.map {
                    $0.map {
                        hexadecimal(UInt32($0 >> 32)) + hexadecimal(UInt32(truncatingIfNeeded: $0))
                    } ?? "null"
                }
            case .words(let codes, let words):
                lines.append("# \(column.name) string")
                lines += codes.map { text($0 == 0 ? nil : words[Int($0) - 1]) }
            case .texts(let texts):
                lines.append("# \(column.name) string")
                lines += texts.map(text)
            case .coded(let texts):
                lines.append("# \(column.name) string")
                lines += texts.map(text)
            }
        }
        return lines
    }

    private func text(_ string: String?) -> String {
        guard let string else { return "null" }
        return "s"
            + string.utf8.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }

    private func expectEqual(_ lines: [String], _ expected: [String], _ name: String) {
        #expect(lines.count == expected.count, "\(name)")
        var column = ""
        for (index, (line, wanted)) in zip(lines, expected).enumerated() where line != wanted {
            column = expected[...index].last { $0.hasPrefix("#") } ?? ""
            Issue.record("\(name), line \(index) in '\(column)': \(line), expected \(wanted)")
            return
        }
    }

    private func runPython(_ script: String, _ arguments: [String]) throws {
        let python = String(cString: getenv("TC_PYTHON"))
        let words = [python, "-c", script] + arguments
        var argv: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
        defer { for word in argv { free(word) } }
        var child = pid_t()
        try #require(posix_spawn(&child, python, nil, nil, &argv, environ) == 0)
        var status: Int32 = 0
        while waitpid(child, &status, 0) < 0 && errno == EINTR {}
        try #require(status == 0, "the script failed; its message is on standard error")
    }

    private func bytes(_ path: String) throws -> [UInt8] {
        let descriptor = open(path, O_RDONLY)
        try #require(descriptor >= 0)
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: Int(lseek(descriptor, 0, SEEK_END)))
        try #require(pread(descriptor, &bytes, bytes.count, 0) == bytes.count)
        return bytes
    }

    private func read(_ path: String) -> [String]? {
        guard let bytes = try? bytes(path) else { return nil }
        return bytes.split(separator: 10).map { String(decoding: $0, as: UTF8.self) }
    }
}
