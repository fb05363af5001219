// The numbers of parquet-format's parquet.thrift. Only what this module reads or writes has a name.

enum PhysicalType: Int32 {
    case boolean = 0
    case int32, int64, int96, float, double, byteArray, fixedLengthByteArray
}

enum Encoding: Int32 {
    case plain = 0
    case plainDictionary = 2
    case rle = 3
    case deltaBinaryPacked = 5
    case deltaLengthByteArray = 6
    case rleDictionary = 8
    case byteStreamSplit = 9
}

enum Codec: Int32 {
    case uncompressed = 0
    /// Read only.
    case snappy = 1
    case zstd = 6
}

enum PageType: Int32 {
    case data = 0
    case index, dictionary, dataV2
}

enum ConvertedType {
    static let utf8: Int32 = 0
    static let timestampMillis: Int32 = 9
    static let timestampMicros: Int32 = 10
}

enum BoundaryOrder: Int32 {
    case unordered = 0
    case ascending, descending
}

/// What stands at both ends of every file.
let parquetMagic: [UInt8] = [0x50, 0x41, 0x52, 0x31]

/// Limits on what a file from elsewhere may make the reader allocate.
enum ReaderLimits {
    /// Bytes of one page, compressed or not: room for a dictionary of millions of vehicles.
    static let pageBytes = 256 << 20
    /// Rows of one page whose rows are not all null.
    static let pageRows = 1 << 24
    /// Bytes of the footer, of the page indexes, and of an attachment.
    static let metadataBytes = 1 << 30
}

/// The header of any kind of page.
struct PageHeader {
    var type: PageType = .dataV2
    var uncompressedSize = 0
    var compressedSize = 0
    var crc: UInt32?
    var valueCount = 0
    var encoding: Encoding = .plain
    /// Version 2 only: nil where the page does not say.
    var nullCount: Int?
    var levelBytes = 0
    var repetitionLevelBytes = 0
    var isCompressed = true

    /// Writes a dictionary page's or a version 2 data page's header.
    func write(to thrift: inout ThriftWriter) {
        thrift.int32(1, type.rawValue)
        thrift.int32(2, Int32(uncompressedSize))
        thrift.int32(3, Int32(compressedSize))
        if let crc { thrift.int32(4, Int32(bitPattern: crc)) }
        if type == .dictionary {
            thrift.structure(7) {
                $0.int32(1, Int32(valueCount))
                $0.int32(2, encoding.rawValue)
            }
        } else {
            thrift.structure(8) {
                $0.int32(1, Int32(valueCount))
                $0.int32(2, Int32(nullCount ?? 0))
                // A flat schema: as many rows as values, no repetition levels.
                $0.int32(3, Int32(valueCount))
                $0.int32(4, encoding.rawValue)
                $0.int32(5, Int32(levelBytes))
                $0.int32(6, 0)
                $0.bool(7, isCompressed)
            }
        }
        thrift.endStructure()
    }

    typealias Malformed = ThriftReader.Malformed

    /// Reads a header of any kind of page.
    static func read(_ thrift: inout ThriftReader) throws(Malformed) -> PageHeader {
        var header = PageHeader()
        var type: Int32?
        var body: PageType?
        try thrift.structure { (thrift, field, wire) throws(Malformed) in
            switch field {
            case 1: type = try thrift.int32(wire)
            case 2: header.uncompressedSize = try thrift.size(wire)
            case 3: header.compressedSize = try thrift.size(wire)
            case 4: header.crc = UInt32(bitPattern: try thrift.int32(wire))
            case 5:
                try header.readVersion1(&thrift, wire)
                body = .data
            case 7:
                try header.readVersion1(&thrift, wire)
                body = .dictionary
            case 8:
                try header.readVersion2(&thrift, wire)
                body = .dataV2
            default: return false
            }
            return true
        }
        guard let type = PageType(rawValue: type ?? -1), type == .index || type == body else {
            throw Malformed("a page header of type \(type ?? -1) does not describe that page")
        }
        header.type = type
        guard header.compressedSize <= ReaderLimits.pageBytes,
            header.uncompressedSize <= ReaderLimits.pageBytes
        else { throw Malformed("a page exceeds \(ReaderLimits.pageBytes) bytes") }
        return header
    }

    /// The headers of version 1 data pages and of dictionary pages begin alike.
    private mutating func readVersion1(
        _ thrift: inout ThriftReader, _ wire: ThriftType
    ) throws(Malformed) {
        guard wire == .structure else { throw Malformed("a page header is not a structure") }
        var read = self
        try thrift.structure { (thrift, field, wire) throws(Malformed) in
            switch field {
            case 1: read.valueCount = try thrift.size(wire)
            case 2: read.encoding = try encodingValue(&thrift, wire)
            default: return false
            }
            return true
        }
        self = read
    }

    private mutating func readVersion2(
        _ thrift: inout ThriftReader, _ wire: ThriftType
    ) throws(Malformed) {
        guard wire == .structure else { throw Malformed("a page header is not a structure") }
        var read = self
        var rows = -1
        try thrift.structure { (thrift, field, wire) throws(Malformed) in
            switch field {
            case 1: read.valueCount = try thrift.size(wire)
            case 2: read.nullCount = try thrift.size(wire)
            case 3: rows = try thrift.size(wire)
            case 4: read.encoding = try encodingValue(&thrift, wire)
            case 5: read.levelBytes = try thrift.size(wire)
            case 6: read.repetitionLevelBytes = try thrift.size(wire)
            case 7: read.isCompressed = try thrift.bool(wire)
            default: return false
            }
            return true
        }
        guard rows == read.valueCount else {
            throw Malformed("a page of a flat column has \(read.valueCount) values in \(rows) rows")
        }
        self = read
    }
}

/// An encoding that this reader knows.
func encodingValue(
    _ thrift: inout ThriftReader, _ wire: ThriftType
) throws(ThriftReader.Malformed) -> Encoding {
    let number = try thrift.int32(wire)
    guard let encoding = Encoding(rawValue: number) else {
        throw ThriftReader.Malformed("unsupported encoding \(number)")
    }
    return encoding
}
