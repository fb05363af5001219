/// A row group that is in the file.
struct WrittenGroup {
    let rows: Int
    var chunks: [WrittenChunk] = []

    init(rows: Int) { self.rows = rows }
}

/// A column chunk that is in the file: everything about it but its bytes.
struct WrittenChunk {
    let account: EncodedColumn
    let byteCount: Int
    let offset: Int64
    var columnIndex: (offset: Int64, length: Int)?
    var offsetIndex: (offset: Int64, length: Int)?

    init(_ chunk: EncodedColumn, at offset: Int64) {
        byteCount = chunk.bytes.count
        self.offset = offset
        var account = chunk
        account.bytes = []
        self.account = account
    }

    /// False, and nothing written, where a page's bounds could not be told.
    func writeColumnIndex(to thrift: inout ThriftWriter) -> Bool {
        let pages = account.pages
        guard pages.allSatisfy({ $0.bounds != nil || $0.nullCount == $0.rows }) else {
            return false
        }
        thrift.list(1, .isTrue, count: pages.count)
        for page in pages { thrift.element(bool: page.bounds == nil) }
        thrift.list(2, .binary, count: pages.count)
        for page in pages { thrift.element(binary: page.bounds?.minimum.stored ?? []) }
        thrift.list(3, .binary, count: pages.count)
        for page in pages { thrift.element(binary: page.bounds?.maximum.stored ?? []) }
        thrift.int32(4, boundaryOrder.rawValue)
        thrift.list(5, .int64, count: pages.count)
        for page in pages { thrift.element(int64: Int64(page.nullCount)) }
        thrift.endStructure()
        return true
    }

    /// Whether the pages that have values follow one another in order.
    private var boundaryOrder: BoundaryOrder {
        let bounds = account.pages.compactMap(\.bounds)
        let neighbours = zip(bounds, bounds.dropFirst())
        if neighbours.allSatisfy({ $0.minimum <= $1.minimum && $0.maximum <= $1.maximum }) {
            return .ascending
        }
        if neighbours.allSatisfy({ $0.minimum >= $1.minimum && $0.maximum >= $1.maximum }) {
            return .descending
        }
        return .unordered
    }

    func writeOffsetIndex(to thrift: inout ThriftWriter) {
        thrift.list(1, .structure, count: account.pages.count)
        var row: Int64 = 0
        for page in account.pages {
            thrift.element {
                $0.int64(1, offset + Int64(page.offset))
                $0.int32(2, Int32(page.byteCount))
                $0.int64(3, row)
            }
            row += Int64(page.rows)
        }
        thrift.endStructure()
    }

    func write(to thrift: inout ThriftWriter) {
        // The offset of a copy of the metadata; there is none, and 0 says so.
        thrift.int64(2, 0)
        thrift.structure(3) { writeMetadata(to: &$0) }
        if let offsetIndex {
            thrift.int64(4, offsetIndex.offset)
            thrift.int32(5, Int32(offsetIndex.length))
        }
        if let columnIndex {
            thrift.int64(6, columnIndex.offset)
            thrift.int32(7, Int32(columnIndex.length))
        }
    }

    private func writeMetadata(to thrift: inout ThriftWriter) {
        let hasDictionary = account.dictionaryByteCount > 0
        thrift.int32(1, account.column.type.physical.rawValue)
        // A dictionary page's own encoding counts among the chunk's.
        let encodings: [Encoding] =
            hasDictionary
            ? [.rle, .plain, account.encoding] : [.rle, account.encoding]
        thrift.list(2, .int32, count: encodings.count)
        for encoding in encodings { thrift.element(int32: encoding.rawValue) }
        thrift.list(3, .binary, count: 1)
        thrift.element(binary: Array(account.column.name.utf8))
        thrift.int32(4, Codec.zstd.rawValue)
        thrift.int64(5, Int64(account.rows))
        thrift.int64(6, Int64(account.uncompressedByteCount))
        thrift.int64(7, Int64(byteCount))
        thrift.int64(9, offset + Int64(account.dictionaryByteCount))
        if hasDictionary { thrift.int64(11, offset) }
        thrift.structure(12) { writeStatistics(to: &$0) }
        thrift.list(13, .structure, count: hasDictionary ? 2 : 1)
        if hasDictionary { writeEncodingCount(to: &thrift, .dictionary, .plain, 1) }
        writeEncodingCount(to: &thrift, .dataV2, account.encoding, account.pages.count)
    }

