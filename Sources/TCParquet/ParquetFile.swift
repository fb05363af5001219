import TCCore

/// A bound of a page's or chunk's values. Strings are their UTF-8 bytes and may be shortened.
public enum Bound: Sendable, Equatable {
    case timestamp(Int64)
    case double(Double)
    case string([UInt8])
}

/// What the file says of one page, or of one whole column chunk.
public struct PageInfo: Sendable, Equatable {
    /// The page's rows, numbered over the whole file.
    public let rows: Range<Int>
    /// nil where the file does not say.
    public let nullCount: Int?
    /// No value is smaller; nil where all are null or the file does not say.
    public let minimum: Bound?
    /// No value is larger; nil where all are null or the file does not say.
    public let maximum: Bound?
}

/// A horizontal slice of a file.
public struct RowGroup: Sendable, Equatable {
    /// The group's rows, numbered over the whole file.
    public let rows: Range<Int>
    /// Bytes of its column chunks in the file.
    public let byteCount: Int
}

/// An open Parquet file: footer parsed, everything else read on demand with `pread`.
///
/// Thread-safe and immutable; it owns the descriptor, so the data stays readable after an unlink.
/// Every error is a `TCError(.io)` that names the file.
public final class ParquetFile: Sendable {
    public let path: String
    public let byteCount: Int
    public let rowCount: Int
    public let columns: [Column]
    public let rowGroups: [RowGroup]
    public let keyValues: [String: String]

    /// Opens the file and parses its footer only.
    public init(path: String) throws { fatalError("being written") }

    /// The bytes that `ParquetWriter.attach` stored under the name, checked against their CRC; nil
    /// where the file has none.
    public func attachment(_ name: String) throws -> [UInt8]? { fatalError("being written") }

    /// The statistics of a whole column chunk, from the footer.
    public func chunk(rowGroup: Int, column: Int) -> PageInfo { fatalError("being written") }

    /// The pages of a column chunk, from its page indexes; without indexes the page headers are
    /// read, and bounds are nil.
    public func pages(rowGroup: Int, column: Int) throws -> [PageInfo] {
        fatalError("being written")
    }
}
