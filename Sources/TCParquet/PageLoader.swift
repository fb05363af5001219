import TCCore

/// A page whose bytes are checked and decompressed. Its pointers live until the loader's next page.
struct LoadedPage {
    /// Which rows have a value.
    enum Nulls { case none, some, all }

    var encoding = Encoding.plain
    var rowCount = 0
    var nulls = Nulls.none
    /// Rows that have a value.
    var presentCount = 0
    var values: UnsafePointer<UInt8>
    var byteCount = 0
}

/// Fetches pages of one column: reads, checks CRC and header against the index, decompresses, and
/// decodes which rows are null.
///
/// In a file of ours a page header, which no CRC covers, must agree in every field with the footer
/// and the page indexes, which one does, or with the length of what it describes.
final class PageLoader {
    private let file: ParquetFile
    private let column: Int
    private let zstd = ZstdDecompressor()
    private let input = Scratch<UInt8>()
    /// The bytes of the file that `input` holds.
    private var buffered = 0..<0
    private let output = Scratch<UInt8>()
    let presence = Presence()

    /// Where pages follow one another, this much is read at once.
    private static let readAhead = 128 << 10

    init(file: ParquetFile, column: Int) {
        self.file = file
        self.column = column
    }

    func damaged(_ reason: String, at offset: Int) -> TCError {
        file.damaged("column \(file.columns[column].name), page at byte \(offset): \(reason)")
    }

    /// The values of the chunk's dictionary page, their bytes, and how many there should be.
    func dictionary(of chunk: StoredChunk) throws -> (UnsafePointer<UInt8>, Int, count: Int) {
        guard let offset = chunk.dictionaryPageOffset else {
            throw damaged("it needs a dictionary and there is none", at: chunk.dataPageOffset)
        }
        // Writers that give no offset index may leave gaps, so the length is the upper bound.
        let most = chunk.dataPageOffset - offset
        guard most > 0 else { throw damaged("the dictionary does not come first", at: offset) }
        try fetch(offset, most, upTo: offset + most)
        let (header, body, _) = try header(offset, most, chunk)
        guard header.type == .dictionary,
            header.encoding == .plain || header.encoding == .plainDictionary
        else { throw damaged("expected a PLAIN dictionary", at: offset) }
        let values = try decompress(
            body, header.compressedSize, to: header.uncompressedSize, chunk.codec, true, offset)
        return (values, header.uncompressedSize, header.valueCount)
    }

    /// Loads a data page.
    func load(_ place: PagePlace, of chunk: StoredChunk) throws -> LoadedPage {
        let offset = place.offset
        try fetch(offset, place.byteCount, upTo: chunk.end)
        let (header, body, _) = try header(offset, place.byteCount, chunk)
        guard header.type == .data || header.type == .dataV2 else {
            throw damaged("expected data, found a page of type \(header.type)", at: offset)
        }
        guard header.valueCount == place.rows.count else {
            throw damaged("\(header.valueCount) values in \(place.rows.count) rows", at: offset)
        }
        let isExpected =
            chunk.dictionaryPageOffset == nil
            ? chunk.encodings.contains(header.encoding) : header.encoding == .rleDictionary
        guard isExpected || !file.isOurs else {
            throw damaged("unexpected encoding \(header.encoding)", at: offset)
        }
        var page = LoadedPage(values: body)
        page.encoding = header.encoding
        page.rowCount = header.valueCount
        if header.type == .data {
            try loadVersion1(header, body, chunk, offset, &page)
        } else {
            try loadVersion2(header, body, chunk, offset, &page)
        }
        // Nulls take no memory, however many a page claims.
        guard page.presentCount <= ReaderLimits.pageRows else {
            throw damaged("\(page.presentCount) values exceed \(ReaderLimits.pageRows)", at: offset)
        }
        return page
    }

    private func loadVersion1(
        _ header: PageHeader, _ body: UnsafePointer<UInt8>, _ chunk: StoredChunk, _ offset: Int,
        _ page: inout LoadedPage
    ) throws {
        let all = try decompress(
            body, header.compressedSize, to: header.uncompressedSize, chunk.codec, true, offset)
        var levels = 0
        if file.columns[column].isOptional {
            guard header.uncompressedSize >= 4 else { throw damaged("levels missing", at: offset) }
            let length = Int(all.load(0, as: UInt32.self))
            guard length <= header.uncompressedSize - 4 else {
                throw damaged("levels end too late", at: offset)
            }
            levels = 4 + length
            try decodeLevels(all + 4, length, offset, &page)
        } else {
            page.presentCount = page.rowCount
        }
        page.values = all + levels
        page.byteCount = header.uncompressedSize - levels
    }