    private func writeEncodingCount(
        to thrift: inout ThriftWriter, _ type: PageType, _ encoding: Encoding, _ count: Int
    ) {
        thrift.element {
            $0.int32(1, type.rawValue)
            $0.int32(2, encoding.rawValue)
            $0.int32(3, Int32(count))
        }
    }

    private func writeStatistics(to thrift: inout ThriftWriter) {
        thrift.int64(3, Int64(account.nullCount))
        // Bounds that leave a page out would be wrong.
        let isComplete = account.pages.allSatisfy { $0.bounds != nil || $0.nullCount == $0.rows }
        guard let bounds = account.bounds, isComplete else { return }
        thrift.binary(5, bounds.maximum.stored)
        thrift.binary(6, bounds.minimum.stored)
        thrift.bool(7, bounds.maximumIsExact)
        thrift.bool(8, bounds.minimumIsExact)
    }
}

extension ColumnType {
    var physical: PhysicalType {
        switch self {
        case .timestampMillis: .int64
        case .double: .double
        case .string: .byteArray
        }
    }
}

/// Writes FileMetaData.
struct FooterWriter {
    let schema: [Column]
    let sortedBy: [Int]
    let createdBy: String
    let groups: [WrittenGroup]
    let keyValues: [(String, String)]

    /// The footer's thrift bytes.
    var bytes: [UInt8] {
        var thrift = ThriftWriter()
        thrift.int32(1, 2)
        writeSchema(to: &thrift)
        thrift.int64(3, Int64(groups.reduce(0) { $0 + $1.rows }))
        thrift.list(4, .structure, count: groups.count)
        for (index, group) in groups.enumerated() { write(group, index, to: &thrift) }
        thrift.list(5, .structure, count: keyValues.count)
        for (key, value) in keyValues {
            thrift.element {
                $0.string(1, key)
                $0.string(2, value)
            }
        }
        thrift.string(6, createdBy)
        thrift.list(7, .structure, count: schema.count)
        // TYPE_ORDER: numbers by value, strings by unsigned bytes.
        for _ in schema { thrift.element { $0.structure(1) { _ in } } }
        thrift.endStructure()
        return thrift.bytes
    }

    private func writeSchema(to thrift: inout ThriftWriter) {
        thrift.list(2, .structure, count: schema.count + 1)
        thrift.element {
            $0.string(4, "schema")
            $0.int32(5, Int32(schema.count))
        }
        for column in schema {
            thrift.element {
                $0.int32(1, column.type.physical.rawValue)
                $0.int32(3, column.isOptional ? 1 : 0)
                $0.string(4, column.name)
                switch column.type {
                case .timestampMillis:
                    $0.int32(6, ConvertedType.timestampMillis)
                    $0.structure(10) {
                        $0.structure(8) {
                            $0.bool(1, true)
                            $0.structure(2) { $0.structure(1) { _ in } }
                        }
                    }
                case .double: break
                case .string:
                    $0.int32(6, ConvertedType.utf8)
                    $0.structure(10) { $0.structure(1) { _ in } }
                }
            }
        }
    }

    private func write(_ group: WrittenGroup, _ index: Int, to thrift: inout ThriftWriter) {
        thrift.element {
            $0.list(1, .structure, count: group.chunks.count)
            for chunk in group.chunks { $0.element { chunk.write(to: &$0) } }
            $0.int64(2, group.chunks.reduce(0) { $0 + Int64($1.account.uncompressedByteCount) })
            $0.int64(3, Int64(group.rows))
            if !sortedBy.isEmpty {
                $0.list(4, .structure, count: sortedBy.count)
                for column in sortedBy {
                    $0.element {
                        $0.int32(1, Int32(column))
                        $0.bool(2, false)
                        $0.bool(3, false)
                    }
                }
            }
            $0.int64(5, group.chunks.first?.offset ?? 0)
            $0.int64(6, group.chunks.reduce(0) { $0 + Int64($1.byteCount) })
            // A 16-bit field, and optional: readers count groups themselves.
            if let ordinal = Int16(exactly: index) { $0.int16(7, ordinal) }
        }
    }
}
