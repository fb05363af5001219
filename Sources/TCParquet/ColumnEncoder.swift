import TCCore

/// One encoded column chunk, ready to be appended to a file.
public struct EncodedColumn: Sendable {
    /// Bytes that the chunk will take in the file, page headers included.
    public var byteCount: Int { 0 }
}

/// Encodes column chunks. One per worker thread: it owns its zstd context and scratch.
public final class ColumnEncoder {
    /// `compressionLevel` is zstd's, 1 to 19; `rowsPerPage` is at least 128.
    public init(compressionLevel: Int32, rowsPerPage: Int) {}

    /// Encodes rows `order[0..<rows]` (or `0..<rows` where `order` is nil) of `input` as one chunk.
    ///
    /// The permutation lets the caller sort without moving data: the encoder gathers page by page
    /// into cache-hot scratch.
    public func encode(
        _ column: Column, _ input: ColumnInput, rows: Int, order: UnsafePointer<UInt32>?
    ) throws(TCError) -> EncodedColumn {
        fatalError("being written")
    }
}
