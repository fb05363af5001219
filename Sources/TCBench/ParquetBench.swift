import Glibc
import TCCore
import TCParquet

/// `TCBench parquet FILE [LEVEL [ROWS-PER-PAGE]]`: decodes each column of the file, and
/// encodes its first million rows again from the order in which they came (by time), through the
/// permutation that sorts them as the file has them. One JSON line a column, and one for all:
/// nanoseconds of CPU time and bytes, both a row.
func benchParquet(_ arguments: [String]) throws {
    guard let path = arguments.first else {
        throw TCError(.usage, "usage: TCBench parquet FILE [LEVEL [ROWS-PER-PAGE]]")
    }
    let level = arguments.count > 1 ? Int32(arguments[1]) ?? 1 : 1
    let rowsPerPage = arguments.count > 2 ? Int(arguments[2]) ?? 16_384 : 16_384
    let file = try ParquetFile(path: path)
    let rows = min(file.rowCount, 1 << 20)
    guard rows > 0 else { throw TCError(.badInput, "\(path): there are no rows") }
    let order = try arrivalOrder(file, rows)
    let encoder = ColumnEncoder(compressionLevel: level, rowsPerPage: rowsPerPage)
    var total = (encode: 0.0, decode: 0.0, bytes: 0.0)
    for (index, column) in file.columns.enumerated() {
        let values = try BenchColumn(file, index, rows, order)
        let decode = try medianNanoseconds { try values.decode(file, index, rows) } / Double(rows)
        var bytes = 0
        let encode =
            try medianNanoseconds {
                bytes = try values.encode(encoder, column, rows, order).byteCount
            } / Double(rows)
        report(column.name, encode, decode, Double(bytes) / Double(rows))
        total.encode += encode
        total.decode += decode
        total.bytes += Double(bytes) / Double(rows)
    }
    report("all", total.encode, total.decode, total.bytes)
}

private func report(_ column: String, _ encode: Double, _ decode: Double, _ bytes: Double) {
    func rounded(_ value: Double) -> Double { (value * 1000).rounded() / 1000 }
    print(
        "{\"part\":\"parquet\",\"column\":\"\(column)\",\"encode_ns\":\(rounded(encode)),"
            + "\"decode_ns\":\(rounded(decode)),\"bytes_per_row\":\(rounded(bytes))}")
}

/// The median of five runs.
private func medianNanoseconds(_ body: () throws -> Void) rethrows -> Double {
    median(
        try (0..<5).map { _ in
            let began = processorSeconds()
            try body()
            return (processorSeconds() - began) * 1e9
        })
}

/// For each row of the file its place among the rows in the order of their times.
private func arrivalOrder(_ file: ParquetFile, _ rows: Int) throws -> [UInt32] {
    guard let column = file.columns.firstIndex(where: { $0.type == .timestampMillis }) else {
        return (0..<UInt32(rows)).map { $0 }
    }
    var times = [Int64](repeating: 0, count: rows)
    try ColumnReader(file: file, column: column).readTimestamps(rows: 0..<rows, into: &times)
    let arrival = (0..<UInt32(rows)).sorted { times[Int($0)] < times[Int($1)] }
    var places = [UInt32](repeating: 0, count: rows)
    for (place, row) in arrival.enumerated() { places[Int(row)] = UInt32(place) }
    return places
}

/// A column in memory, its rows where `order` will look for them, in the form in which an ingest
/// hands it to the encoder.
private enum BenchColumn {
    case absent
    case times([Int64])
    case numbers([Double])
    case words([UInt8], StringColumn)
    case coded([UInt32], StringColumn)
    case texts(StringColumn)

    init(_ file: ParquetFile, _ index: Int, _ rows: Int, _ order: [UInt32]) throws {
        let reader = try ColumnReader(file: file, column: index)
        let column = file.columns[index]
        switch column.type {
        case .timestampMillis:
            var read = [Int64](repeating: 0, count: rows)
            try reader.readTimestamps(rows: 0..<rows, into: &read)
            var values = read
            for row in 0..<rows { values[Int(order[row])] = read[row] }
            self = .times(values)
        case .double:
            var read = [Double](repeating: 0, count: rows)
            try reader.readDoubles(rows: 0..<rows, into: &read)
            var values = read
            for row in 0..<rows { values[Int(order[row])] = read[row] }
            self = values.allSatisfy(\.isNaN) ? .absent : .numbers(values)
        case .string:
            let (codes, entries) = try BenchColumn.codes(reader, rows, order)
            if !column.isOptional {
                self = .coded(codes, entries)
            } else if entries.count == 1 && entries.offsets[1] == 0 {
                self = .absent
            } else if entries.count <= 255 {
                let nulls = (0..<entries.count).map {
                    entries.offsets[$0] == entries.offsets[$0 + 1]
                }
                self = .words(codes.map { nulls[Int($0)] ? 0 : UInt8($0 + 1) }, entries)
            } else {
                self = .texts(BenchColumn.spelledOut(codes, entries))
            }
        }
    }

