import TCCore

/// How a column of a file lies in its bytes.
struct StoredColumn: Sendable {
    let column: Column
    let physical: PhysicalType
    /// What an integer counts: microseconds become milliseconds where they are whole.
    var isMicroseconds = false
}

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

/// FileMetaData of a file with a flat schema.
struct Footer {
    typealias Malformed = ThriftReader.Malformed

    private(set) var columns: [StoredColumn] = []
    private(set) var rowCount = -1
    private(set) var groups: [(rows: Int, chunks: [StoredChunk])] = []
    private(set) var keyValues: [String: String] = [:]
    private(set) var createdBy = ""

    /// Parses and checks everything that the reader relies on. `dataEnd` is where the footer begins
    /// in the file: nothing that it points at may lie beyond.
    init(_ base: UnsafePointer<UInt8>, _ count: Int, dataEnd: Int) throws(Malformed) {
        var thrift = ThriftReader(base, count)
        var footer = Footer()
        try thrift.structure { (thrift, field, wire) throws(Malformed) in
            switch field {
            case 2: try footer.readSchema(&thrift, wire)
            case 3: footer.rowCount = try thrift.size(wire)
            case 4:
                try expect(wire, .list)
                try thrift.list(of: .structure) { (thrift) throws(Malformed) in
                    try footer.readGroup(&thrift)
                }
            case 5:
                try expect(wire, .list)
                try thrift.list(of: .structure) { (thrift) throws(Malformed) in
                    try footer.readKeyValue(&thrift)
                }
            case 6: footer.createdBy = try thrift.string(wire)
            default: return false
            }
            return true
        }
        guard thrift.position == count else { throw Malformed("bytes follow the metadata") }
        try footer.checkGroups(dataEnd)
        self = footer
    }

    private init() {}

    private mutating func readSchema(
        _ thrift: inout ThriftReader, _ wire: ThriftType
    ) throws(Malformed) {
        try expect(wire, .list)
        var elements: [SchemaElement] = []
        try thrift.list(of: .structure) { (thrift) throws(Malformed) in
            elements.append(try SchemaElement(&thrift))
        }
        guard let root = elements.first, root.children == elements.count - 1 else {
            throw Malformed("the schema is not flat, or its count of columns is wrong")
        }
        columns = []
        for element in elements.dropFirst() { columns.append(try element.column()) }
    }

    private mutating func readGroup(_ thrift: inout ThriftReader) throws(Malformed) {
        var rows = -1
        var chunks: [StoredChunk] = []
        try thrift.structure { (thrift, field, wire) throws(Malformed) in
            switch field {
            case 1:
                try expect(wire, .list)
                try thrift.list(of: .structure) { (thrift) throws(Malformed) in
                    chunks.append(try StoredChunk(&thrift))
                }
            case 3: rows = try thrift.size(wire)
            default: return false
            }
            return true
        }
        groups.append((rows, chunks))
    }

    private mutating func readKeyValue(_ thrift: inout ThriftReader) throws(Malformed) {
        var key = ""
        var value = ""
        try thrift.structure { (thrift, field, wire) throws(Malformed) in
            switch field {
            case 1: key = try thrift.string(wire)
            case 2: value = try thrift.string(wire)
            default: return false
            }
            return true
        }
        keyValues[key] = value
    }

    /// Row counts agree and every chunk lies inside the file's data.
    private func checkGroups(_ dataEnd: Int) throws(Malformed) {
        guard !columns.isEmpty else { throw Malformed("there is no schema") }
        var rows = 0
        for group in groups {
            let (sum, overflow) = rows.addingReportingOverflow(group.rows)
            guard group.rows >= 0, !overflow else { throw Malformed("a row group has no count") }
            rows = sum
            guard group.chunks.count == columns.count else {
                throw Malformed("a row group lacks a column")
            }
            for chunk in group.chunks {
                guard chunk.valueCount == group.rows else {
                    throw Malformed("a column has \(chunk.valueCount) of \(group.rows) values")
                }
                guard chunk.dataPageOffset <= dataEnd,
                    chunk.byteCount <= dataEnd - chunk.start,
                    chunk.columnIndex.map({ $0.upperBound <= dataEnd }) ?? true,
                    chunk.offsetIndex.map({ $0.upperBound <= dataEnd }) ?? true
                else { throw Malformed("a column lies outside the file") }
            }
        }
        guard rows == rowCount else {
            throw Malformed("the row groups have \(rows) rows, the file \(rowCount)")
        }
    }
}

func expect(_ wire: ThriftType, _ type: ThriftType) throws(ThriftReader.Malformed) {
    guard wire == type else {
        throw ThriftReader.Malformed("expected a \(type), found a \(wire)")
    }
}

/// One element of the schema: a column, or the root.
private struct SchemaElement {
    typealias Malformed = ThriftReader.Malformed

    var name = ""
    var children = 0
    private var physical: Int32?
    private var repetition: Int32 = 0
    private var converted: Int32?
    private var isTimestamp = false
    private var unit: Int16 = 0

    init(_ thrift: inout ThriftReader) throws(Malformed) {
        var element = SchemaElement()
        try thrift.structure { (thrift, field, wire) throws(Malformed) in
            switch field {
            case 1: element.physical = try thrift.int32(wire)
            case 3: element.repetition = try thrift.int32(wire)
            case 4: element.name = try thrift.string(wire)
            case 5: element.children = try thrift.size(wire)
            case 6: element.converted = try thrift.int32(wire)
            case 10:
                try expect(wire, .structure)
                try element.readLogicalType(&thrift)
            default: return false
            }
            return true
        }
        self = element
    }

    private init() {}

    private mutating func readLogicalType(_ thrift: inout ThriftReader) throws(Malformed) {
        var isTimestamp = false
        var unit: Int16 = 0
        try thrift.structure { (thrift, field, wire) throws(Malformed) in
            guard field == 8 else { return false }
            try expect(wire, .structure)
            isTimestamp = true
            try thrift.structure { (thrift, field, wire) throws(Malformed) in
                guard field == 2 else { return false }
                try expect(wire, .structure)
                try thrift.structure { (_, field, _) throws(Malformed) in
                    unit = field
                    return false
                }
                return true
            }
            return true
        }
        self.isTimestamp = isTimestamp
        self.unit = unit
    }

    func column() throws(Malformed) -> StoredColumn {
        guard children == 0, repetition == 0 || repetition == 1 else {
            throw Malformed("column \(name) is nested or repeated")
        }
        guard let number = physical, let physical = PhysicalType(rawValue: number) else {
            throw Malformed("column \(name) has no known type")
        }
        let isTimestamp =
            isTimestamp || converted == ConvertedType.timestampMillis
            || converted == ConvertedType.timestampMicros
        let type: ColumnType
        switch physical {
        case .int64 where isTimestamp: type = .timestampMillis
        case .int32, .int64, .float, .double: type = .double
        case .byteArray: type = .string
        case .boolean, .int96, .fixedLengthByteArray:
            throw Malformed("column \(name) has the unsupported type \(physical)")
        }
        guard unit <= 2 else { throw Malformed("column \(name) counts nanoseconds") }
        return StoredColumn(
            column: Column(name: name, type: type, isOptional: repetition == 1),
            physical: physical,
            isMicroseconds: unit == 2 || (unit == 0 && converted == ConvertedType.timestampMicros))
    }
}

extension StoredChunk {
    typealias Malformed = ThriftReader.Malformed

    fileprivate init(_ thrift: inout ThriftReader) throws(Malformed) {
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
