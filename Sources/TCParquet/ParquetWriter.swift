import TCCore

/// Writes one Parquet file through `sink`, strictly forward.
///
/// After the row groups stand the attachments, then all page indexes, then the footer. Parquet has
/// CRCs of page bodies only, so two of our own cover the rest: one of the page indexes, among the
/// key-value metadata, and one of the footer, in the eight bytes before it. Other readers go by
/// offsets and see neither.
public final class ParquetWriter {
    private let schema: [Column]
    private let sortedBy: [Int]
    private let createdBy: String
    private let sink: (UnsafeRawBufferPointer) throws -> Void
    private var position: Int64 = 0
    private var groups: [WrittenGroup] = []
    private var attachments: [(String, String)] = []

    /// `sortedBy` are the indexes of the columns that the caller keeps every row group sorted by,
    /// ascending; they are recorded as `sorting_columns`. `createdBy` begins with "tc", by which
    /// the reader knows that the CRCs must be there, even if the mark beside them is damaged.
    /// Errors of `sink` pass through unchanged.
    public init(
        schema: [Column], sortedBy: [Int], createdBy: String,
        sink: @escaping (UnsafeRawBufferPointer) throws -> Void
    ) throws {
        precondition(createdBy.hasPrefix(FooterKey.creator), "created_by begins with 'tc'")
        precondition(sortedBy.allSatisfy(schema.indices.contains))
        precondition(schema.allSatisfy { !$0.isOptional || $0.type != .timestampMillis })
        self.schema = schema
        self.sortedBy = sortedBy
        self.createdBy = createdBy
        self.sink = sink
        try write(parquetMagic)
    }

    /// Appends one row group: a chunk for each column of the schema, in its order. No rows, no
    /// group.
    public func append(rowGroup: [EncodedColumn], rows: Int) throws {
        precondition(rowGroup.count == schema.count)
        if rows == 0 { return }
        var group = WrittenGroup(rows: rows)
        for (column, chunk) in zip(schema, rowGroup) {
            precondition(chunk.column == column && chunk.rows == rows)
            group.chunks.append(WrittenChunk(chunk, at: position))
            try write(chunk.bytes)
        }
        groups.append(group)
    }

    /// Stores bytes under a name, before the footer; they are compressed where that helps, and
    /// `ParquetFile.attachment` gives them back. Other readers ignore them.
    public func attach(_ name: String, _ bytes: [UInt8]) throws {
        var stored = bytes
        let target = Scratch<UInt8>(ZstdCompressor.bound(bytes.count))
        let length = try bytes.withUnsafeBufferPointer { bytes in
            // Level 3: attachments are small, and read whole by every point query.
            try ZstdCompressor(level: 3).compress(
                bytes.baseAddress ?? UnsafePointer(target.base), bytes.count, into: target.base)
        }
        if length < bytes.count {
            stored = Array(UnsafeBufferPointer(start: target.base, count: length))
        }
        let crc = stored.withUnsafeBytes { CRC32.checksum($0) }
        attachments.append(
            (
                FooterKey.attachment + name,
                "\(position),\(stored.count),\(hexadecimal(crc)),\(bytes.count)"
            ))
        try write(stored)
    }

    /// Writes page indexes and footer. Returns the bytes of the whole file.
    public func finish(keyValues: [(String, String)]) throws -> Int64 {
        let indexStart = position
        let indexes = placeIndexes()
        try write(indexes)
        let crc = indexes.withUnsafeBytes { CRC32.checksum($0) }
        var pairs = keyValues + attachments
        pairs.append(
            (FooterKey.pageIndexes, "\(indexStart),\(indexes.count),\(hexadecimal(crc))"))
        let footer = FooterWriter(
            schema: schema, sortedBy: sortedBy, createdBy: createdBy, groups: groups,
            keyValues: pairs
        ).bytes
        try write(FooterMark.bytes(for: footer))
        try write(footer)
        try write((0..<4).map { UInt8(truncatingIfNeeded: footer.count >> (8 * $0)) })
        try write(parquetMagic)
        return position
    }

    /// The bytes of all column indexes, then all offset indexes; notes each one's place.
    private func placeIndexes() -> [UInt8] {
        var thrift = ThriftWriter()
        for group in groups.indices {
            for chunk in groups[group].chunks.indices {
                let start = thrift.bytes.count
                guard groups[group].chunks[chunk].writeColumnIndex(to: &thrift) else { continue }
                groups[group].chunks[chunk].columnIndex = (
                    position + Int64(start), thrift.bytes.count - start
                )
            }
        }
        for group in groups.indices {
            for chunk in groups[group].chunks.indices {
                let start = thrift.bytes.count
                groups[group].chunks[chunk].writeOffsetIndex(to: &thrift)
                groups[group].chunks[chunk].offsetIndex = (
                    position + Int64(start), thrift.bytes.count - start
                )
            }
        }
        return thrift.bytes
    }

    private func write(_ bytes: [UInt8]) throws {
        try bytes.withUnsafeBytes { try sink($0) }
        position += Int64(bytes.count)
    }
}

/// The keys of our own entries in a footer's key-value metadata, and how to know our files.
enum FooterKey {
    static let creator = "tc"
    /// Followed by the attachment's name; its `StoredPlace`.
    static let attachment = "tc.attachment."
    /// The `StoredPlace` of all page indexes.
    static let pageIndexes = "tc.page_indexes"
}

/// The eight bytes before the footer of a file of ours: four that say so, and the footer's CRC.
enum FooterMark {
    static let byteCount = 8
    private static let name = Array("tcf1".utf8)

    static func bytes(for footer: [UInt8]) -> [UInt8] {
        let crc = footer.withUnsafeBytes { CRC32.checksum($0) }
        return name + (0..<4).map { UInt8(truncatingIfNeeded: crc >> (8 * $0)) }
    }

    /// Whether the bytes begin a mark, whatever its CRC.
    static func isPresent(in bytes: ArraySlice<UInt8>) -> Bool { bytes.starts(with: name) }
}

/// Where something of ours lies in a file, as a key-value pair tells it: "offset,length,crc", and
/// for what may be compressed a fourth number, its length when it is not.
struct StoredPlace {
    let range: Range<Int>
    let crc: String
    let length: Int?

    init?(_ text: String) {
        let parts = text.split(separator: ",")
        guard parts.count >= 3, let offset = Int(parts[0]), let count = Int(parts[1]),
            offset >= 0, count >= 0, count <= .max - offset
        else { return nil }
        range = offset..<offset + count
        crc = String(parts[2])
        length = parts.count > 3 ? Int(parts[3]).flatMap { $0 >= 0 ? $0 : nil } : nil
    }
}

/// Eight lower-case hexadecimal digits.
func hexadecimal(_ value: UInt32) -> String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 8 - digits.count) + digits
}