    /// A string column as numbers into its distinct strings.
    private static func codes(
        _ reader: ColumnReader, _ rows: Int, _ order: [UInt32]
    ) throws -> ([UInt32], StringColumn) {
        var numbers: [[UInt8]: UInt32] = [:]
        var entries = StringColumn()
        var codes = [UInt32](repeating: 0, count: rows)
        try reader.forEachRun(rows: 0..<rows) { bytes, run in
            let text = Array(bytes)
            let code = numbers[text] ?? UInt32(entries.count)
            if numbers.updateValue(code, forKey: text) == nil {
                entries.bytes.append(contentsOf: text)
                entries.offsets.append(UInt32(entries.bytes.count))
            }
            for row in run { codes[Int(order[row])] = code }
        }
        return (codes, entries)
    }

    private static func spelledOut(_ codes: [UInt32], _ entries: StringColumn) -> StringColumn {
        var texts = StringColumn()
        for code in codes.map(Int.init) {
            let place = Int(entries.offsets[code])..<Int(entries.offsets[code + 1])
            texts.bytes.append(contentsOf: entries.bytes[place])
            texts.offsets.append(UInt32(texts.bytes.count))
        }
        return texts
    }

    /// Reads the first rows, in the pieces that a scan would ask for.
    func decode(_ file: ParquetFile, _ index: Int, _ rows: Int) throws {
        let reader = try ColumnReader(file: file, column: index)
        let step = 1 << 16
        switch file.columns[index].type {
        case .timestampMillis:
            var times = [Int64](repeating: 0, count: step)
            for start in stride(from: 0, to: rows, by: step) {
                try reader.readTimestamps(rows: start..<min(start + step, rows), into: &times)
            }
        case .double:
            var numbers = [Double](repeating: 0, count: step)
            for start in stride(from: 0, to: rows, by: step) {
                try reader.readDoubles(rows: start..<min(start + step, rows), into: &numbers)
            }
        case .string: try reader.forEachRun(rows: 0..<rows) { _, _ in }
        }
    }

    func encode(
        _ encoder: ColumnEncoder, _ column: Column, _ rows: Int, _ order: [UInt32]
    ) throws -> EncodedColumn {
        try order.withUnsafeBufferPointer { order in
            func run(_ input: ColumnInput) throws -> EncodedColumn {
                try encoder.encode(column, input, rows: rows, order: order.baseAddress!)
            }
            switch self {
            case .absent: return try run(.absent)
            case .times(let values):
                return try values.withUnsafeBufferPointer {
                    try run(.timestamps($0.baseAddress!))
                }
            case .numbers(let values):
                return try values.withUnsafeBufferPointer { try run(.doubles($0.baseAddress!)) }
            case .words(let codes, let entries):
                return try codes.withUnsafeBufferPointer { codes in
                    try entries.withTable {
                        try run(.words(codes: codes.baseAddress!, entries: $0))
                    }
                }
            case .coded(let codes, let entries):
                return try codes.withUnsafeBufferPointer { codes in
                    try entries.withTable {
                        try run(.dictionary(codes: codes.baseAddress!, entries: $0))
                    }
                }
            case .texts(let texts): return try texts.withTable { try run(.strings($0)) }
            }
        }
    }
}

extension StringColumn {
    fileprivate func withTable<Result>(_ body: (StringTable) throws -> Result) rethrows -> Result {
        // A column of empty strings has no bytes to point at.
        try (bytes + [0]).withUnsafeBufferPointer { bytes in
            try offsets.withUnsafeBufferPointer { offsets in
                try body(
                    StringTable(
                        bytes: bytes.baseAddress!, offsets: offsets.baseAddress!, count: count))
            }
        }
    }
}