    private func loadVersion2(
        _ header: PageHeader, _ body: UnsafePointer<UInt8>, _ chunk: StoredChunk, _ offset: Int,
        _ page: inout LoadedPage
    ) throws {
        let levels = header.levelBytes
        let (prefix, overflow) = levels.addingReportingOverflow(header.repetitionLevelBytes)
        guard !overflow, prefix <= header.compressedSize, prefix <= header.uncompressedSize,
            !file.isOurs || prefix == (file.columns[column].isOptional ? levels : 0)
        else { throw damaged("levels end too late", at: offset) }
        if file.columns[column].isOptional {
            try decodeLevels(body + header.repetitionLevelBytes, levels, offset, &page)
        } else {
            page.presentCount = page.rowCount
        }
        guard header.nullCount == page.rowCount - page.presentCount else {
            throw damaged("its count of nulls is wrong", at: offset)
        }
        page.byteCount = header.uncompressedSize - prefix
        page.values = try decompress(
            body + prefix, header.compressedSize - prefix, to: page.byteCount, chunk.codec,
            header.isCompressed, offset)
    }

    private func decodeLevels(
        _ source: UnsafePointer<UInt8>, _ length: Int, _ offset: Int, _ page: inout LoadedPage
    ) throws {
        // A page of one run needs no bitmap, and a page of nulls only may be of any size.
        var input = VarintReader(source, length)
        if let run = input.size(), run & 1 == 0, run >> 1 == page.rowCount,
            input.position + 1 == length, source[length - 1] <= 1
        {
            page.nulls = source[length - 1] == 1 ? .none : .all
            page.presentCount = page.nulls == .none ? page.rowCount : 0
            return
        }
        guard page.rowCount <= ReaderLimits.pageRows else {
            throw damaged("\(page.rowCount) rows exceed \(ReaderLimits.pageRows)", at: offset)
        }
        guard let consumed = presence.decode(source, length, rows: page.rowCount),
            consumed == length || !file.isOurs
        else { throw damaged("its levels are malformed", at: offset) }
        page.presentCount = presence.presentCount
        page.nulls =
            page.presentCount == 0 ? .all : page.presentCount == page.rowCount ? .none : .some
    }

    /// Parses and checks the header of the page at `offset`, of which at most `most` bytes are
    /// buffered. Returns it, the page's body and the header's length.
    private func header(
        _ offset: Int, _ most: Int, _ chunk: StoredChunk
    ) throws -> (PageHeader, UnsafePointer<UInt8>, Int) {
        let start = UnsafePointer(input.base) + (offset - buffered.lowerBound)
        var thrift = ThriftReader(start, most)
        let header: PageHeader
        do { header = try PageHeader.read(&thrift) } catch {
            throw damaged("its header is malformed: \(error.reason)", at: offset)
        }
        let length = thrift.position
        let fits =
            file.isOurs
            ? header.compressedSize == most - length : header.compressedSize <= most - length
        guard fits else { throw damaged("its length is wrong", at: offset) }
        guard header.crc != nil || !file.isOurs else {
            throw damaged("its checksum is missing", at: offset)
        }
        if let crc = header.crc {
            guard CRC32.checksum(start + length, header.compressedSize) == crc else {
                throw damaged("its checksum does not match", at: offset)
            }
        }
        return (header, start + length, length)
    }

    private func decompress(
        _ source: UnsafePointer<UInt8>, _ count: Int, to length: Int, _ codec: Codec,
        _ isCompressed: Bool, _ offset: Int
    ) throws -> UnsafePointer<UInt8> {
        if codec == .uncompressed || !isCompressed {
            guard count == length else { throw damaged("its length is wrong", at: offset) }
            return source
        }
        if count == 0 && length == 0 { return source }
        output.reserve(length)
        let isWhole =
            codec == .snappy
            ? Snappy.decompress(source, count, into: output.base, length: length)
            : zstd.decompress(source, count, into: output.base, length: length)
        guard isWhole else {
            throw damaged("it does not decompress to \(length) bytes", at: offset)
        }
        return UnsafePointer(output.base)
    }

    /// Makes `input` hold `count` bytes from `offset` on. Where the last read ended just here, it
    /// reads ahead, at most to `limit`.
    private func fetch(_ offset: Int, _ count: Int, upTo limit: Int) throws {
        if buffered.lowerBound <= offset && offset + count <= buffered.upperBound { return }
        let isSequential = buffered.contains(offset) || buffered.upperBound == offset
        let wanted = isSequential ? max(count, min(PageLoader.readAhead, limit - offset)) : count
        guard count <= ReaderLimits.pageBytes else { throw damaged("it is too large", at: offset) }
        buffered = 0..<0
        input.reserve(wanted)
        try file.read(offset, wanted, into: input.base)
        buffered = offset..<offset + wanted
    }
}
