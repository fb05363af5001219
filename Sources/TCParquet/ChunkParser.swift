/// A column chunk as the footer describes it.
struct StoredChunk: Sendable {
    var codec = Codec.uncompressed
    var encodings: Set<Encoding> = []
    var valueCount = 0
    var byteCount = 0
    var dataPageOffset = 0
    var dictionaryPageOffset: Int?
    var columnIndex: Range<Int>?
    var offsetIndex: Range<Int>?
    var nullCount: Int?
    var minimum: [UInt8]?
    var maximum: [UInt8]?

    /// Where the chunk's first page begins.
    var start: Int { min(dictionaryPageOffset ?? dataPageOffset, dataPageOffset) }
    var end: Int { start + byteCount }
}

extension StoredChunk {
    typealias Malformed = ThriftReader.Malformed

    init(_ thrift: inout ThriftReader) throws(Malformed) {
        var chunk = StoredChunk()
        var hasMetadata = false
        var columnIndex = (offset: -1, length: 0)
        var offsetIndex = (offset: -1, length: 0)
        try thrift.structure { (thrift, field, wire) throws(Malformed) in
            switch field {
            case 1: throw Malformed("a column lies in another file")
            case 3:
                try expect(wire, .structure)
                try chunk.readMetadata(&thrift)
                hasMetadata = true
            case 4: offsetIndex.offset = try thrift.size(wire)
            case 5: offsetIndex.length = try thrift.size(wire)
            case 6: columnIndex.offset = try thrift.size(wire)
            case 7: columnIndex.length = try thrift.size(wire)
            default: return false
            }
            return true
        }
        guard hasMetadata else { throw Malformed("a column has no metadata") }
        chunk.columnIndex = try StoredChunk.place(columnIndex)
        chunk.offsetIndex = try StoredChunk.place(offsetIndex)
        self = chunk
    }

    private static func place(_ index: (offset: Int, length: Int)) throws(Malformed) -> Range<Int>?
    {
        if index.offset < 0 || index.length == 0 { return nil }
        let (end, overflow) = index.offset.addingReportingOverflow(index.length)
        guard !overflow else { throw Malformed("a page index lies outside the file") }
        return index.offset..<end
    }

    private mutating func readMetadata(_ thrift: inout ThriftReader) throws(Malformed) {
        var chunk = self
        try thrift.structure { (thrift, field, wire) throws(Malformed) in
            switch field {
            case 2:
                try expect(wire, .list)
                try thrift.list(of: .int32) { (thrift) throws(Malformed) in
                    // Encodings unknown here matter only if a page that is read has them.
                    let number = try thrift.int32(.int32)
                    if let encoding = Encoding(rawValue: number) {
                        chunk.encodings.insert(encoding)
                    }
                }
            case 4:
                let number = try thrift.int32(wire)
                guard let codec = Codec(rawValue: number) else {
                    throw Malformed("unsupported compression codec \(number)")
                }
                chunk.codec = codec
            case 5: chunk.valueCount = try thrift.size(wire)
            case 7: chunk.byteCount = try thrift.size(wire)
            case 9: chunk.dataPageOffset = try thrift.size(wire)
            case 11: chunk.dictionaryPageOffset = try thrift.size(wire)
            case 12:
                try expect(wire, .structure)
                try chunk.readStatistics(&thrift)
            default: return false
            }
            return true
        }
        // Some writers say 0 where there is no dictionary.
        if chunk.dictionaryPageOffset == 0 { chunk.dictionaryPageOffset = nil }
        self = chunk
    }

    /// The old fields 1 and 2 are left alone: their order was never defined.
    private mutating func readStatistics(_ thrift: inout ThriftReader) throws(Malformed) {
        var chunk = self
        try thrift.structure { (thrift, field, wire) throws(Malformed) in
            switch field {
            case 3: chunk.nullCount = try thrift.size(wire)
            case 5: chunk.maximum = try thrift.binary(wire)
            case 6: chunk.minimum = try thrift.binary(wire)
            default: return false
            }
            return true
        }
        self = chunk
    }
}
