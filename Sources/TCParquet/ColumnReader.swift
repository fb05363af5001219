import TCCore

/// Reads ranges of one column of one file, cheapest in ascending order: the current page stays
/// decompressed and the dictionary decoded. One per thread.
///
/// Rows are numbered over the whole file; a range may span pages and row groups and must lie in
/// `0..<file.rowCount`. Destinations hold `rows.count` values.
public final class ColumnReader {
    public init(file: ParquetFile, column: Int) throws { fatalError("being written") }

    public func readTimestamps(rows: Range<Int>, into target: UnsafeMutablePointer<Int64>) throws {
        fatalError("being written")
    }

    /// Null is NaN.
    public func readDoubles(rows: Range<Int>, into target: UnsafeMutablePointer<Double>) throws {
        fatalError("being written")
    }

    /// Null is 0, else the index in `entries` plus one. A word that is not among `entries` is an
    /// error that names the file and the value.
    public func readWords(
        rows: Range<Int>, into target: UnsafeMutablePointer<UInt8>, entries: [String]
    ) throws { fatalError("being written") }

    /// Appends one string a row, empty where null.
    public func readStrings(rows: Range<Int>, into target: inout StringColumn) throws {
        fatalError("being written")
    }

    /// Calls `body` for each maximal run of equal strings, in row order; null counts as empty. Cost
    /// grows with the runs, not the rows, where the column is dictionary coded and sorted.
    ///
    /// The bytes are borrowed for the call.
    public func forEachRun(
        rows: Range<Int>, _ body: (UnsafeBufferPointer<UInt8>, Range<Int>) throws -> Void
    ) throws { fatalError("being written") }
}
