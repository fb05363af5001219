import Glibc
import TCCore

@testable import TCParquet

/// Deterministic randomness for tests (SplitMix64).
struct SeededRandom: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}

/// A column's values as plain Swift, the oracle of every round trip.
enum TestValues: Equatable {
    case times([Int64])
    /// By bit pattern, so that -0.0 and 0.0 differ; nil is null.
    case numbers([UInt64?])
    /// Codes as `ColumnInput.words` has them, and the words.
    case words([UInt8], [String])
    case texts([String?])
    /// As `texts`, but handed over as codes into distinct entries.
    case coded([String])

    var count: Int {
        switch self {
        case .times(let values): values.count
        case .numbers(let values): values.count
        case .words(let values, _): values.count
        case .texts(let values): values.count
        case .coded(let values): values.count
        }
    }

    static func doubles(_ values: [Double?]) -> TestValues {
        .numbers(values.map { $0.map(\.bitPattern) })
    }

    var reversed: TestValues {
        switch self {
        case .times(let values): .times(values.reversed())
        case .numbers(let values): .numbers(values.reversed())
        case .words(let values, let words): .words(values.reversed(), words)
        case .texts(let values): .texts(values.reversed())
        case .coded(let values): .coded(values.reversed())
        }
    }

    subscript(rows: Range<Int>) -> TestValues {
        switch self {
        case .times(let values): .times(Array(values[rows]))
        case .numbers(let values): .numbers(Array(values[rows]))
        case .words(let values, let words): .words(Array(values[rows]), words)
        case .texts(let values): .texts(Array(values[rows]))
        case .coded(let values): .coded(Array(values[rows]))
        }
    }
}

/// A table that can be written through the encoder and read back.
struct TestTable: Equatable {
    var columns: [Column] = []
    var values: [TestValues] = []
    var rows: Int { values.first?.count ?? 0 }

    mutating func add(_ name: String, _ values: TestValues, isOptional: Bool = true) {
        let type: ColumnType
        switch values {
        case .times: type = .timestampMillis
        case .numbers: type = .double
        case .words, .texts, .coded: type = .string
        }
        let canBeNull = isOptional && type != .timestampMillis
        columns.append(Column(name: name, type: type, isOptional: canBeNull))
        self.values.append(values)
    }

    /// The file's bytes, in row groups of `groupRows`; where `isPermuted`, the inputs are reversed
    /// and gathered through a permutation that reverses them again.
    func bytes(
        groupRows: Int = .max, rowsPerPage: Int = 128, level: Int32 = 1, isPermuted: Bool = false,
        attachments: [(String, [UInt8])] = []
    ) throws -> [UInt8] {
        var file: [UInt8] = []
        let writer = try ParquetWriter(
            schema: columns, sortedBy: [], createdBy: "tc test"
        ) { file.append(contentsOf: $0) }
        let encoder = ColumnEncoder(compressionLevel: level, rowsPerPage: rowsPerPage)
        var start = 0
        while start < rows {
            let count = min(groupRows, rows - start)
            var order = (start..<start + count).map { UInt32($0) }
            if isPermuted { order = order.map { UInt32(rows - 1) - $0 } }
            let chunks = try zip(columns, values).map { column, values in
                try encode(
                    encoder, column, isPermuted ? values.reversed : values, count,
                    start == 0 && !isPermuted && count == rows ? nil : order)
            }
            try writer.append(rowGroup: chunks, rows: count)
            start += count
        }
        for (name, bytes) in attachments { try writer.attach(name, bytes) }
        let length = try writer.finish(keyValues: [("tc.test", "yes")])
        precondition(length == file.count)
        return file
    }

    private func encode(
        _ encoder: ColumnEncoder, _ column: Column, _ values: TestValues, _ rows: Int,
        _ order: [UInt32]?
    ) throws -> EncodedColumn {
        func run(_ input: ColumnInput) throws -> EncodedColumn {
            guard let order else {
                return try encoder.encode(column, input, rows: rows, order: nil)
            }
            return try order.withUnsafeBufferPointer {
                try encoder.encode(column, input, rows: rows, order: $0.baseAddress!)
            }
        }
        switch values {
        case .times(let times):
            return try times.withUnsafeBufferPointer { try run(.timestamps($0.baseAddress!)) }
        case .numbers(let bits):
            if bits.allSatisfy({ $0 == nil }) { return try run(.absent) }
            let doubles = bits.map { $0.map(Double.init(bitPattern:)) ?? .nan }
            return try doubles.withUnsafeBufferPointer { try run(.doubles($0.baseAddress!)) }
        case .words(let codes, let words):
            return try codes.withUnsafeBufferPointer { codes in
                try withTable(words) { try run(.words(codes: codes.baseAddress!, entries: $0)) }
            }
        case .texts(let texts):
            return try withTable(texts.map { $0 ?? "" }) { try run(.strings($0)) }
        case .coded(let texts):
            let entries = Set(texts).sorted()
            let numbers = Dictionary(uniqueKeysWithValues: zip(entries, UInt32(0)...))
            let codes = texts.map { numbers[$0]! }
            return try codes.withUnsafeBufferPointer { codes in
                try withTable(entries) {
                    try run(.dictionary(codes: codes.baseAddress!, entries: $0))
                }
            }
        }
    }

