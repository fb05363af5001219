import TCCore

/// Writes one Parquet file through `sink`, strictly forward.
public final class ParquetWriter {
    /// `sortedBy` are the indexes of the columns that the caller keeps every row group sorted by,
    /// ascending; they are recorded as `sorting_columns`. Errors of `sink` pass through unchanged.
    public init(
        schema: [Column], sortedBy: [Int], createdBy: String,
        sink: @escaping (UnsafeRawBufferPointer) throws -> Void
    ) throws {
        fatalError("being written")
    }

    /// Appends one row group: a chunk for each column of the schema, in its order.
    public func append(rowGroup: [EncodedColumn], rows: Int) throws { fatalError("being written") }

    /// Stores bytes under a name, before the footer; they are compressed where that helps, and
    /// `ParquetFile.attachment` gives them back. Other readers ignore them.
    public func attach(_ name: String, _ bytes: [UInt8]) throws { fatalError("being written") }

    /// Writes page indexes and footer. Returns the bytes of the whole file.
    public func finish(keyValues: [(String, String)]) throws -> Int64 { fatalError("being written") }
}
