import TCCore

/// One page of an encoded chunk, as the page indexes describe it.
struct EncodedPage: Sendable {
    /// From the chunk's first byte to the page's header.
    var offset: Int
    /// Header and body.
    var byteCount: Int
    var rows: Int
    var nullCount: Int
    /// nil where every row is null.
    var bounds: Bounds?
}

/// One encoded column chunk, ready to be appended to a file.
public struct EncodedColumn: Sendable {
    let column: Column
    var bytes: [UInt8] = []
    var rows = 0
    var nullCount = 0
    /// The dictionary page with its header; 0 where there is none.
    var dictionaryByteCount = 0
    /// What the pages would take without compression, headers included.
    var uncompressedByteCount = 0
    var encoding = Encoding.plain
    var pages: [EncodedPage] = []
    var bounds: Bounds?

    init(_ column: Column) { self.column = column }

    /// Bytes that the chunk will take in the file, page headers included.
    public var byteCount: Int { bytes.count }
}

/// Turns encoded values into pages: compresses what gains by it, writes headers and CRCs, and keeps
/// the account that the indexes need.
struct ChunkBuilder {
    private(set) var chunk: EncodedColumn
    private let compressor: ZstdCompressor
    private let body: Scratch<UInt8>
    private var header = ThriftWriter()

    /// `body` is scratch that the builder may overwrite.
    init(_ column: Column, encoding: Encoding, compressor: ZstdCompressor, body: Scratch<UInt8>) {
        chunk = EncodedColumn(column)
        chunk.encoding = encoding
        self.compressor = compressor
        self.body = body
    }

    /// A dictionary page of PLAIN values. It carries no flag for being compressed, so it always is.
    mutating func addDictionary(
        _ values: UnsafePointer<UInt8>, _ byteCount: Int, entries: Int
    ) throws(TCError) {
        try check(byteCount)
        body.reserve(ZstdCompressor.bound(byteCount))
        let length = try compressor.compress(values, byteCount, into: body.base)
        var page = PageHeader()
        page.type = .dictionary
        page.valueCount = entries
        page.encoding = .plain
        page.uncompressedSize = byteCount
        append(&page, length)
        chunk.dictionaryByteCount = chunk.bytes.count
    }

    /// A version 2 data page. `levels` are empty in a required column.
    mutating func addPage(
        _ values: UnsafePointer<UInt8>, _ byteCount: Int, levels: UnsafeBufferPointer<UInt8>,
        rows: Int, nullCount: Int, bounds: Bounds?
    ) throws(TCError) {
        try check(byteCount + levels.count)
        body.reserve(levels.count + ZstdCompressor.bound(byteCount))
        if let base = levels.baseAddress { body.base.update(from: base, count: levels.count) }
        var page = PageHeader()
        page.valueCount = rows
        page.nullCount = nullCount
        page.encoding = chunk.encoding
        page.levelBytes = levels.count
        page.uncompressedSize = levels.count + byteCount
        let target = body.base + levels.count
        var length = byteCount == 0 ? 0 : try compressor.compress(values, byteCount, into: target)
        // A saving of under 2 % is not worth decompressing.
        if length * 50 >= byteCount * 49 {
            page.isCompressed = false
            length = byteCount
            target.update(from: values, count: byteCount)
        }
        let offset = chunk.bytes.count
        append(&page, levels.count + length)
        chunk.pages.append(
            EncodedPage(
                offset: offset, byteCount: chunk.bytes.count - offset, rows: rows,
                nullCount: nullCount, bounds: bounds))
        chunk.rows += rows
        chunk.nullCount += nullCount
        if let bounds { chunk.bounds = chunk.bounds.map { $0.union(bounds) } ?? bounds }
    }

    private mutating func append(_ page: inout PageHeader, _ length: Int) {
        page.compressedSize = length
        page.crc = CRC32.checksum(body.base, length)
        header.removeAll()
        page.write(to: &header)
        chunk.bytes.append(contentsOf: header.bytes)
        chunk.bytes.append(body.base, length)
        chunk.uncompressedByteCount += header.bytes.count + page.uncompressedSize
    }

    private func check(_ byteCount: Int) throws(TCError) {
        guard byteCount <= ReaderLimits.pageBytes else {
            throw TCError(
                .badInput,
                "column \(chunk.column.name): a page of \(byteCount) bytes exceeds the limit of "
                    + "\(ReaderLimits.pageBytes)", hint: "use a smaller batch")
        }
    }
}