    /// What is damaged may differ in shape from what was written.
    struct Mismatch: Error {}

    /// Reads every row of the file, in pieces of `step` rows, into values of this table's kinds.
    func read(_ file: ParquetFile, step: Int = .max) throws -> TestTable {
        guard file.columns.map(\.type) == columns.map(\.type) else { throw Mismatch() }
        var result = TestTable()
        result.columns = file.columns
        for (index, kind) in values.enumerated() {
            let reader = try ColumnReader(file: file, column: index)
            result.values.append(try TestTable.read(reader, kind, 0..<file.rowCount, step))
        }
        return result
    }

    /// Reads some rows of one column.
    static func read(
        _ reader: ColumnReader, _ kind: TestValues, _ rows: Range<Int>, _ step: Int
    ) throws -> TestValues {
        // What is damaged may claim any number of rows; the tests' tables are small.
        guard rows.count <= 1 << 22 else { throw Mismatch() }
        var pieces: [Range<Int>] = []
        var start = rows.lowerBound
        while start < rows.upperBound {
            let end = start + min(step, rows.upperBound - start)
            pieces.append(start..<end)
            start = end
        }
        func fill<T>(
            _ zero: T, _ body: (Range<Int>, UnsafeMutablePointer<T>) throws -> Void
        ) rethrows -> [T] {
            var values = [T](repeating: zero, count: rows.count)
            try values.withUnsafeMutableBufferPointer { target in
                for piece in pieces {
                    try body(piece, target.baseAddress! + piece.lowerBound - rows.lowerBound)
                }
            }
            return values
        }
        switch kind {
        case .times:
            return .times(try fill(0) { try reader.readTimestamps(rows: $0, into: $1) })
        case .numbers:
            let doubles = try fill(0.0) { try reader.readDoubles(rows: $0, into: $1) }
            return .numbers(doubles.map { $0.isNaN ? nil : $0.bitPattern })
        case .words(_, let words):
            let codes = try fill(UInt8(0)) {
                try reader.readWords(rows: $0, into: $1, entries: words)
            }
            return .words(codes, words)
        case .texts, .coded:
            var column = StringColumn()
            for piece in pieces { try reader.readStrings(rows: piece, into: &column) }
            let texts = (0..<column.count).map { index in
                let place = Int(column.offsets[index])..<Int(column.offsets[index + 1])
                return String(decoding: column.bytes[place], as: UTF8.self)
            }
            if case .coded = kind { return .coded(texts) }
            return .texts(texts.map { $0.isEmpty ? nil : $0 })
        }
    }
}

/// Lends the strings as a `StringTable`.
func withTable<Result>(
    _ strings: [String], _ body: (StringTable) throws -> Result
) rethrows -> Result {
    var bytes: [UInt8] = []
    var offsets: [UInt32] = [0]
    for string in strings {
        bytes.append(contentsOf: string.utf8)
        offsets.append(UInt32(bytes.count))
    }
    bytes.append(0)
    return try bytes.withUnsafeBufferPointer { bytes in
        try offsets.withUnsafeBufferPointer { offsets in
            try body(
                StringTable(
                    bytes: bytes.baseAddress!, offsets: offsets.baseAddress!, count: strings.count))
        }
    }
}

/// A directory of its own for one test, removed with it.
final class TestDirectory: Sendable {
    let path: String

    init() {
        var template = Array("/tmp/tc-parquet-XXXXXX".utf8CString)
        path = template.withUnsafeMutableBufferPointer { String(cString: mkdtemp($0.baseAddress!)) }
    }

    deinit {
        for name in names { unlink("\(path)/\(name)") }
        rmdir(path)
    }

    /// The names of the files in it.
    var names: [String] {
        guard let directory = opendir(path) else { return [] }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != "." && name != ".." { names.append(name) }
        }
        return names
    }

    func file(_ name: String, _ bytes: [UInt8]) -> String {
        let path = "\(path)/\(name)"
        let descriptor = open(path, O_CREAT | O_TRUNC | O_WRONLY, 0o600)
        precondition(descriptor >= 0)
        defer { close(descriptor) }
        let written = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
        precondition(written == bytes.count)
        return path
    }
}
