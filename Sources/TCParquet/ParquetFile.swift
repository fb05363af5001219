import Glibc
import Synchronization
import TCCore

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
/// Every error is a `TCError(.io)` that names the file. In a file of our own writer every byte that
/// decides an answer is covered by a CRC; in another's, what that writer covered.
public final class ParquetFile: Sendable {
    public let path: String
    public let byteCount: Int
    public let rowCount: Int
    public let columns: [Column]
    public let rowGroups: [RowGroup]
    public let keyValues: [String: String]

    let stored: [StoredColumn]
    let chunks: [[StoredChunk]]
    /// Whether our own writer made the file.
    let isOurs: Bool
    private let descriptor: Int32
    /// All page indexes of a file of ours: read and checked once, when first needed.
    private let indexes = Mutex<[UInt8]?>(nil)

    /// Opens the file and parses its footer only.
    public init(path: String) throws {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw TCError(.io, "\(path): cannot be opened: \(String(cString: strerror(errno)))")
        }
        do {
            var status = stat()
            guard fstat(descriptor, &status) == 0 else {
                throw TCError(.io, "\(path): cannot be read: \(String(cString: strerror(errno)))")
            }
            let size = Int(status.st_size)
            let footer = try ParquetFile.readFooter(descriptor, path, size)
            self.path = path
            self.descriptor = descriptor
            byteCount = size
            rowCount = footer.rowCount
            stored = footer.columns
            columns = footer.columns.map(\.column)
            chunks = footer.groups.map(\.chunks)
            keyValues = footer.keyValues
            isOurs = footer.createdBy.hasPrefix(FooterKey.creator)
            var groups: [RowGroup] = []
            for group in footer.groups {
                let start = groups.last?.rows.upperBound ?? 0
                groups.append(
                    RowGroup(
                        rows: start..<start + group.rows,
                        byteCount: group.chunks.reduce(0) { $0 &+ $1.byteCount }))
            }
            rowGroups = groups
        } catch {
            close(descriptor)
            throw error
        }
    }

    deinit { close(descriptor) }

    private static func readFooter(_ file: Int32, _ path: String, _ size: Int) throws -> Footer {
        func damaged(_ reason: String) -> TCError {
            TCError(.io, "\(path): not a whole Parquet file: \(reason)")
        }
        guard size >= 12 else { throw damaged("\(size) bytes are too few") }
        // One read serves most footers; a longer one takes a second.
        var start = max(size - 32 << 10, 0)
        var tail = try readBytes(file, path, start, size - start)
        guard tail.suffix(4).elementsEqual(parquetMagic) else {
            throw damaged("it does not end with PAR1")
        }
        let length = tail.suffix(8).prefix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
        guard length <= size - 12, length <= ReaderLimits.metadataBytes else {
            throw damaged("a footer of \(length) bytes does not fit")
        }
        // With the place where a file of ours has its mark.
        let whole = min(FooterMark.byteCount + length + 8, size)
        if whole > tail.count {
            start = size - whole
            tail = try readBytes(file, path, start, whole)
        }
        guard try readBytes(file, path, 0, 4).elementsEqual(parquetMagic) else {
            throw damaged("it does not begin with PAR1")
        }
        let place = tail.count - 8 - length
        let footer: Footer
        do {
            footer = try tail.withUnsafeBufferPointer { tail throws(ThriftReader.Malformed) in
                try Footer(tail.baseAddress! + place, length, dataEnd: size - 8 - length)
            }
        } catch {
            throw damaged("its footer is damaged: \(error.reason)")
        }
        let mark = tail[max(place - FooterMark.byteCount, 0)..<place]
        let isMarked = FooterMark.isPresent(in: mark)
        if isMarked || footer.createdBy.hasPrefix(FooterKey.creator) {
            guard mark.elementsEqual(FooterMark.bytes(for: Array(tail[place..<place + length])))
            else { throw damaged("the checksum of its footer does not match") }
        }
        return footer
    }

    /// The bytes that `ParquetWriter.attach` stored under the name, checked against their CRC; nil
    /// where the file has none, and in files that another writer made, even if it copied our keys.
    public func attachment(_ name: String) throws -> [UInt8]? {
        guard isOurs, let place = keyValues[FooterKey.attachment + name] else { return nil }
        guard let place = StoredPlace(place), let count = place.length,
            place.range.upperBound <= byteCount, count <= ReaderLimits.metadataBytes
        else { throw damaged("the place of attachment \(name) is '\(place)'") }
        let storedCount = place.range.count
        let stored = try bytes(place.range.lowerBound, storedCount)
        guard hexadecimal(stored.withUnsafeBytes { CRC32.checksum($0) }) == place.crc else {
            throw damaged("the checksum of attachment \(name) does not match")
        }
        if storedCount == count { return stored }
        return try [UInt8](unsafeUninitializedCapacity: count) { target, initialized in
            let isWhole = stored.withUnsafeBufferPointer { stored in
                guard let source = stored.baseAddress, let target = target.baseAddress else {
                    return false
                }
                return ZstdDecompressor().decompress(
                    source, storedCount, into: target, length: count)
            }
            guard isWhole else { throw damaged("attachment \(name) does not decompress") }
            initialized = count
        }
    }

    /// The statistics of a whole column chunk, from the footer.
    public func chunk(rowGroup: Int, column: Int) -> PageInfo {
        let chunk = chunks[rowGroup][column]
        return PageInfo(
            rows: rowGroups[rowGroup].rows, nullCount: chunk.nullCount,
            minimum: chunk.minimum.flatMap { bound($0, column) },
            maximum: chunk.maximum.flatMap { bound($0, column) })
    }

    /// The pages of a column chunk, from its page indexes; without indexes the page headers are
    /// read, and bounds are nil.
    public func pages(rowGroup: Int, column: Int) throws -> [PageInfo] {
        let chunk = chunks[rowGroup][column]
        let start = rowGroups[rowGroup].rows.lowerBound
        let places = try pagePlaces(rowGroup: rowGroup, column: column)
        var index: ColumnIndex?
        if chunk.offsetIndex != nil, let place = chunk.columnIndex {
            index = try withIndex(place, column) { thrift throws(ThriftReader.Malformed) in
                try ColumnIndex(&thrift, pageCount: places.count)
            }
        }
        return places.indices.map { page in
            let isNull = index?.isNull[page] ?? true
            return PageInfo(
                rows: places[page].rows.lowerBound + start..<places[page].rows.upperBound + start,
                nullCount: index?.nullCounts?[page],
                minimum: isNull ? nil : bound(index!.minima[page], column),
                maximum: isNull ? nil : bound(index!.maxima[page], column))
        }
    }

    /// Where the pages of a chunk lie, rows numbered within the group.
    func pagePlaces(rowGroup: Int, column: Int) throws -> [PagePlace] {
        let chunk = chunks[rowGroup][column]
        let rows = rowGroups[rowGroup].rows.count
        guard let place = chunk.offsetIndex else {
            return try walkPages(chunk, rowCount: rows, column: column)
        }
        return try withIndex(place, column) { thrift throws(ThriftReader.Malformed) in
            try readOffsetIndex(&thrift, chunk, rowCount: rows)
        }
    }

    private func withIndex<Result>(
        _ place: Range<Int>, _ column: Int,
        _ body: (inout ThriftReader) throws(ThriftReader.Malformed) -> Result
    ) throws -> Result {
        let (bytes, start) = try indexBytes(place)
        do {
            return try bytes.withUnsafeBufferPointer { bytes throws(ThriftReader.Malformed) in
                var thrift = ThriftReader(
                    bytes.baseAddress! + place.lowerBound - start, place.count)
                return try body(&thrift)
            }
        } catch {
            throw damaged("column \(columns[column].name): page index: \(error.reason)")
        }
    }

    /// Bytes of the file that hold the index at `place`, and where they begin.
    private func indexBytes(_ place: Range<Int>) throws -> ([UInt8], Int) {
        guard isOurs else { return (try bytes(place.lowerBound, place.count), place.lowerBound) }
        guard let all = keyValues[FooterKey.pageIndexes].flatMap(StoredPlace.init),
            all.range.upperBound <= byteCount, all.range.lowerBound <= place.lowerBound,
            place.upperBound <= all.range.upperBound
        else { throw damaged("the place of the page indexes is missing") }
        let offset = all.range.lowerBound
        return try indexes.withLock { indexes in
            if let bytes = indexes { return (bytes, offset) }
            let bytes = try bytes(offset, all.range.count)
            guard hexadecimal(bytes.withUnsafeBytes { CRC32.checksum($0) }) == all.crc else {
                throw damaged("the checksum of the page indexes does not match")
            }
            indexes = bytes
            return (bytes, offset)
        }
    }

    private func bound(_ bytes: [UInt8], _ column: Int) -> Bound? {
        let column = stored[column]
        guard column.physical == column.column.type.physical, !column.isMicroseconds else {
            return nil
        }
        return Bound(stored: bytes, column.column.type)
    }

    func damaged(_ reason: String) -> TCError { TCError(.io, "\(path): damaged: \(reason)") }

    /// Exactly these bytes of the file.
    func bytes(_ offset: Int, _ count: Int) throws -> [UInt8] {
        try ParquetFile.readBytes(descriptor, path, offset, count)
    }

    /// Reads exactly these bytes of the file into `target`.
    func read(_ offset: Int, _ count: Int, into target: UnsafeMutablePointer<UInt8>) throws {
        try ParquetFile.read(descriptor, path, offset, count, target)
    }

    private static func readBytes(
        _ file: Int32, _ path: String, _ offset: Int, _ count: Int
    ) throws -> [UInt8] {
        try [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            if count > 0 { try read(file, path, offset, count, buffer.baseAddress!) }
            initialized = count
        }
    }

    private static func read(
        _ file: Int32, _ path: String, _ offset: Int, _ count: Int,
        _ target: UnsafeMutablePointer<UInt8>
    ) throws {
        var done = 0
        while done < count {
            let got = pread(file, target + done, count - done, off_t(offset + done))
            if got < 0 && errno == EINTR { continue }
            guard got >= 0 else {
                throw TCError(.io, "\(path): cannot be read: \(String(cString: strerror(errno)))")
            }
            guard got > 0 else {
                throw TCError(.io, "\(path): damaged: it became shorter while it was read")
            }
            done += got
        }
    }
}
