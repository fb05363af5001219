import TCCore
import TCParquet

/// Reads every column of a Parquet file and encodes them again, each on one core: what a row costs
/// the decoder and the encoder, compression and checksums included.
func benchParquet(_ arguments: [String]) throws {
    guard let path = arguments.first else {
        throw TCError(.usage, "usage: TCBench parquet FILE")
    }
    let file = try ParquetFile(path: path)
    let columns = try file.columns.indices.map { index in
        try DecodedColumn(file, index)
    }
    try measure("parquet decode") {
        for column in columns { try column.decode() }
        return Work(items: file.rowCount, bytes: file.byteCount)
    }
    let encoder = ColumnEncoder(compressionLevel: 1, rowsPerPage: 1 << 15)
    try measure("parquet encode") {
        var bytes = 0
        for column in columns { bytes += try column.encode(encoder) }
        return Work(items: file.rowCount, bytes: bytes)
    }
}

/// One column in memory, as the store keeps it there.
private final class DecodedColumn {
    private let column: Column
    private let reader: ColumnReader
    private let rows: Int
    private var times: [Int64] = []
    private var numbers: [Double] = []
    private var strings = StringColumn()

    init(_ file: ParquetFile, _ index: Int) throws {
        column = file.columns[index]
        reader = try ColumnReader(file: file, column: index)
        rows = file.rowCount
        switch column.type {
        case .timestampMillis: times = [Int64](repeating: 0, count: rows)
        case .double: numbers = [Double](repeating: 0, count: rows)
        case .string: break
        }
    }

    /// Reads all rows; times and numbers into the same memory each time.
    func decode() throws {
        switch column.type {
        case .timestampMillis:
            try times.withUnsafeMutableBufferPointer {
                try reader.readTimestamps(rows: 0..<rows, into: $0.baseAddress!)
            }
        case .double:
            try numbers.withUnsafeMutableBufferPointer {
                try reader.readDoubles(rows: 0..<rows, into: $0.baseAddress!)
            }
        case .string:
            strings.removeAll()
            try reader.readStrings(rows: 0..<rows, into: &strings)
        }
    }

    /// The bytes of the chunk.
    func encode(_ encoder: ColumnEncoder) throws -> Int {
        switch column.type {
        case .timestampMillis:
            try times.withUnsafeBufferPointer {
                try encoder.encode(column, .timestamps($0.baseAddress!), rows: rows, order: nil)
                    .byteCount
            }
        case .double:
            try numbers.withUnsafeBufferPointer {
                try encoder.encode(column, .doubles($0.baseAddress!), rows: rows, order: nil)
                    .byteCount
            }
        case .string: try encodeStrings(encoder)
        }
    }

    private func encodeStrings(_ encoder: ColumnEncoder) throws -> Int {
        try strings.offsets.withUnsafeBufferPointer { offsets in
            // A column without any text has no bytes to point at.
            try (strings.bytes + [0]).withUnsafeBufferPointer { bytes in
                let table = StringTable(
                    bytes: bytes.baseAddress!, offsets: offsets.baseAddress!, count: rows)
                return try encoder.encode(column, .strings(table), rows: rows, order: nil).byteCount
            }
        }
    }
}
